"""A fair that is played by chance, before it happens or from the state it is in.

People act as they probably would. The domain's own decisions say what follows, so that no rule is
written twice. It imports the domain only, and has neither clock nor database: time is simulated,
and random numbers are passed in. It must not know its caller: a rehearsal, a forecast, or a test.
"""
