"""Importing lists of students and companies: all that the preview showed, or nothing.

Whom the list is to remove are removed afterwards, some at a time, so that others get the fair's
lock in between: a process that dies meanwhile leaves the others there, and the same list again
removes them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from jobfair.db import remains
from jobfair.domain.decisions import overrides
from jobfair.domain.events import (
    Event,
    ListImported,
    ManyAct,
    StudentCreated,
    StudentEdited,
    TurnCame,
)
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Hall, StudentStatus
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.input.edits import values_of
from jobfair.fields.students.introductions import FROM_SCHOOL
from jobfair.imports.comparing import (
    Change,
    Comparison,
    Given,
    ListedStudent,
    Named,
    companies_compared,
    students_compared,
)
from jobfair.models import (
    Company,
    Role,
    Student,
    User,
)
from jobfair.queries.admin.records import many_acts
from jobfair.security.hashing import passwords
from jobfair.services import many_at_once
from jobfair.services.companies.companies import created, edit_many, new_row
from jobfair.services.companies.many_companies import COMPANIES
from jobfair.services.many_at_once import Subject
from jobfair.services.students.many_students import STUDENTS
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


def import_students(
    actor: Actor,
    listed: Sequence[ListedStudent],
    promise: str,
    given: Given | None = None,
    named: Named | None = None,
    also: Collection[int] = (),
) -> ListImported | Refusal:
    """Make an account without a password for each new student, and give others their new names.

    With `named`, remove those who are not in the list; who is in an interview or called only where
    `also` has their id. Returns what was done, with how many were removed: with one of them
    somebody may have begun something meanwhile, who then stays. Returns `import_stale` where
    `promise` is not that of the comparison: then nothing is stored.
    """

    def compared(connection: Connection) -> Comparison[ListedStudent]:
        return students_compared(connection, listed, given, named)

    return _import("students", actor, compared, promise, also)


def import_companies(
    actor: Actor,
    listed: Sequence[NewCompany],
    promise: str,
    given: Given | None = None,
    named: Named | None = None,
    also: Collection[int] = (),
) -> ListImported | Refusal:
    """The same for companies: each new one gets a link of its own."""

    def compared(connection: Connection) -> Comparison[NewCompany]:
        return companies_compared(connection, listed, given, named)

    return _import("companies", actor, compared, promise, also)


def change_and_remove(
    work: UnitOfWork,
    actor: Actor,
    what: str,
    changed: Sequence[Change],
    removed: Mapping[int, str],
) -> None:
    """Give some students or companies other values, and remove others, by id and name.

    Within the caller's transaction, which has looked at them.
    """
    of = _KINDS[what]
    hall = work.load(*of.load(work.connection, changed, tuple(removed)))
    edited = of.edit(work, hall, changed)
    gone = (of.remove(hall, each, name) for each, name in removed.items())
    work.carry_out(actor, hall, (*edited, *(event for events in gone for event in events)))


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is particular to one kind of list: making rows, changing and removing them.

    `load` says what has to be seen for a few of them. `subject` and `removal` are the act on many
    by which those go who are not in the list.
    """

    insert: Callable[[UnitOfWork, Sequence[Any]], tuple[Event, ...]]
    edit: Callable[[UnitOfWork, Hall, Sequence[Change]], tuple[Event, ...]]
    remove: Callable[[Hall, int, str], tuple[Event, ...]]
    load: Callable[[Connection, Sequence[Change], tuple[int, ...]], list[LoadSpec]]
    subject: Subject
    removal: ManyAct


def _import(
    what: str,
    actor: Actor,
    compare: Callable[[Connection], Comparison[Any]],
    promise: str,
    also: Collection[int],
) -> ListImported | Refusal:
    with write_transaction(actor) as work:
        compared = compare(work.connection)
        if compared.promise != promise:
            return Refusal(RequestCode.IMPORT_STALE)
        # Those whom somebody may be on the way to last: their removal calls others.
        removed = (*compared.removed, *(each for each in compared.busy if each.id in also))
        done = ListImported(
            what,
            work.number + 1,
            len(compared.new),
            len(compared.changed),
            len(removed),
            compared.present,
        )
        if compared.new:
            work.record(actor, *_KINDS[what].insert(work, compared.new))
        if compared.changed:
            # Names stand on the screens of all companies where somebody waits.
            hall = work.load(LoadSpec(everything=True))
            work.carry_out(actor, hall, _KINDS[what].edit(work, hall, compared.changed))
        if removed or done.first <= work.number:
            work.record(actor, done)
    return replace(done, removed=_remove(what, actor, [each.id for each in removed], work.number))


