"""Passwords hashed, and whose hash is made next.

May import the standard library, argon2 and gevent. It knows no request and no account.
"""
