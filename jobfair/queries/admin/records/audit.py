"""The journal as an organiser reads it: its rows, with names instead of ids.

Every page is read in the journal's own order, by its number or by the indexes of a company and
a student, which end in it. No index leads to a kind or a time: reading a hundred thousand rows
to the end takes some 15 ms, and another index would cost each transition at the fair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, select

from jobfair import catalogue
from jobfair.catalogue.records import AuditEntry
from jobfair.db.transactions import read_transaction, revision
from jobfair.domain import events
from jobfair.domain.events import Event, kind, restore
from jobfair.domain.state import EntryState
from jobfair.exceptions import NotFound
from jobfair.models import JournalRow, Role
from jobfair.queries.admin import name_lookup
from jobfair.queries.batches import batches

PAGE_SIZE = 50
STORY_SIZE = 200

_STATES = {name: kind.entry_state for name, kind in catalogue.KINDS.items() if kind.entry_state}
TEAM = frozenset(role.value for role in Role if role is not Role.STUDENT)
"""The kinds of actors who are of the team."""

_OF_ACCOUNTS = (
    events.SignInEnded,
    events.NewDevice,
    events.MemberInvited,
    events.MemberRoleChanged,
    events.SecondFactorRemoved,
)
"""Kinds of events that name an account by its id alone."""
_NEED_HISTORY = frozenset(name for name, kind in catalogue.KINDS.items() if kind.needs_history)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows of the journal to show; None is any. `since` is included, `until` is not.

    `actors` are kinds of actors. Without `kinds`, calls and reminders are shown only with `calls`.
    """

    students: frozenset[int] | None = None
    companies: frozenset[int] | None = None
    kinds: frozenset[str] | None = None
    actors: frozenset[str] | None = None
    actor_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    calls: bool = False


@dataclass(frozen=True, slots=True)
class LogPage:
    """Rows, the newest first. `older` and `newer` are where the next pages begin, or None."""

    lines: tuple[AuditEntry, ...]
    older: int | None
    newer: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """One student's or company's rows, oldest first. `more` is where the next page begins."""

    name: str
    lines: tuple[AuditEntry, ...]
    more: int | None


def page(audit_filter: AuditFilter, before: int | None = None, after: int | None = None) -> LogPage:
    """A page of the log: the newest rows, or those just before or after a journal number."""
    query = _matching(audit_filter)
    with read_transaction() as connection:
        if after is not None:
            query = query.where(JournalRow.number > after).order_by(JournalRow.number)
            lines, more = _first_entries(connection, query, PAGE_SIZE)
            lines.reverse()
            return LogPage(tuple(lines), after + 1, lines[0].number if more else None)
        if before is not None:
            query = query.where(JournalRow.number < before)
        lines, more = _first_entries(
            connection, query.order_by(JournalRow.number.desc()), PAGE_SIZE
        )
    older = lines[-1].number if more else None
    return LogPage(tuple(lines), older, None if before is None else before - 1)


def each(audit_filter: AuditFilter) -> Iterator[AuditEntry]:
    """Every row that is sought, the oldest first, however many; none written meanwhile."""
    query = _matching(audit_filter).where(JournalRow.number <= revision())
    for rows in batches(query, JournalRow.number):
        with read_transaction() as connection:
            lines = _audit_entries(connection, rows)
        yield from lines


def of_student(student_id: int, after: int = 0) -> Story:
    """A student's rows after a journal number, calls included. Raises NotFound.

    A deleted student still has them.
    """
    return _story("student", name_lookup.students, JournalRow.student_id, student_id, after)


def of_company(company_id: int, after: int = 0) -> Story:
    """The same for a company. Raises NotFound."""
    return _story("company", name_lookup.companies, JournalRow.company_id, company_id, after)


def _story(
    what: str,
    named: Callable[[Connection, Iterable[int]], dict[int, str]],
    column: Any,
    subject: int,
    after: int,
) -> Story:
    query = (
        select(*_COLUMNS)
        .where(column == subject, JournalRow.number > after)
        .order_by(JournalRow.number)
    )
    with read_transaction() as connection:
        name = named(connection, [subject]).get(subject)
        if name is None:
            raise NotFound(what)
        lines, more = _first_entries(connection, query, STORY_SIZE)
    return Story(name, tuple(lines), lines[-1].number if more else None)


_COLUMNS = [
    JournalRow.number,
    JournalRow.at,
    JournalRow.kind,
    JournalRow.company_id,
    JournalRow.student_id,
    JournalRow.entry_id,
    JournalRow.company_name,
    JournalRow.actor,
    JournalRow.actor_id,
    JournalRow.device,
    JournalRow.key_id,
    JournalRow.data,
]


