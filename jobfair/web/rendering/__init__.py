"""How answers become bytes: templates, static files, compression, CSV and QR codes.

May import wording and what is below it. Must not know a page, or who is asking.
"""
