"""The fair as a whole: its row, its halls, its past editions, and what is played of it.

May import the base, what columns hold about people, and the companies. It knows no other room.
"""
