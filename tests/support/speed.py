"""Measuring processor time. Compare it with something else of the same run, not with a number.

A machine that is busy or slow makes both dearer, so that no test fails by it.
"""

import time
from collections.abc import Callable

TRIES = 3


def cost(act: Callable[[], object]) -> float:
    """The processor time of an act, in seconds: the least of a few tries."""
    return min(_once(act) for _ in range(TRIES))


def _once(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start
