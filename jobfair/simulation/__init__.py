"""A fair that is played by chance, before it happens or from the state it is in.

People act as they are likely to; what comes of it the domain's own decisions say, so that no rule
is written twice. It imports the domain alone, and has neither clock nor database: time is simulated
and chance handed in. It must not know who asks: a rehearsal, a forecast, or a test.
"""
