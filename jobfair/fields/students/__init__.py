"""The fields of students, and of what they show stands of themselves.

May import `fields/input/` and `fields/companies/`. Must not know a request or a page.
"""
