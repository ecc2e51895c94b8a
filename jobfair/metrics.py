"""Every Prometheus metric, and the functions that record them.

No label holds a token, an id or a name. With `PROMETHEUS_MULTIPROC_DIR` each worker writes its
own files, and the server's master adds them up (`metrics_port.py`).
"""

from __future__ import annotations

from collections import Counter as Counts
from collections.abc import Iterable
from functools import cache

from prometheus_client import Counter, Gauge, Histogram

DELAYS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

requests = Counter(
    "jobfair_requests", "Requests answered, by route.", ("route", "method", "status")
)
request_seconds = Histogram(
    "jobfair_request_seconds",
    "From a request to its answer; of a stream, to its beginning.",
    ("route", "method"),
    buckets=DELAYS,
)
transitions = Counter("jobfair_transitions", "Journal rows committed.", ("kind",))
refusals = Counter("jobfair_refusals", "What was refused, and said so.", ("code",))
open_streams = Gauge(
    "jobfair_open_streams", "Open streams.", ("viewer",), multiprocess_mode="livesum"
)
hint_to_screen = Histogram(
    "jobfair_hint_to_screen_seconds",
    "From the hub's hearing of a change to the frame that shows it.",
    ("viewer",),
    buckets=DELAYS,
)
journal_delay = Histogram(
    "jobfair_journal_delay_seconds",
    "From a change to its being read from the journal, the oldest of each reading.",
    buckets=DELAYS,
)
journal_unread = Gauge(
    "jobfair_journal_unread_seconds",
    "For how long the journal could not be read, by the worker worst off; 0 when all is well.",
    multiprocess_mode="livemax",
)
hints_failed = Counter("jobfair_hints_failed", "Hints that were not sent.")
database_connections = Gauge(
    "jobfair_database_connections", "Database connections in use.", multiprocess_mode="livesum"
)


def answered(route: str, method: str, status: int, seconds: float) -> None:
    """Record that a request was answered."""
    requests.labels(route, method, f"{status // 100}xx").inc()
    request_seconds.labels(route, method).observe(seconds)


def committed(kinds: Iterable[str]) -> None:
    """Record that journal rows of these kinds were committed."""
    for kind, count in Counts(kinds).items():
        transitions.labels(kind).inc(count)


_to_screen = cache(hint_to_screen.labels)


def shown(viewer: str, seconds: float) -> None:
    """Record how long after its arrival in the hub a change reached a screen."""
    _to_screen(viewer).observe(seconds)


def refused(code: str) -> None:
    """Record a refusal."""
    refusals.labels(code).inc()
