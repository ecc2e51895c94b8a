"""What is kept and taken along: the log, exports, paper, the day again.

May import what `queries/` may. It does not know the organisers' other rooms, and writes nothing.
"""
