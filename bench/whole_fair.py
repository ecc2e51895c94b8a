"""A fair in which nobody asks: students and stands act on what is pushed, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench.fairs import Ground
from bench.figures import Figure
from tests.system.test_whole_fair import (
    INTERVIEW_SECONDS,
    KINDS,
    ORDINARY,
    Kind,
    WholeFair,
    check_everything_was_held,
)


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table about whole fairs; half a minute each, so nothing of it is quick."""
    if quick:
        return
    ordinary = replace(ORDINARY, going_home=0.0)
    yield from _figures(ground, ordinary, "a fair played by pushes alone", 1.05)
    silent = KINDS["without a word"]
    yield from _figures(ground, silent, "… where some leave without a word", 1.09)


def _figures(ground: Ground, kind: Kind, what: str, target: float) -> Iterator[Figure]:
    """How long one kind of fair takes, as a multiple of the least time that there is.

    The floor is the rules alone. Somebody who has left takes a stand as long as an interview.
    """
    with ground.fair() as fair:
        whole = WholeFair(fair, kind, None)
        rounds = _rounds([list(fair.entries(each)) for each in whole.companies])
        took = whole.play()
        check_everything_was_held(whole)
        ideal = whole.ideal()
    floor = rounds * INTERVIEW_SECONDS / ideal
    yield Figure(what, took / ideal, "× ideal", target, floor=floor)
    yield Figure("… its ideal schedule", ideal, "s")


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
