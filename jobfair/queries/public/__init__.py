"""What everybody in the hall may read: the hall's screen.

May import what `queries/` may. It writes nothing and knows no page.
"""
