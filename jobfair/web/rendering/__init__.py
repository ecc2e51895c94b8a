"""From contents to bytes: templates, static files, compression, CSV and QR codes.

May import wording and what is below it. It knows no page, and nothing of who is asking.
"""
