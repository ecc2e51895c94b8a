"""The input for accounts and sign-ins, and for the programs and servers that organisers let in.

May import `fields/input/`, the models and the domain. Must not know a request or a page.
"""
