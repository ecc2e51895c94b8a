"""A request from a page: which live page is open, its forms, and the answer that shows it.

May import what `web/` may. Must not know a program's call, nor how somebody signs in.
"""
