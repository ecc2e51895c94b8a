"""The fair as a whole: its phase, its settings, its halls, and what everybody is told.

May import what `services/` may. It does not know the other services.
"""
