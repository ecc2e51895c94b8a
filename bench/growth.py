"""What pages and transitions cost late on a large fair's day, against its quiet beginning."""

from __future__ import annotations

from collections.abc import Iterator
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


class _Cost(NamedTuple):
    """The workers' processor time for a student's page and for a transition, in milliseconds."""

    page: float
    transition: float


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table about growth; filling the journal takes too long for a quick run."""
    if quick:
        return
    small, large = _cost(ground, SMALL, 0), _cost(ground, LARGE, JOURNAL)
    what = f"30,000 in the queues and {JOURNAL:,} journal rows, against 300"
    yield Figure(f"student dashboard, {what}", large.page / small.page, "×", 1.1)
    yield Figure(f"a transition, {what}", large.transition / small.transition, "×", 1.1)


def _cost(ground: Ground, students: int, journal: int) -> _Cost:
    with ground.fair() as fair:
        hall = Hall(fair, students, QUEUES_EACH)
        hall.play(1.0)
        _lengthen_journal(fair, journal)
        readers = hall.waiting[:: max(1, students // 30)]
        page, page_spent = read(fair, readers, "/dashboard", 6.0)
        load, spent = hall.play(6.0)
        return _Cost(page_spent.workers_ms(page), spent.workers_ms(load))


def _lengthen_journal(fair: BenchFair, rows: int) -> None:
    """Write what has happened until now again and again, then start the workers again."""
    journal = JournalRow.__table__
    numbers = {"number", "change"}
    with fair.inside(), db.engine.begin() as connection:
        last = connection.execute(select(func.max(JournalRow.number))).scalar_one()
        for shift in range(last, rows, last):
            moved = [each + shift if each.name in numbers else each for each in journal.c]
            copied = select(*moved).where(JournalRow.number <= last)
            connection.execute(insert(journal).from_select(list(journal.c), copied))
        reached = connection.execute(select(func.max(JournalRow.number))).scalar_one()
        connection.execute(update(Fair).values(revision=reached))
    fair.server.stop()
    fair.server.start()
    wait_for_rest(fair.server)
