"""What organisers do with companies, one or many, and what a stand writes itself.

May import what `services/` may, and the services beside the rooms. It does not know the other
rooms: how a place in a queue changes, and who may sign in.
"""
