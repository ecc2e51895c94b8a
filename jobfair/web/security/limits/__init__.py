"""How often something may be tried: rate limits, and the turns of one account and of hashes.

May import `web/security/browsers/`, the visitor's address and the traces. It does not know how
somebody signs in.
"""
