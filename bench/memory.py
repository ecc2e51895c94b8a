"""Whether a worker grows over what four hours of a busy fair bring. Run only where it is named.

What fills a worker is what happens, not the time: the hours are played as fast as the machine can.
"""

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

MINUTES, QUICK_MINUTES = 240, 15
A_MINUTE = 1200
"""Transitions of a minute of a busy fair: twenty a second."""
SETTLING_SHARE = 0.25
"""What a worker makes once, when a page or a rule is needed for the first time, is no growth."""
ROUND_SECONDS = 10.0


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """How much a worker holds at the beginning, at the end, and what it gains in between."""
    minutes = QUICK_MINUTES if quick else MINUTES
    with ground.fair() as fair, Watchers() as watchers:
        hall = Hall(fair)
        paths = [request("GET", "/live/dashboard", each.headers) for each in hall.waiting]
        watchers.open(fair.server.port, paths, b"#queues")
        played, held = 0, list[tuple[float, float]]()
        while played < minutes * A_MINUTE:
            played += len(hall.play(ROUND_SECONDS, watchers)[0].latencies)
            _end_all(fair)
            held.append((played / A_MINUTE, _of_a_worker(fair)))
            print("    after {:.0f} min of a fair: {:.1f} MiB".format(*held[-1]), flush=True)
    settled = held[int(len(held) * SETTLING_SHARE) :]
    yield Figure("a worker's own memory when it has settled", settled[0][1], "MiB")
    yield Figure(f"… after {minutes} minutes of a busy fair", settled[-1][1], "MiB")
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


def _slope(points: list[tuple[float, float]]) -> float:
    """By how much the second of each pair rises with the first, by least squares."""
    at = sum(x for x, _ in points) / len(points)
    value = sum(y for _, y in points) / len(points)
    squares = sum((x - at) ** 2 for x, _ in points)
    together = sum((x - at) * (y - value) for x, y in points)
    return together / squares
