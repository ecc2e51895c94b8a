"""Taking back the last import, as far as nobody has done anything with it since.

What an import did is in the journal: its rows stand between its first and its own number. Somebody
added is removed if no row has come about them since, and nothing hangs on them that is in no
journal. A field is set back if it still says what the import wrote. All else stays, and is named.

Some are taken back at a time, each looked at under the lock, so that others get it in between. A
process that dies meanwhile leaves the import as the last one, with what is left to take back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, true

from jobfair.db import remains
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import (
    CompanyContactChanged,
    CompanyCreated,
    CompanyMoved,
    CompanyProfileChanged,
    CompanyRenamed,
    Event,
    ImportUndone,
    ListImported,
    QueueLimitChanged,
    SlotsChanged,
    StudentCreated,
    StudentEdited,
    StudentInvited,
    kind,
    restore,
)
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.companies import IN_LISTS
from jobfair.fields.students.students import NAMES
from jobfair.imports.comparing import Change
from jobfair.imports.importing import change_and_remove
from jobfair.models import (
    Company,
    Favourite,
    JournalRow,
    SchoolAccount,
    SignIn,
    Student,
)
from jobfair.queries.admin import name_lookup
from jobfair.services.many_at_once import BATCH, in_batches
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import write_transaction

_CREATED = (StudentCreated, CompanyCreated)
_FIELDS: Mapping[type[Event], str] = {
    CompanyRenamed: "name",
    CompanyMoved: "stand",
    SlotsChanged: "slots",
    QueueLimitChanged: "queue_limit",
}
_EDITED = (StudentEdited, CompanyProfileChanged, *_FIELDS)
_HARMLESS = kind(StudentInvited)
"""A personal link that was made and not used: it dies with the account."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """What taking an import back would do, or is left of one that was taken back.

    `removed` are those to remove, by id; `restored` what is to be set back. `used` are those who
    were added and with whom something was done since, `changed` those who were changed since:
    both stay. `contacts` keep the contact address that the list gave them: the journal has none.
    `gone` is how many of those who were added are there no more, `as_before` how many of those
    who were updated who are as they were.
    """

    removed: Mapping[int, str]
    restored: tuple[Change, ...]
    used: Mapping[int, str]
    changed: Mapping[int, str]
    contacts: Mapping[int, str]
    gone: int
    as_before: int

    @property
    def does_something(self) -> bool:
        return bool(self.removed or self.restored)


@dataclass(frozen=True, slots=True)
class LastImport:
    """The last list of its kind: its journal number, when, by whom, and what it did.

    `undone` says what was taken back of it, `reversal` what would be; one of them is None. `left`
    are the names of those who stayed when it was taken back.
    """

    number: int
    at: datetime
    by: str
    done: ListImported
    undone: ImportUndone | None = None
    reversal: Reversal | None = None
    left: Sequence[str] = ()


Written = tuple[Any, Any]
"""What stood in a field before an import, and what it wrote there."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Where one kind of list is stored.

    `columns` are its own, `name` is what a row of them is called, `own` the column of the journal
    that has its id. `names` are those of ids, also of who is gone. `used` finds those with whom
    something was done that stands in no journal.
    """

    columns: Sequence[Any]
    name: Callable[[Any], str]
    own: Any
    names: Callable[[Connection, Iterable[int]], dict[int, str]]
    used: Sequence[Any]


_KINDS: Mapping[str, _Kind] = {
    "students": _Kind(
        [Student.id, *(getattr(Student, each.name) for each in NAMES)],
        lambda row: f"{row.first_name} {row.last_name}",
        JournalRow.student_id,
        name_lookup.students,
        (
            select(Student.id).join(SignIn, SignIn.user_id == Student.user_id),
            select(Student.id).join(SchoolAccount, SchoolAccount.user_id == Student.user_id),
        ),
    ),
    "companies": _Kind(
        [Company.id, *(getattr(Company, each.name) for each in IN_LISTS)],
        lambda row: str(row.name),
        JournalRow.company_id,
        name_lookup.companies,
        (
            select(Company.id).where(Company.link_opened_at.is_not(None)),
            select(Favourite.company_id),
        ),
    ),
}


def last(what: str) -> LastImport | None:
    """The last import of students or of companies; None where there is none."""
    with read_transaction() as connection:
        row = _newest(connection, what)
        if row is None:
            return None
        by = name_lookup.users(connection, [] if row.actor_id is None else [row.actor_id])
        done = _event(row)
        found = LastImport(row.number, row.at, next(iter(by.values()), ""), done)
        undone = _undone(connection, row.number)
        if undone is None:
            return replace(found, reversal=_reversal(connection, row.number, done))
        names = _KINDS[what].names(connection, undone.left)
        return replace(found, undone=undone, left=tuple(names.values()))


def undo(actor: Actor, what: str, number: int) -> ImportUndone | Refusal:
    """Take back the last import, by its journal number, where nothing was done since.

    Returns what was taken back and who stays. Returns `import_not_last` where another import came
    since, or it was taken back already.
    """
    with read_transaction() as connection:
        done = _can_be_undone(connection, what, number)
        concerned = [] if done is None else _concerned(connection, done, number)
    undone = ImportUndone(what, number, 0, 0)
    for some, is_last in in_batches(concerned, BATCH):
        with write_transaction(actor) as work:
            done = _can_be_undone(work.connection, what, number)
            if done is None:
                return Refusal(RequestCode.IMPORT_NOT_LAST)
            back = _reversal(work.connection, number, done, some)
            change_and_remove(work, actor, what, back.restored, back.removed)
            undone = _with(undone, back)
            if is_last:
                work.record(actor, undone)
    if undone.removed:
        remains.empty_log()
    return undone


def _with(undone: ImportUndone, back: Reversal) -> ImportUndone:
    """What is taken back so far; what was before, by a try that ended early, counts as well."""
    left = dict.fromkeys((*back.used, *back.changed, *back.contacts))
    return replace(
        undone,
        removed=undone.removed + len(back.removed) + back.gone,
        restored=undone.restored + len(back.restored) + back.as_before,
        left=(*undone.left, *left),
    )


def _can_be_undone(connection: Connection, what: str, number: int) -> ListImported | None:
    """The import, where it is the last of its kind and was not taken back."""
    row = _newest(connection, what)
    if row is None or row.number != number or _undone(connection, number):
        return None
    done: ListImported = _event(row)
    return done


def _concerned(connection: Connection, done: ListImported, number: int) -> list[int]:
    """The ids of all whom an import added or changed."""
    added, wrote = _its_own(connection, _KINDS[done.what], done.first, number)
    contacts = _given_contacts(connection, done, number)
    return list(dict.fromkeys((*added, *wrote, *contacts)))


def _newest(connection: Connection, what: str) -> Any:
    imports = select(JournalRow).where(JournalRow.kind == kind(ListImported))
    rows = connection.execute(imports.order_by(JournalRow.number.desc()))
    return next((row for row in rows if row.data["what"] == what), None)


def _event(row: Any) -> Any:
    return restore(row.kind, row.data)


def _undone(connection: Connection, number: int) -> ImportUndone | None:
    later = (JournalRow.number > number, JournalRow.kind == kind(ImportUndone))
    rows = connection.execute(select(JournalRow.kind, JournalRow.data).where(*later))
    return next((_event(row) for row in rows if row.data["undoes"] == number), None)


def _reversal(
    connection: Connection, number: int, done: ListImported, some: Collection[int] | None = None
) -> Reversal:
    """What taking an import back would do; with `some` ids, of these alone."""
    of = _KINDS[done.what]
    added, wrote = _its_own(connection, of, done.first, number, some)
    contacts = _given_contacts(connection, done, number, some)
    now = _there(connection, of, {*added, *wrote, *contacts}, some)
    used = _used(connection, of, number, some)
    here = {each: of.name(now[each]) for each in added if each in now}
    restored, changed, as_before = [], {}, 0
    for each, fields in ((each, wrote[each]) for each in wrote if each in now):
        row = now[each]
        own = {name: getattr(row, name) for name in fields}
        same = {name: own[name] for name, (_before, after) in fields.items() if own[name] == after}
        if same:
            back = {name: fields[name][0] for name in same}
            restored.append(Change(each, of.name(row), same, back))
        if any(own[name] not in written for name, written in fields.items()):
            changed[each] = of.name(row)
        elif not same:
            as_before += 1
    return Reversal(
        {each: name for each, name in here.items() if each not in used},
        tuple(restored),
        {each: name for each, name in here.items() if each in used},
        changed,
        {each: of.name(now[each]) for each in contacts if each in now},
        len(added) - len(here),
        as_before,
    )


def _given_contacts(
    connection: Connection, done: ListImported, number: int, some: Collection[int] | None = None
) -> Sequence[int]:
    """The companies to which an import gave another contact address."""
    rows = select(JournalRow.company_id).where(
        JournalRow.number >= done.first,
        JournalRow.number < number,
        JournalRow.kind == kind(CompanyContactChanged),
        _among(JournalRow.company_id, some),
    )
    return [each for each in connection.execute(rows).scalars() if each is not None]


def _among(column: Any, some: Collection[int] | None) -> Any:
    """That a column has one of some ids; with None, any."""
    return true() if some is None else column.in_(some)


def _its_own(
    connection: Connection,
    of: _Kind,
    first: int,
    number: int,
    some: Collection[int] | None = None,
) -> tuple[list[int], dict[int, dict[str, Written]]]:
    """Those whom an import added, and what it wrote into the fields of others."""
    kinds = [kind(each) for each in (*_CREATED, *_EDITED)]
    rows = connection.execute(
        select(JournalRow.kind, JournalRow.data, of.own.label("own"))
        .where(JournalRow.number >= first, JournalRow.number < number, JournalRow.kind.in_(kinds))
        .where(_among(of.own, some))
        .order_by(JournalRow.number)
    )
    added: list[int] = []
    wrote: dict[int, dict[str, Written]] = {}
    for row in rows:
        event = _event(row)
        if isinstance(event, _CREATED):
            added.append(row.own)
        else:
            wrote.setdefault(row.own, {}).update(_written(event))
    return added, wrote


def _written(event: Any) -> dict[str, Written]:
    if isinstance(event, StudentEdited):
        return {name: (event.before[name], after) for name, after in event.after.items()}
    field = event.field if isinstance(event, CompanyProfileChanged) else _FIELDS[type(event)]
    return {field: (event.before, event.after)}


def _there(
    connection: Connection, of: _Kind, ids: Collection[int], some: Collection[int] | None
) -> dict[int, Any]:
    """The rows of those who are still there, by id."""
    rows = connection.execute(select(*of.columns).where(_among(of.columns[0], some)))
    return {row.id: row for row in rows if row.id in ids}


def _used(connection: Connection, of: _Kind, number: int, some: Collection[int] | None) -> set[int]:
    """All with whom something was done since a journal number."""
    since = select(of.own).where(
        JournalRow.number > number, of.own.is_not(None), JournalRow.kind != _HARMLESS
    )
    return {
        each
        for query in (since, *of.used)
        for each in connection.execute(
            query.where(_among(query.selected_columns[0], some)).distinct()
        ).scalars()
    }
