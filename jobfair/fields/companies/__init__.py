"""The fields of a company and its profile, of its logo and mail, and of a stand's notes.

May import `fields/input/`, `fields/pictures.py`, the models and the domain. Must not know a request
or a page.
"""
