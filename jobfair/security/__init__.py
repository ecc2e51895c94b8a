"""Secrets made, read and recognised: passwords, links, codes, keys, signatures, school sign-ins.

May import the domain, and the clock, settings and extensions. It knows no request and no account.
"""
