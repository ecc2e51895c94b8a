"""The fair as a whole, as organisers read it: its state, alerts, halls, rehearsals.

May import `queries/admin/figures/` and what `queries/` may. It writes nothing and knows no page.
"""
