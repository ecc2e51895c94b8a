"""Signing in and out, passwords, personal links and privacy, for every user.

Imports what all blueprints may import, and no other blueprint package.
"""
