"""What somebody reads of their own account: sign-ins, second factor, security log.

May import what `queries/` may. It writes nothing and knows no page.
"""
