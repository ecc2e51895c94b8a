"""The fields of companies and students, each declared once, and the validation of input.

May import `security`, the models and the domain. Must not know a request, a page or an
event's sentence.
"""
