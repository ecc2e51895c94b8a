"""Live pages: pages that stay up to date while they are open. Their declarations and streams.

May import queries, the unit of work, `feed` and what is below them. Must not know the request's
sign-in, CSRF or any blueprint: `web` passes in who is watching.
"""
