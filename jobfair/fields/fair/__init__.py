"""The fields of the fair itself: its look, its halls, its messages, its rehearsals.

May import `fields/input/`, `fields/pictures.py`, the domain and a rehearsal's plan. It knows no
field of one company or student.
"""
