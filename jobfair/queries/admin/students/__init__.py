"""The students' accounts: links to invite them, registrations, doubles, who would come back.

May import what `queries/` may. It does not know the lists that show it, and writes nothing.
"""
