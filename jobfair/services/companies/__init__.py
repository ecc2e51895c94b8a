"""What organisers do with companies, one or many, and what a stand writes itself.

May import `services/access/`, `services/fair/` and the services beside the rooms. It does not know
how a place in a queue changes.
"""
