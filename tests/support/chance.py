"""Repeatable randomness: a random test that fails shows its seed in its output.

JOBFAIR_TEST_SEED=… plays every random test with that seed, Hypothesis's included.
"""

import os
import secrets
from random import Random

VARIABLE = "JOBFAIR_TEST_SEED"


def seed(usual: int | None = None) -> int:
    """The seed that the environment asks for, or the usual one; without either a new one."""
    used = seed_asked_for()
    if used is None:
        used = secrets.randbits(32) if usual is None else usual
    # pytest shows it only if the test fails.
    print(f"{VARIABLE}={used}")
    return used


def seeded(usual: int | None = None) -> Random:
    """What a test draws from, by such a seed."""
    return Random(seed(usual))


def seed_asked_for() -> int | None:
    asked = os.environ.get(VARIABLE)
    return None if asked is None else int(asked)


def for_thread(chance: Random) -> Random:
    """A part of it for one thread: who draws first does not change what the others get."""
    return Random(chance.getrandbits(32))
