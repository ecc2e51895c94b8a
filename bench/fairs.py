"""Fairs of the sizes that are measured, on real servers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import event, insert, select, update

from bench.processor import of_process
from jobfair import clock, create_app
from jobfair.domain.state import (
    EntryState,
    Phase,
    Presence,
    StudentStatus,
)
from jobfair.extensions import db
from jobfair.models import (
    Company,
    Entry,
    Fair,
    Role,
    SignIn,
    Student,
    User,
)
from jobfair.services.fair import fair as fairs
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction
from jobfair.web.security.browsers import csrf
from jobfair.web.security.sign_in import tokens
from tests.conftest import settings
from tests.support import real_servers
from tests.support.waiting import wait_until
from tests.system.support.clients import Client
from tests.system.support.fairs import RealFair
from tests.system.support.serving import SECRET, Gunicorn

WORKERS = 2
REST_SECONDS = 0.3


class DurablePostgreSQL(real_servers.PostgreSQL):
    """PostgreSQL that waits for the disk at each commit, as it does at a fair."""

    def command(self) -> list[str]:
        return [*super().command(), "-c", "fsync=on"]


class BenchFair(RealFair):
    """A fair that is filled in bulk; this process sends hints to its server."""

    def __init__(self, database_url: str, redis_url: str, server: Gunicorn) -> None:
        super().__init__(database_url, server)
        own = {"SECRET_KEY": SECRET, "JWT_SECRET_KEY": SECRET, "REDIS_URL": redis_url}
        self._app = create_app(settings(database_url) | own)
        self.committed_at = 0.0
        with self._app.app_context():
            event.listen(db.engine, "checkin", self._committed)

    def crowd(self, size: int, status: StudentStatus = StudentStatus.AVAILABLE) -> list[Client]:
        """Make `size` students, each signed in."""
        now = clock.now()
        numbers = [next(_numbers) for _ in range(size)]
        with self.inside(), write_transaction(actors.SYSTEM) as work:
            users = work.connection.execute(
                insert(User).returning(User.id, sort_by_parameter_order=True),
                [
                    {
                        "email": f"s{each}@bench.example",
                        "password_hash": "none",
                        "role": Role.STUDENT,
                        "created_at": now,
                    }
                    for each in numbers
                ],
            )
            user_ids = list(users.scalars())
            students = work.connection.execute(
                insert(Student).returning(Student.id, sort_by_parameter_order=True),
                [
                    {
                        "user_id": user_id,
                        "first_name": f"Camille{number}",
                        "last_name": "Lefèvre",
                        "status": status,
                        "active": True,
                    }
                    for user_id, number in zip(user_ids, numbers, strict=True)
                ],
            )
            student_ids = list(students.scalars())
            sign_ins = work.connection.execute(
                insert(SignIn).returning(SignIn.id, sort_by_parameter_order=True),
                [
                    {
                        "user_id": user_id,
                        "refresh_id": "none",
                        "created_at": now,
                        "expires_at": now + timedelta(days=1),
                    }
                    for user_id in user_ids
                ],
            )
            signed_in = list(zip(sign_ins.scalars(), user_ids, student_ids, strict=True))
        with self.inside():
            return [self._client(*each) for each in signed_in]

    def companies(self, size: int, **more: object) -> list[int]:
        return [self.company(**more) for _ in range(size)]

    def fill(self, queues: Mapping[int, Sequence[Client]]) -> None:
        """Put students into queues in one transaction, then open the fair, which calls them."""
        with self.inside():
            fairs.set_phase(actors.SYSTEM, Phase.PREPARING)
            with write_transaction(actors.SYSTEM) as work:
                statuses = select(Student.id, Student.status)
                status_of = {each.id: each.status for each in work.connection.execute(statuses)}
                for company_id, waiting in queues.items():
                    _put(work, company_id, [whose(each) for each in waiting], status_of)
                work.connection.execute(update(Fair).values(revision=work.number))
            fairs.set_phase(actors.SYSTEM, Phase.OPEN)
            if db.engine.dialect.name == "postgresql":
                with db.engine.begin() as connection:
                    connection.exec_driver_sql("ANALYZE")

    def entries(self, company_id: int) -> dict[int, int]:
        """The entry of each student in a queue, by position."""
        query = select(Entry.student_id, Entry.id).where(Entry.company_id == company_id)
        with self.inside(), db.engine.connect() as connection:
            return {
                row.student_id: row.id for row in connection.execute(query.order_by(Entry.position))
            }

    def _client(self, sign_in_id: int, user_id: int, student_id: int) -> Client:
        access = tokens.access(sign_in_id, user_id)
        secret = csrf.token(sign_in_id)
        headers = {"Cookie": f"jobfair_access={access}", "X-CSRF-Token": secret}
        return Client(self.server.port, headers, student_id)

    def _committed(self, _connection: object, _record: object) -> None:
        # Measured when the connection is returned: after the disk has the commit, which may take a
        # third of a second, and before the hint is sent.
        self.committed_at = time.monotonic()


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """A PostgreSQL and a Redis; gives their URLs by name."""
    with ExitStack() as stack:
        urls = {}
        for name, kind in (("postgresql", DurablePostgreSQL), ("redis", real_servers.Redis)):
            server = kind()
            stack.callback(server.remove)
            server.start()
            urls[name] = server.url
        yield urls


class Ground:
    """Where fairs are served: on PostgreSQL and Redis by two workers, or on SQLite by one."""

    def __init__(self, urls: Mapping[str, str] | None, workers: int = WORKERS) -> None:
        self._urls = urls
        self.workers = workers if urls else 1

    def with_workers(self, workers: int) -> Ground:
        """The same with this number of workers, where several may share the database."""
        return Ground(self._urls, workers)

    @contextmanager
    def fair(self, app: str = "wsgi:app", **environment: str) -> Iterator[BenchFair]:
        """A new, empty fair on a server of its own."""
        with self.unserved(app, **environment) as fair:
            try:
                fair.server.start()
                wait_for_rest(fair.server)
                yield fair
            finally:
                fair.server.stop()

    @contextmanager
    def unserved(self, app: str = "wsgi:app", **environment: str) -> Iterator[BenchFair]:
        """A new, empty fair that nobody asks for anything: to start its server takes seconds."""
        with ExitStack() as stack:
            directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jobfair-")))
            if self._urls:
                url = stack.enter_context(real_servers.database(self._urls["postgresql"]))
                redis = self._urls["redis"]
            else:
                url, redis = f"sqlite:///{directory / 'fair.sqlite'}", ""
            server = Gunicorn(directory, app, url, redis, self.workers, environment)
            fair = BenchFair(url, redis, server)
            stack.callback(fair.close)
            yield fair


def wait_for_rest(server: Gunicorn) -> None:
    """What a worker makes ready as it starts is no part of what is measured."""
    wait_until(lambda: _at_rest(server), "the workers have warmed up")


def _at_rest(server: Gunicorn) -> bool:
    before = sum(map(of_process, server.workers()))
    time.sleep(REST_SECONDS)
    return sum(map(of_process, server.workers())) - before < REST_SECONDS / 10


def whose(client: Client) -> int:
    """The id of the student who uses a client."""
    assert client.student_id is not None
    return client.student_id


def _put(
    work: UnitOfWork, company_id: int, waiting: list[int], status_of: dict[int, StudentStatus]
) -> None:
    rows = [
        {
            "id": work.number + position,
            "company_id": company_id,
            "student_id": student_id,
            "position": position,
            "state": EntryState.WAITING,
            "presence": Presence(status_of[student_id]),
            "created_at": work.at,
        }
        for position, student_id in enumerate(waiting, 1)
    ]
    work.connection.execute(insert(Entry), rows)
    work.number += len(rows)
    work.connection.execute(
        update(Company)
        .where(Company.id == company_id)
        .values(waiting=len(rows), last_position=len(rows), revision=work.number)
    )


_numbers = count(1)
