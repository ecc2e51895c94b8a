"""The event streams of the live pages.

Imports what all blueprints may import, and no other blueprint package.
"""
