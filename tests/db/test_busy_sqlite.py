"""Another process may hold SQLite's lock: it is waited for, and not for ever."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from jobfair.db import transactions
from jobfair.extensions import db
from jobfair.models import Fair

NO_CHANGE = text("UPDATE fairs SET revision = revision")


@pytest.fixture
def app(app_on_both_databases):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has timeouts of its own")
    return app_on_both_databases


@pytest.fixture
def elsewhere(app):
    """Another process, which has begun to write."""
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


PAUSE = 0.5
"""What each pause takes by the clock here, so that five seconds are soon over."""


class Clock:
    """Runs while a writer pauses, and no other time. At `let_go` seconds the lock is let go."""

    def __init__(self, elsewhere, let_go):
        self.seconds, self._elsewhere, self._let_go = 0.0, elsewhere, let_go

    def monotonic(self):
        return self.seconds

    def sleep(self, _seconds):
        self.seconds += PAUSE
        if self.seconds == self._let_go:
            self._elsewhere.execute("ROLLBACK")


@pytest.fixture
def clock(elsewhere, monkeypatch, request):
    clock = Clock(elsewhere, request.param)
    monkeypatch.setattr(transactions, "time", clock)
    return clock


def write():
    with transactions.unlocked_transaction() as connection:
        connection.execute(NO_CHANGE)


@pytest.mark.parametrize("clock", [0.5, 4.5, 5.0], indirect=True)
def test_a_writer_waits_up_to_five_seconds_for_another_process(clock):
    write()
    assert clock.seconds == clock._let_go


@pytest.mark.parametrize("clock", [None], indirect=True)
def test_a_writer_gives_up_after_five_seconds(clock):
    with pytest.raises(OperationalError, match="database is locked"):
        write()
    assert 5 < clock.seconds <= 5 + PAUSE


@pytest.mark.parametrize("clock", [None], indirect=True)
def test_who_reads_waits_for_no_writer(clock):
    with transactions.read_transaction() as connection:
        connection.execute(select(Fair.revision)).scalar_one()
    assert clock.seconds == 0
