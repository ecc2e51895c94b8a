"""The fields of the fair itself: its look, its halls, its messages, its rehearsals.

May import `fields/input/`, the models and the domain. It knows no field of one company or student.
"""
