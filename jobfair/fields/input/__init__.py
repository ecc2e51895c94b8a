"""How any input is declared, read and checked: types, limits, spelling, forms that change a row.

May import `security`, the models and the domain. It does not know which fields there are.
"""
