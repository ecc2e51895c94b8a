"""What other servers are told: the live events as organisers hear them, signed and in order.

May import `live`, `web_push`, services and what is below them. Must not know a page.
"""
