"""Writing down what a transition changed: the new state and its journal rows, together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from jobfair import models
from jobfair.domain.events import (
    CompanyDeleted,
    Recorded,
    StudentDeleted,
    data,
    kind,
)
from jobfair.domain.state import Company, Entry, Hall, Student
from jobfair.services.actors import Actor

Thing = TypeVar("Thing")
Before = tuple[dict[int, Company], dict[int, Student], dict[int, Entry]]


def store(
    connection: Connection,
    fair_id: int,
    before: Before,
    hall: Hall,
    recorded: list[Recorded],
    actor: Actor,
) -> None:
    """Store a transition within the caller's transaction.

    Takes what the hall held before, the hall now, and the events between the two. Writes only
    what differs.
    """
    companies, students, entries = before
    _delete(connection, recorded)
    _store_entries(connection, entries, hall.entries)
    _update(connection, models.Student, _changed(students, hall.students))
    _update(connection, models.Company, _changed(companies, hall.companies))
    _touch(connection, set().union(*(each.touched for each in recorded)), hall.number)
    names = {each.id: each.name for each in (*companies.values(), *hall.companies.values())}
    connection.execute(
        insert(models.JournalRow),
        [_row(each, recorded[0].number, actor, names) for each in recorded],
    )
    connection.execute(
        update(models.Fair)
        .where(models.Fair.id == fair_id)
        .values(revision=hall.number, phase=hall.phase)
    )


def _changed(before: Mapping[int, Thing], after: Mapping[int, Thing]) -> list[Thing]:
    return [thing for key, thing in after.items() if before.get(key) != thing]


def _store_entries(
    connection: Connection, before: Mapping[int, Entry], after: Mapping[int, Entry]
) -> None:
    changed = _changed(before, after)
    new = [entry for entry in changed if entry.id not in before]
    old = [entry for entry in changed if entry.id in before]
    moved = [entry.id for entry in old if before[entry.id].position != entry.position]
    if moved:
        # Positions are unique: those that swap step aside through negative numbers first.
        connection.execute(
            update(models.Entry)
            .where(models.Entry.id.in_(moved))
            .values(position=-models.Entry.position)
        )
    # A student has one running interview: the one that is over makes room for the next.
    _update(connection, models.Entry, sorted(old, key=lambda entry: entry.running))
    if new:
        connection.execute(insert(models.Entry), [asdict(entry) for entry in new])


def _update(connection: Connection, model: type[Any], things: Iterable[Any]) -> None:
    rows = [asdict(thing) for thing in things]
    if not rows:
        return
    table: Table = model.__table__
    columns = [name for name in rows[0] if name != "id"]
    statement = (
        update(table)
        .where(table.c.id == bindparam("b_id"))
        .values({name: bindparam(f"b_{name}") for name in columns})
    )
    connection.execute(
        statement, [{f"b_{name}": value for name, value in row.items()} for row in rows]
    )


def _delete(connection: Connection, recorded: list[Recorded]) -> None:
    for each in recorded:
        match each.event:
            case CompanyDeleted(company_id):
                connection.execute(delete(models.Company).where(models.Company.id == company_id))
            case StudentDeleted(student_id):
                account = select(models.Student.user_id).where(models.Student.id == student_id)
                connection.execute(
                    delete(models.User).where(models.User.id == account.scalar_subquery())
                )
            case _:
                pass


def _touch(connection: Connection, company_ids: set[int], number: int) -> None:
    if company_ids:
        connection.execute(
            update(models.Company).where(models.Company.id.in_(company_ids)).values(revision=number)
        )


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
        "companies": sorted(recorded.touched),
        "data": data(event),
    }
