"""Passwords and the fair's push key: hashing, common passwords, signing for push services.

May import the domain, and the clock, settings and extensions. It knows no request and no account.
"""
