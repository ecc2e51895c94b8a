"""A fair in which nobody asks: students and stands act on what is pushed, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.fairs import Ground
from bench.figures import Figure
from tests.system.test_whole_fair import ORDINARY, WholeFair, check_everything_was_held


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The row of the table about the whole fair; half a minute, so nothing of it is quick."""
    if quick:
        return
    with ground.fair() as fair:
        whole = WholeFair(fair, replace(ORDINARY, going_home=0.0), None)
        took = whole.play()
        check_everything_was_held(whole)
        ideal = whole.ideal()
    yield Figure("a fair played by pushes alone", took / ideal, "× ideal", 1.05, floor=1.0)
    yield Figure("… its ideal schedule", ideal, "s")
