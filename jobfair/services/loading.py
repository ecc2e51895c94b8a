"""Loading as much of the hall as a decision has to see, and no more.

A queue is read from its head, by index: the cost is the same with ten waiting and with ten
thousand, most of them greyed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any

from sqlalchemy import Connection, Select, select, union_all

from jobfair import models
from jobfair.domain.state import Company, Entry, Hall, Phase, Student
from jobfair.models import NOT_LEFT, READY, REMINDABLE, RUNNING, WAITING

SPARE = 2
"""Ready entries read beyond the free slots: one transition frees at most one slot and takes
away at most one entry."""

COMPOUND_LIMIT = 100
"""Heads read by one statement; SQLite allows 500 parts in a compound query."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a decision has to see.

    `entries`, `students` and `companies` are ids; those that do not exist are simply not in
    the hall. `spread`: a student's status may change, so every queue they wait in is read
    too. `slots`: the slots that the companies may get. `whole`: every waiting entry of the
    companies, not only the head. `everything`: the whole fair.
    """

    entries: tuple[int, ...] = ()
    students: tuple[int, ...] = ()
    companies: tuple[int, ...] = ()
    spread: bool = False
    slots: int = 0
    whole: bool = False
    everything: bool = False


def load(connection: Connection, phase: Phase, number: int, need: Need) -> Hall:
    """The part of the fair that `need` names, read within the caller's transaction."""
    hall = Hall(phase, number)
    if need.everything:
        _put_all(hall, connection)
        return hall
    if need.entries:
        hall.put(*_entries(connection, models.Entry.id.in_(need.entries)))
    named = {*need.companies, *(entry.company_id for entry in hall.entries.values())}
    students = {*need.students, *(entry.student_id for entry in hall.entries.values())}
    if students:
        hall.put(*_students(connection, models.Student.id.in_(students)))
        hall.put(*_entries(connection, models.Entry.student_id.in_(students), NOT_LEFT))
    companies = set(named)
    if need.spread:
        companies |= {entry.company_id for entry in hall.entries.values() if entry.live}
    if companies:
        hall.put(*_companies(connection, models.Company.id.in_(companies)))
        _put_queues(hall, connection, named, companies, need)
    return hall


def _put_all(hall: Hall, connection: Connection) -> None:
    hall.put(*_companies(connection))
    hall.put(*_students(connection))
    hall.put(*_entries(connection, NOT_LEFT))


def _put_queues(
    hall: Hall, connection: Connection, named: set[int], companies: set[int], need: Need
) -> None:
    if named:
        # Their slot numbers, for whoever starts next.
        hall.put(*_entries(connection, models.Entry.company_id.in_(named), RUNNING))
    if need.whole:
        hall.put(*_entries(connection, models.Entry.company_id.in_(named), WAITING))
        companies = companies - named
    limits = {
        company.id: max(company.free_slots, need.slots - company.running) + SPARE
        for company in hall.companies.values()
        if company.id in companies
    }
    heads = list(limits.items())
    for start in range(0, len(heads), COMPOUND_LIMIT):
        _put_heads(hall, connection, dict(heads[start : start + COMPOUND_LIMIT]))


def _put_heads(hall: Hall, connection: Connection, limits: dict[int, int]) -> None:
    parts = [
        select(_head(company_id, limit, condition).subquery())
        for company_id, limit in limits.items()
        for condition in (READY, REMINDABLE)
    ]
    found = [_entry(row) for row in connection.execute(union_all(*parts))]
    hall.put(*found)
    ready = [entry.company_id for entry in found if entry.ready]
    hall.beyond |= {each for each, limit in limits.items() if ready.count(each) == limit}


def _head(company_id: int, limit: int, condition: Any) -> Select[Any]:
    return (
        select(*_ENTRY)
        .where(models.Entry.company_id == company_id, condition)
        .order_by(models.Entry.position)
        .limit(limit)
    )


def _columns(model: type[Any], thing: type[Any]) -> list[Any]:
    return [model.__table__.c[each.name] for each in fields_of(thing)]


_ENTRY = _columns(models.Entry, Entry)
_STUDENT = _columns(models.Student, Student)
_COMPANY = _columns(models.Company, Company)


def _entry(row: Any) -> Entry:
    return Entry(*row)


def _entries(connection: Connection, *conditions: Any) -> Iterable[Entry]:
    return [_entry(row) for row in connection.execute(select(*_ENTRY).where(*conditions))]


def _students(connection: Connection, *conditions: Any) -> Iterable[Student]:
    return [Student(*row) for row in connection.execute(select(*_STUDENT).where(*conditions))]


def _companies(connection: Connection, *conditions: Any) -> Iterable[Company]:
    return [Company(*row) for row in connection.execute(select(*_COMPANY).where(*conditions))]
