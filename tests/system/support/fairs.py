"""A fair on a real server: filled through the services, used over HTTP, then examined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from flask_migrate import upgrade
from sqlalchemy import Engine, select, update

from jobfair import create_app
from jobfair.domain.state import Hall, Phase
from jobfair.extensions import db
from jobfair.fields.companies.companies import NewCompany
from jobfair.imports import comparing, importing, undoing
from jobfair.models import Fair, JournalRow, Role
from jobfair.queries.admin import roster, team
from jobfair.queries.stand import stands
from jobfair.security.hashing import passwords
from jobfair.services.access import sign_ins
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from jobfair.web.security.sign_in import tokens
from tests.conftest import settings
from tests.domain.oracle import callable_set
from tests.domain.watched_fair import check_counters, check_entries, check_interviews, check_lot
from tests.support import factories
from tests.support.factories import Person
from tests.support.replaying import replayed, stored
from tests.system.support.clients import Act, Client, Reader
from tests.system.support.serving import SECRET, Gunicorn


class RealFair:
    """A server and, beside it, the same database seen from the test."""

    def __init__(self, database_url: str, server: Gunicorn) -> None:
        self.server = server
        own = {"SECRET_KEY": SECRET, "JWT_SECRET_KEY": SECRET}
        self._app = create_app(settings(database_url) | own)
        with self.inside():
            # Here, as another interpreter's start takes longer than all the migrations.
            upgrade()
            # As if no phase had ever been another: the journal is to begin with what tests do.
            with db.engine.begin() as connection:
                connection.execute(update(Fair).values(phase=Phase.OPEN))

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Where services and queries may be called."""
        with self._app.app_context():
            yield
            db.session.remove()

    # Whom and what there is

    def students(self, count: int) -> list[Client]:
        """New students, each signed in on a device of their own."""
        with self.inside():
            return [self.signed_in(_quickly(factories.student)) for _ in range(count)]

    def admin(self) -> Client:
        with self.inside():
            return self.signed_in(_quickly(factories.admin))

    def organiser(self) -> tuple[int, Client]:
        """Another organiser: their id, and a device of theirs."""
        with self.inside():
            person = factories.member(Role.ADMIN)
            return person.user_id, self.signed_in(person)

    def signed_in(self, person: Person) -> Client:
        opened = sign_ins.open_for(person.user_id, "test")
        access = tokens.access(opened.sign_in_id, person.user_id)
        secret = csrf.token(opened.sign_in_id)
        headers = {"Cookie": f"jobfair_access={access}", "X-CSRF-Token": secret}
        return Client(self.server.port, headers, person.student_id)

    def company(self, **more: object) -> int:
        with self.inside():
            return int(factories.company(f"Company {next(_numbers)}", **more))

    def imported_company(self, company_id: int | None = None, **updated: int) -> tuple[Act, int]:
        """What takes back the import of a list of one company, and the company.

        That is a new one, or one that is there already, with what the list has `updated`.
        """
        with self.inside():
            names = {each.company.id: each.company.name for each in roster.companies()}
            name = names[company_id] if company_id else f"Company {next(_numbers)}"
            cards = [NewCompany(name, **updated)]
            given: list[Mapping[str, object]] = [updated]
            promise = comparing.compare_companies(cards, given).promise
            importing.import_companies(actors.SYSTEM, cards, promise, given)
            last = undoing.last("companies")
            assert last is not None
            number = last.number
            made = company_id or max(each.company.id for each in roster.companies())
        return lambda client: client.tap("/admin/companies/import/undo", number=number), made

    def stand(self, company_id: int) -> Client:
        """The company's own screen; its addresses begin with its link."""
        with self.inside():
            token = stands.token_of(company_id)
        return Client(self.server.port, {}, link=f"/company/{token}")

    def nobody(self) -> Client:
        return Client(self.server.port, {})

    def entry(self, student: Client, company_id: int) -> int:
        """The id of a new entry of the student's there."""
        with self.inside():
            return int(factories.entry(_person(student), company_id))

    def interview(self, student: Client, company_id: int) -> int:
        with self.inside():
            return int(factories.interview(_person(student), company_id))

    def listen(self, client: Client, path: str, last_id: str | None = None) -> Reader:
        return Reader(client, path, last_id)

    # What became of it

    def hall(self, after_change: Callable[[Hall], None] | None = None) -> Hall:
        """The fair as it is, after every check that it may be so.

        `after_change` replaces the check after each of its changes, which a large fair has no time
        for: PostgreSQL ends a transaction that does nothing for so long.
        """
        with self.inside(), db.engine.connect() as connection:
            hall = stored(connection)
            told = replayed(connection, after_change or check_invariants)
        assert told == hall
        check_invariants(hall)
        return hall

    def organisers(self) -> set[int]:
        """The ids of the organisers there are."""
        with self.inside():
            return {each.user_id for each in team.members() if each.role is Role.ADMIN}

    def journal(self) -> list[JournalRow]:
        with self.inside(), db.engine.connect() as connection:
            table = JournalRow.__table__
            return list(connection.execute(select(table).order_by(table.c.number)))

    def count(self, kind: str, **where: int) -> int:
        """How many rows of this kind the journal has, about whom and what `where` says."""
        return sum(
            row.kind == kind and all(getattr(row, name) == each for name, each in where.items())
            for row in self.journal()
        )

    @property
    def engine(self) -> Engine:
        """The fair's database, to be looked at or tampered with by hand."""
        with self.inside():
            return db.engine

    def close(self) -> None:
        self.engine.dispose()


def check_invariants(hall: Hall) -> None:
    """What holds after every transition, whatever it was."""
    check_counters(hall)
    check_entries(hall)
    check_interviews(hall)
    check_lot(hall)
    places = [(e.company_id, e.position) for e in hall.entries.values() if e.position is not None]
    assert len(places) == len(set(places))
    called = {entry.id for entry in hall.entries.values() if entry.turn is not None}
    assert called == callable_set(hall)


_numbers = iter(range(1, 1_000_000))


def _person(student: Client) -> Person:
    return Person(0, "", student.student_id)


def _quickly(make):
    """Without spending the time that a password's hash takes."""
    hash_password, passwords.hash_password = passwords.hash_password, lambda password: "none"
    try:
        return make()
    finally:
        passwords.hash_password = hash_password
