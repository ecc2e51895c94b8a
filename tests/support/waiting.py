"""Waiting for a condition."""

import time
from collections.abc import Callable

SECONDS = 120
"""Enough for a server to start on a very busy machine. What comes at once costs none of it."""


def _a_moment() -> None:
    time.sleep(0.01)


def wait_until(
    true: Callable[[], object],
    what: str,
    seconds: float = SECONDS,
    pause: Callable[[], object] = _a_moment,
) -> float:
    """Wait for something to become true; returns how long it took, in seconds.

    `pause` is what to do between two looks, where something has to go on meanwhile.
    """
    start = time.monotonic()
    while not true():
        waited = time.monotonic() - start
        assert waited < seconds, f"not after {seconds} s: {what}"
        pause()
    return time.monotonic() - start
