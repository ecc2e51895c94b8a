"""What SQLAlchemy and psycopg do not document is as `db/` takes it to be.

When a test here fails after an upgrade, `db/internals.py` or `db/postgres_wait.py` has to follow.
"""

import inspect
import select
import socket
from functools import partial
from types import SimpleNamespace

import psycopg
import pytest
from psycopg.waiting import READY_R, READY_W, WAIT_R, WAIT_W
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from jobfair.db import internals, postgres_wait
from jobfair.db.postgres_wait import PromptConnection
from jobfair.extensions import db

REFUSED = "INSERT INTO fairs (id) VALUES (1)"


class TestSQLAlchemy:
    def test_listeners_hear_what_it_would_tell_them(self, app):
        heard = []
        listen = lambda *told: heard.append((told[2], told[3], told[5]))  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            with db.engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
                cursor = connection.connection.cursor()
                internals.tell_listeners(connection, cursor, "SELECT 1", heard[-1][1], False)
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
        assert heard[-1] == heard[-2]

    def test_an_error_is_the_one_that_it_would_raise(self, app):
        with db.engine.connect() as connection:
            with pytest.raises(IntegrityError) as its_own:
                connection.execute(text(REFUSED))
            connection.rollback()
            ours = internals.database_error(connection, its_own.value.orig, REFUSED)
        assert type(ours) is type(its_own.value)
        assert (ours.statement, ours.orig) == (its_own.value.statement, its_own.value.orig)
        assert ours.hide_parameters
        assert not ours.connection_invalidated

    def test_a_lost_connection_is_let_go(self, app, monkeypatch):
        lost = db.engine.dialect.loaded_dbapi.OperationalError("gone")
        with db.engine.connect() as connection:
            monkeypatch.setattr(connection.dialect, "is_disconnect", lambda *_: True)
            ours = internals.database_error(connection, lost)
            assert isinstance(ours, OperationalError)
            assert ours.connection_invalidated
            assert connection.invalidated


class Waited:
    """A generator such as psycopg's, and how often it came back to its caller."""

    def __init__(self, *wanted):
        self.wanted, self.ready, self.came_back = wanted, [], 0

    def run(self, file, alone_ms):
        def generator():
            for each in self.wanted:
                self.ready.append((yield each))
            return "answer"

        connection = SimpleNamespace(pgconn=SimpleNamespace(socket=file), alone_ms=alone_ms)
        connection._ready = partial(PromptConnection._ready, connection)
        waiting = PromptConnection._alone_first(connection, generator())
        try:
            next(waiting)
            while True:
                self.came_back += 1
                waiting.send(READY_R)
        except StopIteration as done:
            return done.value


class TestPsycopg:
    def test_its_numbers(self):
        assert (WAIT_R, WAIT_W, READY_R, READY_W) == (1, 2, 1, 2)

    def test_what_is_ready_is_not_waited_for_by_others(self):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            theirs.send(b"x")
            waited = Waited(WAIT_R, WAIT_W, WAIT_R | WAIT_W)
            assert waited.run(ours.fileno(), 1000) == "answer"
        assert waited.came_back == 0
        assert waited.ready == [READY_R, READY_W, READY_R | READY_W]

    def test_what_takes_longer_is(self):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            waited = Waited(WAIT_R)
            assert waited.run(ours.fileno(), 1) == "answer"
        assert waited.came_back == 1

    def test_it_waits_where_we_override_it(self):
        assert list(inspect.signature(psycopg.Connection.wait).parameters)[:2] == ["self", "gen"]

    @pytest.mark.parametrize(("sleep", "alone_ms", "yields"), [(0, 5_000, False), (0.2, 1, True)])
    def test_all_its_waiting_goes_through_there(
        self, postgresql_url, monkeypatch, sleep, alone_ms, yields
    ):
        """A query, a pipeline and a commit yield when the database is slow, and only then."""
        yielded = []
        wait = psycopg.Connection.wait

        def counting(connection, generator, *args, **more):
            def counted():
                try:
                    wanted = next(generator)
                    while True:
                        yielded.append(wanted)
                        wanted = generator.send((yield wanted))
                except StopIteration as done:
                    return done.value

            return wait(connection, counted(), *args, **more)

        url = postgresql_url.replace("postgresql+psycopg", "postgresql")
        with PromptConnection.connect(url) as connection:
            monkeypatch.setattr(psycopg.Connection, "wait", counting)
            connection.alone_ms = alone_ms
            connection.execute(f"SELECT pg_sleep({sleep})")
            with connection.pipeline():
                connection.execute(f"SELECT pg_sleep({sleep})")
            connection.commit()
        assert bool(yielded) is yields


def test_the_kernels_own_poll_is_asked():
    """gevent's would let others run."""
    assert postgres_wait._poll is select.poll
