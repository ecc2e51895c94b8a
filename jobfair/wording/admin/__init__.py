"""What organisers alone read: of imports, lists, acts on many, and live events.

May import what `wording/` may. Must not know the database, a request's sender or a page.
"""