def _matching(audit_filter: AuditFilter) -> Any:
    conditions = {
        JournalRow.student_id: audit_filter.students,
        JournalRow.company_id: audit_filter.companies,
        JournalRow.kind: audit_filter.kinds,
        JournalRow.actor: audit_filter.actors,
    }
    query = select(*_COLUMNS).where(
        *(column.in_(values) for column, values in conditions.items() if values is not None)
    )
    if audit_filter.kinds is None and not audit_filter.calls:
        query = query.where(JournalRow.kind.not_in(catalogue.ON_REQUEST))
    if audit_filter.actor_id is not None:
        query = query.where(JournalRow.actor_id == audit_filter.actor_id)
    if audit_filter.since is not None:
        query = query.where(JournalRow.at >= audit_filter.since)
    if audit_filter.until is not None:
        query = query.where(JournalRow.at < audit_filter.until)
    return query


def _first_entries(connection: Connection, query: Any, size: int) -> tuple[list[AuditEntry], bool]:
    """The first `size` entries of a query, and whether there are more."""
    rows = list(connection.execute(query.limit(size + 1)))
    return _audit_entries(connection, rows[:size]), len(rows) > size


def _audit_entries(connection: Connection, rows: list[Any]) -> list[AuditEntry]:
    events_by_number = {row.number: restore(row.kind, row.data) for row in rows}
    people = {row.student_id for row in rows if row.student_id is not None}
    acting = {
        actor: {row.actor_id for row in rows if row.actor == actor}
        for actor in ("student", "company", *TEAM)
    }
    students = name_lookup.students(connection, people | acting["student"])
    team = name_lookup.users(connection, chain.from_iterable(acting[each] for each in TEAM))
    actors = {
        "student": students,
        "company": name_lookup.companies(connection, acting["company"]),
        **dict.fromkeys(TEAM, team),
    }
    keys = name_lookup.keys(connection, (row.key_id for row in rows))
    others = _others(connection, list(events_by_number.values()))
    before = _before(connection, [row for row in rows if row.kind in _NEED_HISTORY])
    lines = []
    for row in rows:
        was, running_since = before.get(row.number, (None, None))
        lines.append(
            AuditEntry(
                number=row.number,
                at=row.at,
                event=events_by_number[row.number],
                by=row.actor,
                by_id=row.actor_id,
                by_name=actors.get(row.actor, {}).get(row.actor_id),
                device=row.device,
                key=keys.get(row.key_id),
                student_id=row.student_id,
                student=students.get(row.student_id),
                company_id=row.company_id,
                company=row.company_name,
                was=was,
                running_since=running_since,
                names=others.get(row.kind, {}),
            )
        )
    return lines


def _others(connection: Connection, events_by_number: list[Event]) -> dict[str, dict[int, str]]:
    """By kind of event: the names of ids that are only in the event's own fields."""
    moved = {entry_id for event in events_by_number for entry_id, _ in _positions(event)}
    students = name_lookup.students_in(connection, moved)
    concerned = {event.user_id for event in events_by_number if isinstance(event, _OF_ACCOUNTS)}
    accounts = name_lookup.users(connection, concerned)
    return {
        **{kind(each): students for each in _OF_ORDER},
        **{kind(each): accounts for each in _OF_ACCOUNTS},
    }


_OF_ORDER = (events.Reordered, events.PutIntoLot, events.PlacesDealt)


def _positions(event: Event) -> tuple[tuple[int, int], ...]:
    match event:
        case events.Reordered():
            return event.after
        case events.PutIntoLot():
            return event.before
        case events.PlacesDealt():
            return event.dealt
        case _:
            return ()


def _before(
    connection: Connection, endings: list[Any]
) -> dict[int, tuple[EntryState, datetime | None]]:
    """By row number: the entry's state before the row, and since when its interview ran."""
    earlier = connection.execute(
        select(
            JournalRow.number,
            JournalRow.kind,
            JournalRow.entry_id,
            JournalRow.at,
            JournalRow.data["started_at"].as_string().label("started_at"),
        )
        .where(
            JournalRow.student_id.in_({row.student_id for row in endings}),
            JournalRow.entry_id.in_({row.entry_id for row in endings}),
            JournalRow.kind.in_(_STATES),
        )
        .order_by(JournalRow.number)
    ).all()
    of_entry: dict[int, list[Any]] = {row.entry_id: [] for row in endings}
    for row in earlier:
        of_entry[row.entry_id].append(row)
    before: dict[int, tuple[EntryState, datetime | None]] = {}
    for row in endings:
        last = next((e for e in reversed(of_entry[row.entry_id]) if e.number < row.number), None)
        if last is None:
            before[row.number] = (EntryState.WAITING, None)
        else:
            state = _STATES[last.kind]
            since = _began(of_entry[row.entry_id], row.number)
            before[row.number] = (state, since if state is EntryState.RUNNING else None)
    return before


def _began(rows: list[Any], before: int) -> datetime | None:
    """When the last interview among an entry's rows began, before a journal number."""
    began = {kind(events.InterviewStarted), kind(events.PaperInterviewEntered)}
    last = next((e for e in reversed(rows) if e.kind in began and e.number < before), None)
    if last is None or last.started_at is None:
        return last and last.at
    return datetime.fromisoformat(last.started_at)
