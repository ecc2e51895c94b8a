"""Storing what decisions changed: the new state and the journal rows, together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, update

from jobfair import models
from jobfair.catalogue.records import JournalRecord
from jobfair.db import postgres_wait
from jobfair.db.statements import CompiledStatement
from jobfair.domain.events import (
    CompanyDeleted,
    Recorded,
    StudentDeleted,
    data,
    kind,
)
from jobfair.domain.state import (
    Company,
    Entry,
    Hall,
    Student,
)
from jobfair.unit_of_work import forgetting
from jobfair.unit_of_work.actors import Actor

Thing = TypeVar("Thing")
Change = tuple[Actor, Sequence[Recorded]]
"""Who decided, and the events of the decision."""

Before = tuple[dict[int, Company], dict[int, Student], dict[int, Entry]]


def store(
    connection: Connection,
    before: Before,
    hall: Hall,
    changes: Sequence[Change],
) -> list[JournalRecord]:
    """Store the changes from `before` to `hall`, within the caller's transaction.

    Writes only what differs, and reads nothing, so that PostgreSQL gets all statements at once.
    Returns the new journal rows, as if read back.
    """
    with postgres_wait.pipelined(connection):
        rows = _write(connection, before, hall, changes)
    return [JournalRecord(**row | {"data": json.loads(json.dumps(row["data"]))}) for row in rows]


def _write(
    connection: Connection,
    before: Before,
    hall: Hall,
    changes: Sequence[Change],
) -> list[dict[str, Any]]:
    companies, students, entries = before
    recorded = [each for _, events in changes for each in events]
    shown = frozenset().union(*(each.touched for each in recorded))
    _delete(connection, recorded)
    _store_entries(connection, entries, hall.entries)
    _STUDENTS.write(connection, _values(_changed(students, hall.students)))
    _COMPANIES.write(
        connection,
        [
            {**values, "revision": hall.number}
            for values in _values(each for each in hall.companies.values() if each.id in shown)
        ],
    )
    names = {each.id: each.name for each in (*companies.values(), *hall.companies.values())}
    rows = [
        _row(each, events[0].number, actor, names) for actor, events in changes for each in events
    ]
    _JOURNAL.write(connection, rows)
    _FAIR.write(connection, [{"revision": hall.number, "phase": hall.phase}])
    return rows


def _changed(before: Mapping[int, Thing], after: Mapping[int, Thing]) -> list[Thing]:
    return [thing for key, thing in after.items() if before.get(key) != thing]


def _store_entries(
    connection: Connection, before: Mapping[int, Entry], after: Mapping[int, Entry]
) -> None:
    changed = _changed(before, after)
    new = [entry for entry in changed if entry.id not in before]
    old = [entry for entry in changed if entry.id in before]
    moved = [entry for entry in old if _changes_place(before[entry.id].position, entry.position)]
    # Positions are unique: entries that swap theirs get negative ones first.
    _STEP_ASIDE.write(connection, _values(moved))
    # A student has at most one running interview: the one that ended is written first.
    _ENTRIES.write(connection, _values(sorted(old, key=lambda entry: entry.running)))
    _NEW_ENTRIES.write(connection, _values(new))


def _changes_place(before: int | None, after: int | None) -> bool:
    """Whether it may get the position of another; what is dealt to it, or lost, nobody has."""
    return None not in (before, after) and before != after


def _values(things: Iterable[Any]) -> list[dict[str, Any]]:
    return [{each.name: getattr(thing, each.name) for each in fields(thing)} for thing in things]


def _update_of(model: type[Any], *columns: str) -> CompiledStatement:
    """The statement that sets these columns of one row."""
    table: Table = model.__table__
    return CompiledStatement(
        update(table)
        .where(table.c.id == bindparam("id"))
        .values({name: bindparam(name) for name in columns})
    )


def _stored(thing: type[Any]) -> list[str]:
    return [each.name for each in fields(thing) if each.name != "id"]


_ENTRIES = _update_of(models.Entry, *_stored(Entry))
_STUDENTS = _update_of(models.Student, *_stored(Student))
_COMPANIES = _update_of(models.Company, *_stored(Company), "revision")
_FAIR = CompiledStatement(
    update(models.Fair).values(revision=bindparam("revision"), phase=bindparam("phase"))
)
_NEW_ENTRIES = CompiledStatement(insert(models.Entry))
_JOURNAL = CompiledStatement(insert(models.JournalRow))
_STEP_ASIDE = CompiledStatement(
    update(models.Entry)
    .where(models.Entry.id == bindparam("id"))
    .values(position=-models.Entry.position)
)


def _delete(connection: Connection, recorded: list[Recorded]) -> None:
    events = [each.event for each in recorded]
    companies = [each.company_id for each in events if isinstance(each, CompanyDeleted)]
    students = [each.student_id for each in events if isinstance(each, StudentDeleted)]
    if companies:
        connection.execute(delete(models.Company).where(models.Company.id.in_(companies)))
    if students:
        forgetting.forget(connection, students)


def _row(recorded: Recorded, change: int, actor: Actor, names: Mapping[int, str]) -> dict[str, Any]:
    event = recorded.event
    company_id = getattr(event, "company_id", None)
    return {
        "number": recorded.number,
        "change": change,
        "at": recorded.at,
        "kind": kind(event),
        "company_id": company_id,
        "student_id": getattr(event, "student_id", None),
        "entry_id": getattr(event, "entry_id", None),
        "company_name": names.get(company_id) if company_id is not None else None,
        "actor": actor.kind,
        "actor_id": actor.id,
        "device": actor.device,
        "key_id": actor.key_id,
        "companies": sorted(recorded.touched),
        "data": data(event),
    }
