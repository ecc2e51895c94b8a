"""What a rehearsal is asked: the fair, and how people are thought to act at it.

No number here was measured at a real fair: they are guesses, declared once, which the organiser
puts their own in place of.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobfair.simulation.behaviour import Behaviour

USUAL = Behaviour()
USUAL_LENGTH = 10.0
"""Minutes of an interview, where nobody knows better."""

INTERVIEWS_DIFFER = 0.45
"""How much the interviews of one stand differ: the standard deviation of the logarithm."""


class Opening(StrEnum):
    """How those who stand before the doors come into the queues.

    At a rush a quick student is early in every queue; by lot each place is drawn for itself.
    """

    RUSH = "rush"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Stand:
    """A stand: its seats, how many may wait, and how long an interview lasts, in minutes.

    `wanted` is how many want to meet it, as a multiple of the others, `place` where it is.
    """

    name: str
    slots: int = 1
    queue_limit: int | None = None
    length: float = USUAL_LENGTH
    wanted: float = 1.0
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A fair to be played. Times are in minutes, `opens` and `closes` since midnight.

    Each student wants to meet about `wishes` companies. `early` is the share of the students, from
    0 to 1, who are there when the doors open; the others come over the `arrivals` after that.
    """

    stands: tuple[Stand, ...]
    students: int = 500
    wishes: int = 4
    opens: int = 9 * 60
    closes: int = 17 * 60
    early: float = 0.2
    arrivals: int = 240
    opening: Opening = Opening.RUSH
    behaviour: Behaviour = USUAL


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat more at a stand, by its number in the plan, from `since` on."""

    stand: int
    since: int


@dataclass(frozen=True, slots=True)
class Longer:
    """The fair closes this many minutes later."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Limit:
    """This many may wait at each stand that has no smaller limit."""

    waiting: int


Change = Seat | Longer | Limit
"""One thing that organisers could change."""
