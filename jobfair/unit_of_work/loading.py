"""Loading the part of the hall that a decision needs, and no more.

A queue is read from its head, by an index: ten waiting entries cost as much as ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    false,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from jobfair import models
from jobfair.db.statements import CompiledStatement
from jobfair.domain.state import (
    Company,
    Entry,
    Hall,
    Phase,
    Student,
)
from jobfair.domain.turns import MOST_TOLD_SOON
from jobfair.exceptions import NotFound
from jobfair.models import (
    AWAY,
    CALLED,
    NOT_LEFT,
    READY,
    RUNNING,
    WAITING,
)
from jobfair.unit_of_work.actors import Actor

SPARE = 2
"""Ready entries read beyond the free slots and the next student: one decision frees at most one
slot and removes at most one entry. Called entries, which may be far behind, are read in any
case."""

USUAL_QUEUES = 5
"""Most students are in no more queues than this at once."""

COMPOUND_LIMIT = 100
"""Queues in one statement, each four parts of it; SQLite allows 500 parts."""


@dataclass(frozen=True, slots=True)
class LoadSpec:
    """What a decision has to see.

    - entry, student, companies: ids; what does not exist is missing in the hall
    - spread: also every queue in which the student waits, as their status may change
    - slots: the highest number of slots that the companies may get
    - whole: all waiting entries of the companies, not only the first ones
    - everything: the whole fair
    """

    entry: int | None = None
    student: int | None = None
    companies: tuple[int, ...] = ()
    spread: bool = False
    slots: int = 0
    whole: bool = False
    everything: bool = False

    @property
    def is_small(self) -> bool:
        """Whether it loads at most one student, and only the heads of queues."""
        return not (self.everything or self.whole or self.slots)


@dataclass
class LoadedHall(Hall):
    """The part of the fair that was loaded, with a connection to count entries that were not."""

    connection: Connection = field(kw_only=True, repr=False, compare=False)

    def known_company(self, company_id: int) -> Company:
        """A company by its id. Raises NotFound."""
        if company_id not in self.companies:
            raise NotFound("company")
        return self.companies[company_id]

    def known_student(self, student_id: int) -> Student:
        """A student by their id. Raises NotFound."""
        if student_id not in self.students:
            raise NotFound("student")
        return self.students[student_id]

    def entry_for(self, actor: Actor, entry_id: int) -> Entry:
        """An entry that the actor may change: their own, one at their stand, or any for an admin.

        Raises NotFound when there is none, or it is somebody else's.
        """
        entry = self.entries.get(entry_id)
        owners = {"student": "student_id", "company": "company_id"}
        owner = owners.get(actor.kind)
        if entry is None or (owner is not None and getattr(entry, owner) != actor.id):
            raise NotFound("entry")
        return entry

    def count_ahead(self, entry: Entry) -> int | None:
        """How many waiting entries are before this one, after all decisions taken so far.

        None while its position is still to be drawn.
        """
        if entry.position is None:
            return None
        company = self.companies[entry.company_id]
        known = list(self.entries_of(company.id))
        ahead = sum(each.waiting and each.order < entry.order for each in known)
        if sum(each.waiting for each in known) == company.waiting:
            return ahead
        if entry.waiting and entry.position == company.last_position:
            return company.waiting - 1
        unread = select(func.count()).where(
            models.Entry.company_id == company.id,
            WAITING,
            models.Entry.position < entry.position,
            models.Entry.id.not_in([each.id for each in known]),
        )
        unread_ahead: int = self.connection.execute(unread).scalar_one()
        return ahead + unread_ahead


def called_entries(connection: Connection) -> list[Entry]:
    """Every called entry of the fair, in the order of the calls."""
    return _entries(connection, _EVERY_CALLED)


def signed_companies(connection: Connection) -> list[Company]:
    """Every company that says something to its queue."""
    return _companies(connection, _EVERY_SIGNED)


def load(
    connection: Connection,
    phase: Phase,
    number: int,
    lot_sealed: bool,
    load_specs: Sequence[LoadSpec],
) -> LoadedHall:
    """The part of the fair that these decisions need, taken one after the other.

    Reads within the caller's transaction; the first three are those of the fair's row.
    """
    hall = LoadedHall(phase, number, lot_sealed=lot_sealed, connection=connection)
    read_queues: set[int] = set()
    for load_spec in load_specs:
        if load_spec.everything:
            hall.put(*_companies(connection, _EVERY_COMPANY))
            hall.put(*_students(connection, _EVERY_STUDENT))
            hall.put(*_entries(connection, _EVERY_ENTRY))
        else:
            read_queues |= _put_spec(
                hall, connection, load_spec, read_queues, SPARE * len(load_specs)
            )
    return hall


def _put_spec(
    hall: Hall, connection: Connection, load_spec: LoadSpec, read_queues: set[int], spare: int
) -> set[int]:
    """Add what a decision needs; returns the companies whose queues were read for it."""
    named, live = set(load_spec.companies), set()
    if load_spec.entry is not None:
        live |= _put_rows(hall, _AROUND_ENTRY.rows(connection, given=load_spec.entry))
        if entry := hall.entries.get(load_spec.entry):
            named.add(entry.company_id)
    if load_spec.student is not None:
        live |= _put_rows(hall, _AROUND_STUDENT.rows(connection, given=load_spec.student))
    companies = (named | live if load_spec.spread else named) - read_queues
    for unknown in companies - hall.companies.keys():
        hall.put(*_companies(connection, _COMPANY_OF, given=unknown))
    if companies:
        _put_queues(hall, connection, named, companies, load_spec, spare)
    return companies


def _put_rows(hall: Hall, rows: Iterable[Any]) -> set[int]:
    """Add a student, their entries and the companies of these, from the rows of one statement.

    Returns the companies where the student waits or is in an interview.
    """
    live = set()
    for row in rows:
        hall.put(Student(*row[_STUDENT_AT:_COMPANY_AT]))
        if row[0] is not None:
            entry = Entry(*row[:_STUDENT_AT])
            hall.put(entry, Company(*row[_COMPANY_AT:]))
            if entry.live:
                live.add(entry.company_id)
    return live


def make_ready(connection: Connection) -> None:
    """Run the statements for queue heads once, so that they are compiled before a decision."""
    for count in range(1, USUAL_QUEUES + 1):
        _put_heads(Hall(), connection, {-place: SPARE for place in range(count)})


def _put_queues(
    hall: Hall,
    connection: Connection,
    named: set[int],
    companies: set[int],
    load_spec: LoadSpec,
    spare: int,
) -> None:
    if load_spec.whole:
        for company_id in named:
            hall.put(*_entries(connection, _LIVE_AT, given=company_id))
        companies = companies - named
    limits = {
        company.id: max(company.free_slots, load_spec.slots - company.running)
        + spare
        + MOST_TOLD_SOON
        for company in hall.companies.values()
        if company.id in companies
    }
    heads = list(limits.items())
    for start in range(0, len(heads), COMPOUND_LIMIT):
        _put_heads(hall, connection, dict(heads[start : start + COMPOUND_LIMIT]))


def _put_heads(hall: Hall, connection: Connection, limits: dict[int, int]) -> None:
    values: dict[str, int] = {}
    for place, (company_id, limit) in enumerate(limits.items()):
        values |= {f"company_{place}": company_id, f"limit_{place}": limit}
    found = {entry.id: entry for entry in _entries(connection, _heads(len(limits)), **values)}
    hall.put(*found.values())
    ready: dict[int, list[int]] = {company_id: [] for company_id in limits}
    for entry in found.values():
        if entry.ready and entry.position is not None:
            ready[entry.company_id].append(entry.position)
    for company_id, limit in limits.items():
        if len(ready[company_id]) >= limit:
            hall.beyond[company_id] = sorted(ready[company_id])[limit - 1]


@cache
def _heads(count: int) -> CompiledStatement:
    """The running and called entries of `count` companies, and the heads of their queues.

    Cached, as making the statement takes longer than running it.
    """
    parts: list[Select[Any]] = []
    for place in range(count):
        here = select(*_ENTRY).where(models.Entry.company_id == bindparam(f"company_{place}"))
        parts += [here.where(RUNNING), here.where(CALLED)]
        for condition in (READY, AWAY):
            in_order = here.where(condition).order_by(models.Entry.position)
            parts.append(select(in_order.limit(bindparam(f"limit_{place}")).subquery()))
    return CompiledStatement(union_all(*parts))


def _columns(model: type[Any], thing: type[Any]) -> list[Any]:
    return [model.__table__.c[each.name] for each in fields_of(thing)]


_ENTRY = _columns(models.Entry, Entry)
_GIVEN: BindParameter[int] = bindparam("given")
_STUDENT, _COMPANY = _columns(models.Student, Student), _columns(models.Company, Company)
_STUDENT_AT, _COMPANY_AT = len(_ENTRY), len(_ENTRY) + len(_STUDENT)
_EVERY_ENTRY = CompiledStatement(select(*_ENTRY).where(NOT_LEFT))
_EVERY_CALLED = CompiledStatement(select(*_ENTRY).where(CALLED).order_by(models.Entry.turn))
_EVERY_STUDENT = CompiledStatement(select(*_STUDENT))
_EVERY_COMPANY = CompiledStatement(select(*_COMPANY))
_COMPANY_OF = CompiledStatement(select(*_COMPANY).where(models.Company.id == _GIVEN))
_EVERY_SIGNED = CompiledStatement(select(*_COMPANY).where(models.Company.sign.is_not(None)))
_AT = models.Entry.company_id == _GIVEN
_LIVE_AT = CompiledStatement(
    union_all(*(select(*_ENTRY).where(_AT, each) for each in (WAITING, RUNNING)))
)


def _around(whose: ColumnElement[bool], also: ColumnElement[bool]) -> CompiledStatement:
    """A student with each of their entries, but for those they left, and its company."""
    theirs = (models.Entry.student_id == models.Student.id) & (NOT_LEFT | also)
    return CompiledStatement(
        select(*_ENTRY, *_STUDENT, *_COMPANY)
        .select_from(models.Student)
        .outerjoin(models.Entry, theirs)
        .outerjoin(models.Company, models.Company.id == models.Entry.company_id)
        .where(whose)
    )


_OWNER = aliased(models.Entry)
_OWNERS = select(_OWNER.student_id).where(_OWNER.id == _GIVEN).scalar_subquery()
# The entry that was asked for is loaded even if it was left.
_AROUND_ENTRY = _around(models.Student.id == _OWNERS, also=models.Entry.id == _GIVEN)
_AROUND_STUDENT = _around(models.Student.id == _GIVEN, also=false())


def _entries(connection: Connection, query: CompiledStatement, **given: int) -> list[Entry]:
    return [Entry(*row) for row in query.rows(connection, **given)]


def _students(connection: Connection, query: CompiledStatement) -> list[Student]:
    return [Student(*row) for row in query.rows(connection)]


def _companies(connection: Connection, query: CompiledStatement, **given: int) -> list[Company]:
    return [Company(*row) for row in query.rows(connection, **given)]
