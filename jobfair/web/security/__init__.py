"""Who is asking, and who is let in: sign-in, tokens, CSRF, rate limits, PINs, proxies, headers.

May import services and what is below them. Must not know any blueprint.
"""
