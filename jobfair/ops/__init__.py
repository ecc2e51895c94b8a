"""The fair's data beyond its day: backups, paper, removal after the fair, and the demo.

May import `services/`, `queries/`, `unit_of_work/` and what lies below them. It knows no request;
commands and the server start what is here.
"""
