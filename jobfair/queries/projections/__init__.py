"""Values that a process computes from the journal or a queue once, and shares between viewers.

May import what `queries/` may. A projection forgets everything when the journal was rewritten, and
knows no viewer.
"""
