"""The time from a commit to the last page it changes, measured at the streams."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from sqlalchemy import select

from bench import floors
from bench.fairs import BenchFair, Ground, whose
from bench.figures import Figure
from bench.load import percentile, request
from bench.processor import Meter
from bench.watching import Watchers
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import CompanyStatus
from jobfair.extensions import db
from jobfair.models import WAITING, Entry
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors

STREAMS = 1000
SETTLING_SECONDS = 0.7
RESTING_SECONDS = 4.0
PLACE = re.compile(rb'place-(\d+)(?:>\.ahead)?"[^<]*<span class="ahead">(?:<b>(\d+)</b>)?')
PAUSED = re.compile(rb"badge-rest")
CALLED = re.compile(rb"data-turn=")


@dataclass(frozen=True)
class Round:
    """What came of one commit: when and what, by stream, and the workers' processor time for it."""

    committed_at: float
    came: dict[int, list[tuple[float, bytes]]]
    processor: float

    def seconds_until(self, stream: int, shows: Callable[[bytes], bool]) -> float:
        """From the commit until a stream had brought what makes its page right."""
        content = b""
        for at, more in self.came[stream]:
            content += more
            if shows(content):
                return at - self.committed_at
        raise AssertionError(f"stream {stream} is not right: {content[-2000:]!r}")


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table that are about one queue of a thousand open pages."""
    times = 4 if quick else 20
    with ground.fair() as fair, Watchers() as watchers:
        queue = _Queue(fair, watchers)
        rounds = [queue.play() for _ in range(times)]
        idle = queue.rests()
        pauses = [queue.pauses() for _ in range(max(2, times // 4))]
    places, starts, quiet, called = zip(*rounds, strict=True)
    content = b"".join(more for _, more in starts[-1].came[STREAMS - 1])
    floor = floors.push_seconds(STREAMS, content) * 1000
    yield from _calls(quiet, called, floor)
    yield Figure("1,000 places right after a start", median(places) * 1000, "ms", 80, floor=floor)
    yield Figure("… the slowest of all", max(places) * 1000, "ms")
    paused = [seconds * 1000 for seconds, _ in pauses]
    yield Figure("1,000 pages right after a pause", median(paused), "ms", 150, floor=floor)
    each = median(one.processor for one in starts) * 1e6 / STREAMS
    yield Figure("workers' time for a start, per viewer", each, "µs", 60)
    each = median(processor for _, processor in pauses) * 1e6 / STREAMS
    yield Figure("workers' time for a pause, per viewer", each, "µs", 120)
    yield Figure("workers' time at rest, without a stream", queue.bare * 1000, "ms/s")
    yield Figure("… more with 1,000 streams", (idle - queue.bare) * 1000, "ms/s", 5)
    yield Figure("bytes that one changed place takes", len(content), "B")


def _calls(quiet: tuple[float, ...], called: tuple[float, ...], floor: float) -> Iterator[Figure]:
    for what, all_seconds in (("", quiet), (", 999 others updated", called)):
        all_ms = [seconds * 1000 for seconds in all_seconds]
        yield Figure(f"«your turn»{what}, median", median(all_ms), "ms", 15, floor=floor)
        yield Figure(f"«your turn»{what}, p99", percentile(all_ms, 0.99), "ms", 40)


class _Queue:
    """A stand with a thousand in line, each with the page open."""

    def __init__(self, fair: BenchFair, watchers: Watchers) -> None:
        self._fair = fair
        self._watchers = watchers
        self._company_id = fair.company()
        # Everybody who will have gone before the last round, and a thousand behind them.
        self._line = fair.crowd(STREAMS)
        fair.fill({self._company_id: self._line})
        self._entries = list(fair.entries(self._company_id).values())
        self._workers = fair.server.workers()
        self.bare = min(self.rests() for _ in range(3))
        pages = [request("GET", "/live/dashboard", each.headers) for each in self._line]
        watchers.open(fair.server.port, pages, b"#done")
        self._head = 0
        # A worker that has just started makes itself ready meanwhile, more slowly where many come.
        self._idle = min(self.rests() for _ in range(3))

    def rests(self) -> float:
        """The workers' processor time, in seconds a second, while nothing happens."""
        meter = Meter(self._workers)
        time.sleep(RESTING_SECONDS)
        return meter.spent().cores[1]

    def play(self) -> tuple[float, Round, float, float]:
        """The first in line starts, and is done; the next is called, and leaves.

        Returns the seconds until every place was right after the start, that round, and the
        seconds of both calls: the one that concerns nobody else and the one that moves everybody.
        """
        head, entry = self._line[self._head], self._entries[self._head]
        start = self._round(lambda: interviews.start(actors.student(whose(head)), entry))
        places = self._until_right(start)
        quiet = self._round(lambda: interviews.complete(actors.company(self._company_id), entry))
        quietly = quiet.seconds_until(self._head + 1, lambda text: bool(CALLED.search(text)))
        after = self._line[self._head + 1]
        moving = self._round(
            lambda: queues.leave(actors.student(whose(after)), self._entries[self._head + 1])
        )
        called = moving.seconds_until(self._head + 2, lambda text: bool(CALLED.search(text)))
        self._until_right(moving)
        self._head += 2
        return places, start, quietly, called

    def pauses(self) -> tuple[float, float]:
        """The stand pauses, and resumes; seconds until every page said so, and processor time."""
        pause = self._round(lambda: self._edit(CompanyStatus.PAUSED))
        last = max(
            pause.seconds_until(stream, lambda text: bool(PAUSED.search(text)))
            for stream in range(self._head, STREAMS)
        )
        self._round(lambda: self._edit(CompanyStatus.RECRUITING))
        return last, pause.processor

    def _edit(self, status: CompanyStatus) -> object:
        return companies.edit(actors.SYSTEM, self._company_id, {"status": status})

    def _until_right(self, moved: Round) -> float:
        """Seconds until every waiting student's page shows how many are ahead."""
        waiting = (
            select(Entry.id)
            .where(Entry.company_id == self._company_id, WAITING)
            .order_by(Entry.position)
        )
        with self._fair.inside(), db.engine.connect() as connection:
            ahead = {
                entry: rank for rank, entry in enumerate(connection.execute(waiting).scalars())
            }
        return max(
            moved.seconds_until(stream, lambda text: _place(text) == (entry, ahead[entry]))  # noqa: B023
            for stream, entry in enumerate(self._entries)
            if entry in ahead
        )

    def _round(self, act: Callable[[], object]) -> Round:
        self._watchers.collect()
        meter = Meter(self._workers)
        with self._fair.inside():
            assert not isinstance(act(), Refusal)
        came: defaultdict[int, list[tuple[float, bytes]]] = defaultdict(list)
        more = True
        while more:
            time.sleep(SETTLING_SECONDS)
            new = [e for e in self._watchers.collect() if b"event:heartbeat" not in e.content]
            more = bool(new)
            for each in new:
                came[each.stream].append((each.at, each.content))
        spent = meter.spent()
        return Round(self._fair.committed_at, came, spent.workers - self._idle * spent.seconds)


def _place(text: bytes) -> tuple[int, int] | None:
    """The entry whose place was sent last, and how many it says are ahead."""
    found = PLACE.findall(text)
    return (int(found[-1][0]), int(found[-1][1] or 0)) if found else None
