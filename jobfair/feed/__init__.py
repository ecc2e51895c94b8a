"""How a commit reaches open pages: journal, hint, hub, subscriptions, and the loop that writes.

May import the catalogue, `db/`, the models and what lies below them. It knows no page, no
service and no request: a page gives it a `Subscription`, and the hub calls its `write`.
"""
