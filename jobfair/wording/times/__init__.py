"""Times, days and lengths of time in words.

May import what `wording/` may. It does not know what happens at these times.
"""
