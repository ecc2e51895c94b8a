"""What organisers read: lists, figures, the log, alerts, exports.

May import what `queries/` may. It writes nothing and knows no page.
"""
