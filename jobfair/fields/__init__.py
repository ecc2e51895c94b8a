"""What is known of a company and of a student, each field declared once; and what input may be.

May import the domain, `security` and the tables. Knows no request, page or sentence about events.
"""
