"""How a student's page and transitions grow with workers: one, two and four of them."""

from __future__ import annotations

from collections.abc import Iterator

from bench import floors, pages
from bench.fairs import Ground
from bench.figures import Figure
from bench.transitions import Hall

COUNTS = (1, 2, 4)


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table about one, two and four workers; on SQLite there is only one."""
    seconds = 2.0 if quick else 8.0
    for workers in COUNTS if ground.workers > 1 else (1,):
        yield from _with(ground.with_workers(workers), seconds)


def _with(ground: Ground, seconds: float) -> Iterator[Figure]:
    floor = floors.pages(ground, pages.AT_ONCE, seconds / 2)
    with ground.fair() as fair:
        crowd = fair.crowd(10)
        fair.fill(dict.fromkeys(fair.companies(pages.QUEUES_EACH), crowd))
        load, spent = pages.read(fair, crowd, "/dashboard", seconds)
    what = f"student dashboard, workers: {ground.workers}"
    yield Figure(what, load.per_second, "/s", None, True, floor.per_second, spent)
    yield Figure("… a page, workers' time", spent.workers_ms(load), "ms", floor=floor.workers_ms)
    with ground.fair() as fair:
        load, spent = Hall(fair).play(seconds)
    yield Figure("… join, start, complete, available", load.per_second, "/s", spent=spent)
    yield Figure("… p95", load.percentile(0.95) * 1000, "ms")
    yield Figure("… a transition, workers' time", spent.workers_ms(load), "ms")
