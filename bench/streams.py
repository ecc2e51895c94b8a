"""What an open stream costs while nothing happens, and how many can be held."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict

from bench.fairs import BenchFair, Ground, whose
from bench.figures import Figure
from bench.load import in_turn, request, run
from bench.processor import Meter, memory_of
from bench.watching import Watchers
from jobfair.feed.quotas import Held, Quotas
from jobfair.feed.subscriptions import Subscription
from jobfair.feed.viewer import Viewer
from jobfair.services.queues import queues
from jobfair.unit_of_work import actors
from tests.system.support.clients import Client

MEASURED = 1000
HELD, QUICKLY_HELD = 19_980, 2000
"""One process, the one that watches, may open 20,000 files on many systems: some are its own."""

LOADING_SECONDS = 2.0
SETTLING_SECONDS = 6.0


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table that are about holding streams."""
    many = QUICKLY_HELD if quick else HELD
    with ground.fair() as fair, Watchers() as watchers:
        crowd = fair.crowd(many)
        company_id = fair.company()
        fair.fill({company_id: crowd})
        pages = [request("GET", "/live/dashboard", each.headers) for each in crowd]
        # What is loaded once, by the first pages and streams, is nobody's stream.
        reads = iter([request("GET", "/dashboard", each.headers) for each in crowd])
        run(fair.server.port, in_turn(reads), 8, LOADING_SECONDS)
        watchers.open(fair.server.port, pages[:100], b"#done")
        before = _memory(fair)
        watchers.open(fair.server.port, pages[100 : 100 + MEASURED], b"#done")
        yield Figure("memory of a stream", (_memory(fair) - before) / MEASURED / 1024, "KiB", 12)
        took = watchers.open(fair.server.port, pages[100 + MEASURED :], b"#done")
        yield Figure("streams opened a second", (many - 100 - MEASURED) / took, "/s")
        meter = Meter(fair.server.workers(), [watchers.pid])
        last = _one_leaves(fair, watchers, crowd[0], fair.entries(company_id))
        spent = meter.spent()
        yield Figure("counting a stream, and telling another worker", _counting() * 1e6, "µs")
        yield Figure("streams held, and right after a change", float(many), "", HELD, True)
        yield Figure(f"… {many:,} of them, after", last * 1000, "ms", 1000)
        yield Figure("… which took of the workers' processors", spent.workers * 1000, "ms")
        yield Figure("… and of who watches them", spent.client * 1000, "ms")


def _counting() -> float:
    """Processor time, in seconds, to count a stream and to tell another worker, as both spend it.

    Each is told alone, as if no others opened within the same moment; Redis is left out.
    """
    ours, others = Quotas(), Quotas()
    start = time.process_time()
    for number in range(MEASURED):
        holders = (f"sign_in:{number}", f"account:{number}")
        viewer = Viewer(group="", topics=(), allowed=lambda: True, holders=holders)
        ours.admit(Subscription(viewer))
        told = ours.news()
        assert told is not None
        others.hear(Held(**json.loads(json.dumps(asdict(told)))))
    return (time.process_time() - start) / MEASURED


def _memory(fair: BenchFair) -> int:
    time.sleep(1.0)
    return sum(map(memory_of, fair.server.workers()))


def _one_leaves(
    fair: BenchFair, watchers: Watchers, first: Client, entries: dict[int, int]
) -> float:
    """The first in line goes; seconds until something came on every stream."""
    watchers.collect()
    with fair.inside():
        queues.leave(actors.student(whose(first)), entries[whose(first)])
    time.sleep(SETTLING_SECONDS)
    came: dict[int, float] = {}
    for each in watchers.collect():
        if b"place-" in each.content:
            came.setdefault(each.stream, each.at - fair.committed_at)
    assert watchers.ended() == 0
    assert len(came) >= len(entries) - 1, f"{len(came)} of {len(entries)}"
    return max(came.values())
