"""The use cases: what can be done at the fair. Each is one function and one transaction.

May import `unit_of_work/`, `queries/` and what lies below them. They know no page, no form and no
request, except for the settings of the current app.
"""
