"""What is sent along with a call and with a door sign.

May import `fields/input/`, the models and the domain. Must not know a request or a page.
"""
