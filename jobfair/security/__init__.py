"""Passwords and keys: hashing, common passwords, and the key by which push services know the fair.

May import the domain and what lies flat beside it. It knows no request and no account.
"""
