"""What a company reads: its own queue and its own notes.

May import what `queries/` may. It writes nothing and knows no page.
"""
