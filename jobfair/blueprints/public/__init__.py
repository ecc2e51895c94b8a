"""What needs no sign-in: the hall's screen, health, and the files of the web app.

Imports what all blueprints may import, and no other blueprint package.
"""
