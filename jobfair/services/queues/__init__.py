"""A place in a queue and what becomes of it: joining, holds, calls, interviews, the door's sign.

May import `services/access/` and `services/mail.py`. It does not know the other services, nor whose
page a tap came from.
"""
