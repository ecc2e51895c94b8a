"""What a student reads: their places in queues, and all data about them.

May import what `queries/` may. It writes nothing and knows no page.
"""
