"""The fair as a whole in words: its phases and days, who may sign up, rehearsals, alarms.

May import what `wording/` may. It says nothing of one queue.
"""
