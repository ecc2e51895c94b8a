"""Who is asking: by password, school and key, with a proven address; what grave acts ask again.

May import the other rooms of `web/security/`, the services of access and mail. It knows no view.
"""
