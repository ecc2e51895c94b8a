"""The figures of the interviews and of the waits, of this fair and of past ones.

May import what `queries/` may. It does not know the organisers' other rooms, and writes nothing.
"""
