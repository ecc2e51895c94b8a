"""Roles, rights of keys and sign-ins in words.

May import what `wording/` may. Must not know the database, a request's sender or a page.
"""
