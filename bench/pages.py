"""Whole pages: a student's with ten and ten thousand in the queues, a stand's, an organiser's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

from sqlalchemy import update

from bench import floors
from bench.fairs import BenchFair, Ground
from bench.figures import Figure
from bench.floors import Pages
from bench.load import Load, in_turn, request, run
from bench.processor import Meter, Spent
from jobfair import clock
from jobfair.extensions import db
from jobfair.models import Entry
from jobfair.queries.admin.fair.alerts import LATE
from tests.system.support.clients import Client

AT_ONCE = 8
QUEUES_EACH = 5


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table that are about pages."""
    seconds = 1.5 if quick else 6.0
    floor = floors.pages(ground, AT_ONCE, seconds / 2)
    yield from _dashboards(ground, seconds, floor)
    yield from _stand(ground, seconds, floor)
    yield from _overview(ground, seconds, floor)
    alone = floors.pages(ground, 1, seconds / 2)
    yield from _organisers(ground, seconds / 2, alone)


def _dashboards(ground: Ground, seconds: float, floor: Pages) -> Iterator[Figure]:
    with ground.fair() as fair:
        few = fair.crowd(10)
        fair.fill(dict.fromkeys(fair.companies(QUEUES_EACH), few))
        load, spent = read(fair, few, "/dashboard", seconds)
    yield from _rows("student dashboard", load, spent, floor, 500)
    with ground.fair() as fair:
        many = fair.crowd(2000)
        fair.fill(spread(many, fair.companies(2 * QUEUES_EACH), QUEUES_EACH))
        crowded, crowded_spent = read(fair, many[::20], "/dashboard", seconds)
    ratio = crowded_spent.workers_ms(crowded) / spent.workers_ms(load)
    yield Figure("… with 10,000 in the queues, against 10", ratio, "×", 1.2, spent=crowded_spent)


def _stand(ground: Ground, seconds: float, floor: Pages) -> Iterator[Figure]:
    with ground.fair() as fair:
        (company_id,) = fair.companies(1)
        fair.fill({company_id: fair.crowd(1000)})
        stand = fair.stand(company_id)
        load, spent = read(fair, [stand], stand.link, seconds)
    yield from _rows("company dashboard, 1,000 waiting", load, spent, floor, 150)


def _overview(ground: Ground, seconds: float, floor: Pages) -> Iterator[Figure]:
    with ground.fair() as fair:
        crowd = fair.crowd(3000)
        fair.fill(spread(crowd, fair.companies(300), QUEUES_EACH))
        admin = fair.admin()
        load, spent = read(fair, [admin], "/admin/", seconds)
    yield from _rows("admin overview, 3,000 students, 300 companies", load, spent, floor, 50)


def _organisers(ground: Ground, seconds: float, floor: Pages) -> Iterator[Figure]:
    """Each of the organisers' pages alone; every stand has called somebody in vain."""
    with ground.fair() as fair:
        crowd = fair.crowd(3000)
        fair.fill(spread(crowd, fair.companies(300), QUEUES_EACH))
        with fair.inside(), db.engine.begin() as connection:
            late = update(Entry).where(Entry.turn.is_not(None))
            connection.execute(late.values(called_at=clock.now() - 2 * LATE))
        admin = fair.admin()
        for path in ("/admin/", "/admin/alerts", "/admin/companies", "/admin/students"):
            load, spent = read(fair, [admin], path, seconds, at_once=1)
            what = f"{path} at 300 x 3,000, alone: median"
            floor_ms = 1000 / floor.per_second
            yield Figure(what, load.percentile(0.5) * 1000, "ms", 100, floor=floor_ms, spent=spent)
            what, each = f"{path}, workers' time", spent.workers_ms(load)
            yield Figure(what, each, "ms", 100, floor=floor.workers_ms, kept=True)


def _rows(what: str, load: Load, spent: Spent, floor: Pages, target: float) -> Iterator[Figure]:
    """How many a second, how long they take, and how evenly: the 99th of a hundred takes at most
    four times as long as the middle one, and none over ten times."""
    middle = load.percentile(0.5)
    yield Figure(what, load.per_second, "/s", target, True, floor.per_second, spent)
    yield Figure(f"{what}, p50", middle * 1000, "ms")
    yield Figure(f"{what}, p95", load.percentile(0.95) * 1000, "ms")
    yield Figure(f"{what}, p99 to p50", load.percentile(0.99) / middle, "×", 4)
    yield Figure(f"{what}, the longest to p50", max(load.latencies) / middle, "×", 10)
    each = spent.workers_ms(load)
    yield Figure(f"{what}, workers' time", each, "ms", floor=floor.workers_ms, kept=True)


def spread(crowd: Sequence[Client], companies: Sequence[int], each: int) -> dict[int, list[Client]]:
    """Everybody in this many queues, which get equally long."""
    queues: dict[int, list[Client]] = {company_id: [] for company_id in companies}
    for number, student in enumerate(crowd):
        for turn in range(each):
            queues[companies[(number * each + turn) % len(companies)]].append(student)
    return queues


def read(
    fair: BenchFair,
    readers: Sequence[Client],
    path: str,
    seconds: float,
    at_once: int = AT_ONCE,
) -> tuple[Load, Spent]:
    """Let the readers open a page for some seconds, each in turn."""
    requests = cycle([request("GET", path, each.headers) for each in readers])
    run(fair.server.port, in_turn(requests), at_once, 0.5)
    meter = Meter(fair.server.workers())
    load = run(fair.server.port, in_turn(requests), at_once, seconds).all_answered()
    return load, meter.spent()
