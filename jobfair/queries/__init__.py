"""What a viewer may read, as plain values for pages, JSON and streams.

May import `feed/`, the catalogue, `wording/`, `fields/`, `db/`, the models and the domain. Nothing
here writes, and nothing knows a page, a form or a request.
"""
