"""Who is asking: sign-in by password, school and key, and what is asked again before grave acts.

May import the other rooms of `web/security/` and the services of access. It does not know a view.
"""
