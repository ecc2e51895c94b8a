"""What the JSON interface answers, by who reads it; `shaping` makes it from what pages show.

Imports what queries and services return. Must not know a call.
"""
