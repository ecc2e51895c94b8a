"""A stand's pages. The link is the key; there is no account.

Imports what all blueprints may import, and no other blueprint package.
"""
