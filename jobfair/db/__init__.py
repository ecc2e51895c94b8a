"""The database below the models: the engine, transactions, compiled statements; and Redis's client.

May import the models, the extensions and the domain. It is the only package that uses what
SQLAlchemy and psycopg do not document. It knows no use case and no query of a page.
"""
