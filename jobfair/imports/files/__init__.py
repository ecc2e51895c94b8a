"""The files that lists come in: their encodings, their separators, and workbooks.

May import the standard library, and calamine in a process of its own. It knows no field.
"""
