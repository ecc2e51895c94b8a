"""What a company sees on its own screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, read_transaction
from jobfair.domain.state import EntryState
from jobfair.exceptions import NotFound
from jobfair.models import (
    BY_POSITION,
    CALLED,
    DONE,
    RUNNING,
    WAITING,
    Company,
    Entry,
    Fair,
    Note,
    Student,
)
from jobfair.queries import introductions
from jobfair.queries.stand import device_acts
from jobfair.queries.views import (
    COMPANY_COLUMNS,
    CompanyView,
    Listed,
    Stand,
    StandEntry,
    StandNote,
    undoable_until,
)
from jobfair.security import link_tokens


@dataclass(frozen=True, slots=True)
class StandLink:
    """A company's link: its secret, the company, the hash of its PIN, if it has one, and how many
    devices have opened its screen by it."""

    token: str = field(repr=False)
    company: CompanyView
    pin_hash: str | None = field(repr=False)
    devices: int


FIRST, ALL = Listed(), Listed(all=True)

SHOWN_WAITING = 50
SHOWN_DONE = 20

_OF_STUDENT = {
    "student_id": Student.id,
    "first_name": Student.first_name,
    "last_name": Student.last_name,
    "student_status": Student.status,
}
_OWN = tuple(
    _OF_STUDENT[name] if name in _OF_STUDENT else getattr(Entry, name)
    for name in StandEntry._fields
    if name != "introduction"
)
_ROW = (*_OWN, *(each.label(f"shown_{at}") for at, each in enumerate(introductions.TO_STAND)))
_OWN_WIDTH, _ROW_WIDTH = len(_OWN), len(_ROW)

_COMPANY = select(*COMPANY_COLUMNS)
_LINK = CompiledStatement(
    select(Company.pin_hash, Company.devices, *COMPANY_COLUMNS).where(
        Company.token == bindparam("token")
    )
)
_BY_ID = CompiledStatement(_COMPANY.where(Company.id == bindparam("company_id")))
_PLACE = CompiledStatement(
    select(Company.stand, Company.hall).where(Company.id == bindparam("company_id"))
)
_NAME = CompiledStatement(
    select(Student.first_name, Student.last_name).where(Student.id == bindparam("student_id"))
)
_HERE = Entry.company_id == bindparam("company_id")
_CALLED_HERE = CALLED & _HERE
_CALLED = CompiledStatement(
    select(*_ROW)
    .join(Student, Student.id == Entry.student_id)
    .where(_CALLED_HERE)
    .order_by(Entry.position)
)
_WITH_NOTES = (
    select(*_ROW, *(getattr(Note, each.name) for each in fields(StandNote)))
    .join(Student, Student.id == Entry.student_id)
    .outerjoin(Note, (Note.company_id == Entry.company_id) & (Note.student_id == Entry.student_id))
)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(Entry).where(condition).scalar_subquery()


_PHASE = select(Fair.phase).scalar_subquery()
_STAND = (
    _PHASE,
    _count(DONE & _HERE),
    _count(_CALLED_HERE),
    Company.devices,
    *COMPANY_COLUMNS,
)
_NOTE_AT = len(_STAND) + _ROW_WIDTH


def _rows_of(
    *conditions: ColumnElement[bool], order: tuple[Any, ...], most: int | None
) -> Select[Any]:
    # A literal: PostgreSQL may plan the statement without the values of its parameters.
    limit: ColumnElement[int] | None = None if most is None else literal_column(str(most))
    rows = _WITH_NOTES.where(_HERE, *conditions).order_by(*order).limit(limit)
    return select(rows.subquery())


def _shown(waiting: int | None, done: int | None) -> CompiledStatement:
    """A row of the stand without an entry, then its entries without the stand; at most this many
    waiting and done.

    One statement, so that all of it is of the same moment. The stand's columns in each of a
    thousand rows took a third of the time.
    """
    rows = union_all(
        _rows_of(RUNNING, order=(Entry.id,), most=None),
        _rows_of(WAITING, order=(BY_POSITION, Student.last_name, Entry.id), most=waiting),
        _rows_of(DONE, order=(Entry.ended.desc(),), most=done),
    ).subquery()
    stand = select(*_STAND, *_nothing_of(rows.c)).where(Company.id == bindparam("company_id"))
    return CompiledStatement(union_all(stand, select(*_nothing_of(_STAND), *rows.c)))


def _nothing_of(columns: Iterable[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [cast(null(), each.type) for each in columns]


_SHOWN, _WHOLE = _shown(SHOWN_WAITING, SHOWN_DONE), _shown(None, None)


def link(token: str) -> StandLink:
    """The company of a link. Raises NotFound for an unknown or replaced link."""
    with autocommit() as connection:
        for spelling in link_tokens.spellings(token):
            row = _LINK.row(connection, token=spelling)
            if row is not None:
                pin_hash, devices, *company = row
                return StandLink(spelling, CompanyView(*company), pin_hash, devices)
    raise NotFound("company")


def company_by_id(company_id: int) -> CompanyView:
    """One company. Raises NotFound."""
    with autocommit() as connection:
        row = _BY_ID.row(connection, company_id=company_id)
    if row is None:
        raise NotFound("company")
    return CompanyView(*row)


def place_of(company_id: int) -> tuple[str | None, str | None]:
    """The stand's number or place, and its hall; None where it has none, or is gone."""
    with autocommit() as connection:
        row = _PLACE.row(connection, company_id=company_id)
    return (None, None) if row is None else (row[0], row[1])


