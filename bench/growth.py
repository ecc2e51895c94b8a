"""What pages and transitions cost late on a large fair's day, against its quiet beginning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from bench.fairs import BenchFair, Ground, wait_for_rest
from bench.figures import Figure
from bench.pages import read
from bench.transitions import Hall
from jobfair.extensions import db
from jobfair.models import Fair, JournalRow

QUEUES_EACH = 10
SMALL, LARGE = 30, 3_000
"""Students: 300 and 30,000 entries."""
JOURNAL = 300_000
READERS = 30


class _Cost(NamedTuple):
    """The workers' processor time for a student's page and for a transition, in milliseconds."""

    page: float
    transition: float


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table about growth.

    Both fairs are there at once and measured in turn, and the least of each counts: what else runs
    on the machine makes the same work cost twice as much from one minute to the next.
    """
    rounds, seconds = (3, 1.0) if quick else (8, 2.0)
    with _day(ground, SMALL, 0) as quiet, _day(ground, LARGE, JOURNAL) as late:
        costs = [(_cost(quiet, seconds), _cost(late, seconds)) for _ in range(rounds)]
    small, large = (_least(each) for each in zip(*costs, strict=True))
    what = f"30,000 in the queues and {JOURNAL:,} journal rows, against 300"
    yield Figure(f"student dashboard, {what}", large.page / small.page, "×", 1.1)
    yield Figure(f"a transition, {what}", large.transition / small.transition, "×", 1.1)


@contextmanager
def _day(ground: Ground, students: int, journal: int) -> Iterator[Hall]:
    with ground.fair() as fair:
        hall = Hall(fair, students, QUEUES_EACH)
        hall.play(1.0)
        _lengthen_journal(fair, journal)
        yield hall


def _cost(hall: Hall, seconds: float) -> _Cost:
    readers = hall.waiting[:: max(1, len(hall.waiting) // READERS)]
    page, page_spent = read(hall.fair, readers, "/dashboard", seconds)
    load, spent = hall.play(seconds)
    return _Cost(page_spent.workers_ms(page), spent.workers_ms(load))


def _least(costs: tuple[_Cost, ...]) -> _Cost:
    return _Cost(*map(min, zip(*costs, strict=True)))


def _lengthen_journal(fair: BenchFair, rows: int) -> None:
    """Write what has happened until now again and again, then start the workers again."""
    journal = JournalRow.__table__
    numbers = {"number", "change"}
    with fair.inside(), db.engine.begin() as connection:
        last, written = connection.execute(
            select(func.max(JournalRow.number), func.count(JournalRow.number))
        ).one()
        for copy in range(1, rows // written + 1):
            moved = [each + copy * last if each.name in numbers else each for each in journal.c]
            copied = select(*moved).where(JournalRow.number <= last)
            connection.execute(insert(journal).from_select(list(journal.c), copied))
        reached = connection.execute(select(func.max(JournalRow.number))).scalar_one()
        connection.execute(update(Fair).values(revision=reached))
    fair.server.stop()
    fair.server.start()
    wait_for_rest(fair.server)
