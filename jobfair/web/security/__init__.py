"""Who is asking, and what is let in: sign-in, tokens, CSRF, rate limits, PINs, proxies, headers.

May import services and what is below them. It knows no blueprint.
"""
