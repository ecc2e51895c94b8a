"""The sentences that are made in Python: refusals, states, turns, names and times.

May import the domain, exceptions and other modules below it. Must not know the database, a
request's sender or a page.
"""
