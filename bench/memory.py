"""Whether a worker grows over the hours of a busy fair. Run only where it is named."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from bench.fairs import BenchFair, Ground
from bench.figures import Figure
from bench.load import request
from bench.processor import memory_of
from bench.transitions import Hall
from bench.watching import Watchers
from jobfair.domain.state import EntryState
from jobfair.extensions import db
from jobfair.models import Entry
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors

MINUTES, QUICK_MINUTES = 240, 3
SETTLING_SHARE = 0.25
"""What a worker makes once, when a page or a rule is needed for the first time, is no growth."""
PAUSE_SECONDS = 1.6
"""Of each of the 32 who go from stand to stand: about twenty transitions a second."""


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """How much a worker holds at the beginning, at the end, and what it gains in between."""
    minutes = QUICK_MINUTES if quick else MINUTES
    with ground.fair() as fair, Watchers() as watchers:
        hall = Hall(fair)
        paths = [request("GET", "/live/dashboard", each.headers) for each in hall.waiting]
        watchers.open(fair.server.port, paths, b"#queues")
        held = []
        for minute in range(1, minutes + 1):
            hall.play(60.0, watchers, PAUSE_SECONDS)
            _end_all(fair)
            held.append(_of_a_worker(fair))
            print(f"    after {minute} min: {held[-1]:.1f} MiB", flush=True)
    settled = held[int(len(held) * SETTLING_SHARE) :]
    yield Figure("a worker's own memory when it has settled", settled[0], "MiB")
    yield Figure(f"… after {minutes} minutes", settled[-1], "MiB")
    yield Figure("… what it gains a minute", _slope(settled) * 1024, "KiB", 64)


def _end_all(fair: BenchFair) -> None:
    """End what the end of a minute cut off: interviews and calls hold their seats."""
    live = select(Entry.id, Entry.company_id, Entry.student_id, Entry.state).where(
        or_(Entry.state == EntryState.RUNNING, Entry.turn.is_not(None))
    )
    with fair.inside():
        with db.engine.connect() as connection:
            rows = connection.execute(live).all()
        for entry_id, company_id, student_id, state in rows:
            if state == EntryState.RUNNING:
                interviews.complete(actors.company(company_id), entry_id)
            else:
                queues.leave(actors.student(student_id), entry_id)


def _of_a_worker(fair: BenchFair) -> float:
    workers = list(fair.server.workers())
    return sum(map(memory_of, workers)) / len(workers) / 1024**2


def _slope(values: list[float]) -> float:
    """By how much the values rise from one to the next, by least squares."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    away = [at - middle for at in range(len(values))]
    squares = sum(each**2 for each in away)
    return sum(each * (value - mean) for each, value in zip(away, values, strict=True)) / squares
