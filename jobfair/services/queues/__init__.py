"""A place in a queue and what becomes of it: joining, holds, calls, interviews, the door's sign.

Students and stands act in `queues.py` and `interviews.py`, organisers in `overrides.py`.

May import `services/access/` and `services/mail.py`. It does not know the other services, nor whose
page a tap came from.
"""
