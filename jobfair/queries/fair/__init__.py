"""The fair as all who are at it read it: name and hours, messages, forecast, who may sign up.

May import `queries/projections/`, the views and what `queries/` may. It knows no audience.
"""
