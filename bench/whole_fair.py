"""A fair in which nobody asks: students and stands act on what is pushed, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from bench.fairs import Ground
from bench.figures import Figure
from tests.system.test_whole_fair import (
    INTERVIEW_SECONDS,
    ORDINARY,
    Kind,
    WholeFair,
    check_everything_was_held,
)

QUEUES = 5
"""Everybody joins five: thirty interviews for each stand."""
SEEDS = (1, 2, 3)
"""The rules alone need 1.00 to 1.07 times the ideal, by whom chance puts at the head of which queue
(twenty seeds: 1.02 on average): one fair says little."""


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table about whole fairs; half a minute each, so nothing of it is quick."""
    if quick:
        return
    ordinary = replace(ORDINARY, queues=QUEUES)
    stay, silent = replace(ordinary, going_home=0.0), replace(ordinary, silent=True)
    yield _figure(ground, stay, "fairs played by pushes alone", 1.05)
    yield _figure(ground, silent, "… where some leave without a word", 1.09)


def _figure(ground: Ground, kind: Kind, what: str, target: float) -> Figure:
    """How long fairs of a kind take on average, as a multiple of the least time that there is.

    The floor is the rules alone.
    """
    fairs = [_played(ground, replace(kind, seed=each)) for each in SEEDS]
    took, floor = (fmean(each) for each in zip(*fairs, strict=True))
    return Figure(what, took, "× ideal", target, floor=floor)


def _played(ground: Ground, kind: Kind) -> tuple[float, float]:
    """How long a fair takes, and how long by the rules alone, as multiples of its ideal schedule.

    Somebody who has left takes a stand as long as an interview.
    """
    with ground.fair() as fair:
        whole = WholeFair(fair, kind, None)
        rounds = _rounds([list(fair.entries(each)) for each in whole.companies])
        took = whole.play()
        check_everything_was_held(whole)
        ideal = whole.ideal()
    ratios = took / ideal, rounds * INTERVIEW_SECONDS / ideal
    print("    fair {}: {:.3f} × ideal, the rules {:.3f} ×".format(kind.seed, *ratios), flush=True)
    return ratios


def _rounds(queues: Sequence[list[int]]) -> int:
    """How many interviews after each other the rules need where nothing else takes any time.

    Takes who waits at each stand, in order, and empties that. Every stand calls the first who is
    free: it does not look ahead, as an ideal schedule does.
    """
    count = 0
    while any(queues):
        busy: set[int] = set()
        for queue in queues:
            first = next((each for each in queue if each not in busy), None)
            if first is not None:
                busy.add(first)
                queue.remove(first)
        count += 1
    return count
