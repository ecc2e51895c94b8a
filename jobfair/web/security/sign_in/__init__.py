"""Who is asking: by password, school or key; proofs of an address, and of the password again.

May import the other rooms of `web/security/`, the services of access and mail. It knows no view.
"""
