"""The fair as a whole: its phase, its settings, its halls, and what everybody is told.

May import what the other services may. It does not know one company's or one student's service.
"""
