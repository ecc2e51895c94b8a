"""The declarations of the kinds of events, a module for each group of the log's filter.

May import what the catalogue may. They do not know the table that they are put into.
"""