def name_of(student_id: int) -> str:
    """A student's full name; empty once they are deleted."""
    with autocommit() as connection:
        row = _NAME.row(connection, student_id=student_id)
    return "" if row is None else f"{row[0]} {row[1]}"


def token_of(company_id: int) -> str:
    """The secret of a company's link. Raises NotFound."""
    with read_transaction() as connection:
        token: str | None = connection.execute(
            select(Company.token).where(Company.id == company_id)
        ).scalar()
    if token is None:
        raise NotFound("company")
    return token


def stand(company_id: int, listed: Listed = FIRST) -> Stand:
    """A company's dashboard: running, waiting in order, done with the latest first.

    Only the first of each long list, unless `listed` has all or finds somebody. Raises NotFound.
    """
    statement = _WHOLE if listed.all or listed.find else _SHOWN
    with autocommit() as connection:
        found = statement.rows(connection, company_id=company_id)
    own = next((row for row in found if row[0] is not None), None)
    if own is None:
        raise NotFound("company")
    phase, done_count, callable_count, devices, *company = own[: len(_STAND)]
    of_entries = [row for row in found if row is not own]
    rows = [_entry(row, len(_STAND)) for row in of_entries]
    notes = {
        entry.student_id: StandNote(*row[_NOTE_AT:])
        for entry, row in zip(rows, of_entries, strict=True)
        if row[_NOTE_AT] is not None
    }
    running, waiting, done = (
        [row for row in rows if row.state is state]
        for state in (EntryState.RUNNING, EntryState.WAITING, EntryState.DONE)
    )
    most_done = None if listed.all else SHOWN_DONE
    shown = Stand(
        CompanyView(*company),
        phase,
        tuple(sorted(running, key=lambda row: (row.started_at, row.id))),
        tuple(sorted(filter(listed.names, waiting), key=lambda row: row.order)),
        tuple(sorted(done, key=lambda row: row.ended or 0, reverse=True)[:most_done]),
        done_count=done_count,
        callable_count=callable_count,
        notes=notes,
        listed=listed,
        several_devices=devices > 1,
        acts=device_acts.latest(company_id) if devices > 1 else {},
    )
    return replace(shown, undo_until=_undo_until(shown.ended_last))


def _undo_until(ended_last: StandEntry | None) -> datetime | None:
    return None if ended_last is None else undoable_until(ended_last.completed_at)


def called(company_id: int) -> list[StandEntry]:
    """The called entries of a company, in order of position."""
    with autocommit() as connection:
        return [_entry(row) for row in _CALLED.rows(connection, company_id=company_id)]


def _entry(row: Sequence[Any], at: int = 0) -> StandEntry:
    """The entry in a row that has the columns of `_ROW` from this place on."""
    shown_at = at + _OWN_WIDTH
    shown = row[shown_at : at + _ROW_WIDTH]
    return StandEntry._make((*row[at:shown_at], introductions.introduction(shown)))
