"""The only way to write under the fair's lock: load, decide, store, commit, then send a hint.

May import `feed/`, the catalogue, `db/`, the models and the domain. It knows no use case, no
query and no sentence: a service gives it what to load and the decision to carry out.
"""
