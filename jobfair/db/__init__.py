"""The database below the models: the engine, transactions for reading, compiled statements.

May import the models and extensions. It is the one door to what SQLAlchemy and psycopg do not
document, and knows no use case and no query.
"""