def _remove(what: str, actor: Actor, ids: Sequence[int], looked_at: int) -> int:
    """Remove those of these with whom nobody has begun anything since a journal number.

    Returns how many. That they are removed, and who is left, is an act on many in the log.
    """
    if not ids:
        return 0
    of = _KINDS[what]
    usual = of.subject.kinds[of.removal]
    careful = replace(usual, minds=(*usual.minds, TurnCame))
    subject = replace(of.subject, kinds={of.removal: careful})
    number = many_at_once.carry_out(actor, subject, of.removal, ids, looked_at)
    remains.empty_log()
    return len(many_acts.done(number).rows)


def _of_students(
    connection: Connection, changed: Sequence[Change], removed: tuple[int, ...]
) -> list[LoadSpec]:
    ids = (*(each.id for each in changed), *removed)
    return STUDENTS.load(connection, ManyAct.REMOVE, ids)


def _of_companies(
    connection: Connection, changed: Sequence[Change], removed: tuple[int, ...]
) -> list[LoadSpec]:
    slots = max((each.after.get("slots", 0) for each in changed), default=0)
    return [
        LoadSpec(companies=tuple(each.id for each in changed), slots=slots),
        *COMPANIES.load(connection, ManyAct.DELETE, removed),
    ]


def _rename_students(work: UnitOfWork, _hall: Hall, changed: Sequence[Change]) -> tuple[Event, ...]:
    # A statement for each field, and not for each student: the lock is held meanwhile.
    by_field: dict[str, list[dict[str, Any]]] = {}
    for each in changed:
        for field, value in each.after.items():
            by_field.setdefault(field, []).append({"own": each.id, "value": value})
    for field, rows in by_field.items():
        renamed = update(Student).where(Student.id == bindparam("own"))
        work.connection.execute(renamed.values({field: bindparam("value")}), rows)
    return tuple(StudentEdited(each.id, dict(each.before), dict(each.after)) for each in changed)


def _edit_companies(work: UnitOfWork, hall: Hall, changed: Sequence[Change]) -> tuple[Event, ...]:
    return edit_many(work, hall, {each.id: each.after for each in changed})


def _insert_students(work: UnitOfWork, cards: Sequence[ListedStudent]) -> tuple[Event, ...]:
    accounts = [
        {
            "email": card.email,
            "password_hash": passwords.NONE,
            "role": Role.STUDENT,
            "created_at": work.at,
            # Organisers vouch for their own list.
            "address_confirmed_at": work.at,
        }
        for card in cards
    ]
    users = insert(User).returning(User.id, sort_by_parameter_order=True)
    user_ids = work.connection.execute(users, accounts).scalars().all()
    people = [
        {
            "user_id": user_id,
            "first_name": card.first_name,
            "last_name": card.last_name,
            "status": StudentStatus.AVAILABLE,
            "active": True,
            **values_of(FROM_SCHOOL, card),
        }
        for user_id, card in zip(user_ids, cards, strict=True)
    ]
    students = insert(Student).returning(Student.id, sort_by_parameter_order=True)
    student_ids = work.connection.execute(students, people).scalars()
    return tuple(StudentCreated(each, StudentStatus.AVAILABLE) for each in student_ids)


def _insert_companies(work: UnitOfWork, cards: Sequence[NewCompany]) -> tuple[Event, ...]:
    rows = [new_row(card, work.at) for card in cards]
    companies = insert(Company).returning(Company.id, sort_by_parameter_order=True)
    ids = work.connection.execute(companies, rows).scalars().all()
    return tuple(map(created, ids, cards))


_KINDS: Mapping[str, _Kind] = {
    "students": _Kind(
        _insert_students,
        _rename_students,
        overrides.delete_student,
        _of_students,
        STUDENTS,
        ManyAct.REMOVE,
    ),
    "companies": _Kind(
        _insert_companies,
        _edit_companies,
        lambda hall, each, _name: overrides.delete_company(hall, each),
        _of_companies,
        COMPANIES,
        ManyAct.DELETE,
    ),
}
