"""How fast pages are while 25 people a second sign in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle
from threading import Event

from sqlalchemy import update

from bench.fairs import BenchFair, Ground
from bench.figures import Figure
from bench.load import in_turn, percentile, request, run
from bench.processor import Meter
from jobfair.extensions import db
from jobfair.models import User
from jobfair.security.hashing import passwords
from tests.system.support.clients import Client

PASSWORD = "one password for everybody"  # noqa: S105
SIGN_INS_A_SECOND = 25
READERS, PAUSE_SECONDS = 4, 0.1
"""Four who look again every tenth of a second: about forty pages a second."""


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The row of the table about signing in, and what a sign-in itself takes."""
    seconds = 3.0 if quick else 10.0
    with ground.fair() as fair:
        crowd = fair.crowd(200)
        fair.fill({fair.company(): crowd})
        emails = _with_password(fair)
        pages = cycle([request("GET", "/dashboard", each.headers) for each in crowd])
        port = fair.server.port
        run(port, in_turn(pages), READERS, 1.0)
        alone = run(port, in_turn(pages), READERS, seconds, PAUSE_SECONDS).all_answered()
        meter = Meter(fair.server.workers())
        with _Door(fair.nobody(), emails) as door:
            beside = run(port, in_turn(pages), READERS, seconds, PAUSE_SECONDS).all_answered()
        spent = meter.spent()
    floor = alone.percentile(0.99) * 1000
    what = "others' p99 while 25 a second sign in"
    yield Figure(what, beside.percentile(0.99) * 1000, "ms", 60, floor=floor, spent=spent)
    yield Figure("sign-ins a second meanwhile", len(door.took) / seconds, "/s")
    yield Figure("a sign-in, p95", percentile(door.took, 0.95) * 1000, "ms")
    yield Figure("the longest sign-in", max(door.took) * 1000, "ms", 5_000)


class _Door:
    """Starts sign-ins at an even rate, even if earlier ones have not finished."""

    def __init__(self, nobody: Client, emails: list[str]) -> None:
        self.took: list[float] = []
        self._nobody = nobody
        self._emails = cycle(emails)
        self._closing = Event()
        self._pool = ThreadPoolExecutor(SIGN_INS_A_SECOND * 2)
        self._open: Future[None] | None = None

    def __enter__(self) -> _Door:
        self._open = self._pool.submit(self._let_in)
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.set()
        self._pool.shutdown()
        assert self._open is not None
        self._open.result()

    def _let_in(self) -> None:
        while not self._closing.wait(1 / SIGN_INS_A_SECOND):
            self._pool.submit(self._sign_in, next(self._emails))

    def _sign_in(self, email: str) -> None:
        start = time.monotonic()
        answer = self._nobody.other().tap("/login", email=email, password=PASSWORD)
        assert answer.status == 303, answer
        self.took.append(time.monotonic() - start)


def _with_password(fair: BenchFair) -> list[str]:
    hashed = passwords.hash_password(PASSWORD)
    with fair.inside(), db.engine.begin() as connection:
        changed = update(User).values(password_hash=hashed).returning(User.email)
        return list(connection.execute(changed).scalars())
