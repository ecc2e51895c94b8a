"""The decisions: each looks at a hall, and returns events or a refusal. It changes nothing.

May import what is beside it in `domain/`, but not `evolve`, which applies the events.
"""
