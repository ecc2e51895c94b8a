"""What browsers are told and what they keep: headers, cookies, the token of forms.

May import what is below `web/security/`. It does not know who is signed in.
"""
