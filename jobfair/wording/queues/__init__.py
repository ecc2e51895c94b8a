"""What is said of a queue: whose turn it is, how long it may take, what its stand says.

May import what `wording/` may, `wording/fair/` and `wording/times/`. Must not know the database.
"""
