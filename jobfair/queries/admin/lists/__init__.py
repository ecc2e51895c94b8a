"""The organisers' lists: companies, students, mails and alerts, filtered, sorted, a page at a time.

May import `queries/admin/students/`, `queries/admin/fair/` and what `queries/` may. It writes
nothing and knows no page.
"""
