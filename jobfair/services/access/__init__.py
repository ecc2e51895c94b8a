"""Accounts, sign-ins, personal links and the PINs of stands.

May import what the other services may. It knows no cookie, no token in a header and no form.
"""
