"""Lists of students and companies that an organiser uploads: read, compared, stored.

May import `services/`, `queries/`, `unit_of_work/` and what lies below them, such as `fields/`. It
knows no page and no address.
"""
