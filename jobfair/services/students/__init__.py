"""What organisers do with students, one or many, and what students keep and show of themselves.

May import `services/queues/`, `services/access/` and the services beside the rooms. It does not
know how companies are changed.
"""
