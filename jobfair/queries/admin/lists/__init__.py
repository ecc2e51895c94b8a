"""The organisers' lists of companies and of students: filtered, sorted, a page at a time.

May import what `queries/` may. It writes nothing and knows no page.
"""
