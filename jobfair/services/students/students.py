"""What an admin does with students (rules 10 and 11)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, update

from jobfair.db import remains
from jobfair.domain.decisions import doubles, overrides
from jobfair.domain.events import Event, StudentDeleted
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import StudentStatus
from jobfair.fields.input.edits import NOTHING_SEEN
from jobfair.fields.students.students import CARD
from jobfair.models import Favourite, Student
from jobfair.queries.admin import roster
from jobfair.queries.admin.students import registrations
from jobfair.security.hashing import passwords
from jobfair.services.access import accounts, sign_ins
from jobfair.services.access.accounts import Account, NewStudent
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction


def create(actor: Actor, new: NewStudent, company_id: int | None = None) -> Account | Refusal:
    """Make a student's account; `company_id` is where they are already in an interview.

    Returns `email_taken`, or `company_required` when the status asks for one. Raises NotFound.
    """
    if new.status is not StudentStatus.IN_INTERVIEW:
        return accounts.create_student(actor, new)
    if company_id is None:
        return Refusal(Code.COMPANY_REQUIRED)
    password_hash = passwords.hash_password(new.password)
    free = replace(new, status=StudentStatus.AVAILABLE)
    with write_transaction(actor) as work:
        account = accounts.insert_student(work, actor, free, password_hash, confirmed=True)
        if isinstance(account, Account):
            student_id = account.student_id
            hall = work.load(_status_load_spec(student_id, company_id))
            work.carry_out(actor, hall, _forced(hall, student_id, new.status, company_id))
    return account


def edit(
    actor: Actor,
    student_id: int,
    changes: Mapping[str, Any],
    seen: Mapping[str, str] = NOTHING_SEEN,
) -> Committed | Refusal:
    """Change a student's account and status, all at once or not at all.

    `changes` may hold email, first_name, last_name, password and status, and company_id where
    the status is in_interview; `seen` has the values that the editor saw. Returns
    `changed_meanwhile` where that is no longer so, `email_taken`, or why the status is refused.
    Raises NotFound.
    """
    password_hash = None
    if "password" in changes:
        password_hash = passwords.hash_password(changes["password"])
    status, company_id = changes.get("status"), changes.get("company_id")
    with write_transaction(actor) as work:
        hall = work.load(_status_load_spec(student_id, company_id))
        forced = () if status is None else _forced(hall, student_id, status, company_id)
        if isinstance(forced, Refusal):
            return forced
        card = {each.name: changes[each.name] for each in CARD if each.name in changes}
        edited = accounts.write_card(work, student_id, card, seen)
        if isinstance(edited, Refusal):
            return edited
        # The status first: a new entry's id is the number of its event.
        outcome = work.carry_out(actor, hall, (*forced, *edited))
        if password_hash is not None:
            accounts.write_password(work, actor, _user_of(work, student_id), password_hash)
    return outcome


def force_status(
    actor: Actor, student_id: int, status: StudentStatus, company_id: int | None = None
) -> Committed | Refusal:
    """Set a student's status, whatever it is now; `company_id` is for `in_interview`.

    Raises NotFound.
    """
    load_spec = _status_load_spec(student_id, company_id)
    return transact(actor, load_spec, lambda hall: _forced(hall, student_id, status, company_id))


def _status_load_spec(student_id: int, company_id: int | None) -> LoadSpec:
    companies = () if company_id is None else (company_id,)
    return LoadSpec(student=student_id, companies=companies, spread=True)


def _forced(
    hall: LoadedHall, student_id: int, status: StudentStatus, company_id: int | None
) -> tuple[Event, ...] | Refusal:
    hall.known_student(student_id)
    if company_id is not None:
        hall.known_company(company_id)
    return overrides.force_status(hall, student_id, status, company_id)


def set_active(actor: Actor, student_id: int, active: bool) -> Committed | Refusal:
    """Deactivate an account, which greys its entries and ends its sign-ins, or reactivate it.

    Raises NotFound.
    """
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(student=student_id, spread=True))
        hall.known_student(student_id)
        outcome = work.carry_out(actor, hall, overrides.set_active(hall, student_id, active))
        if not active:
            sign_ins.end_all(work, actor, _user_of(work, student_id))
    return outcome


def delete(actor: Actor, student_id: int, name: str) -> Committed | Refusal:
    """Delete a student, their account and all their texts; this frees their slot and places.

    The journal keeps `name` alone, with the deletion. Raises NotFound.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        hall.known_student(student_id)
        return overrides.delete_student(hall, student_id, name)

    outcome = transact(actor, LoadSpec(student=student_id, spread=True), decide)
    remains.empty_log()
    return outcome


def merge(actor: Actor, kept_id: int, gone_id: int, name: str) -> Committed | Refusal:
    """Merge two accounts of one person: places and stars go to the one that is kept.

    The other is deleted; the journal keeps its `name` alone. Returns `has_interviews` where it has
    some. Raises NotFound.
    """
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(everything=True))
        for each in (kept_id, gone_id):
            hall.known_student(each)
        verdict = doubles.merge(hall, kept_id, gone_id, name)
        if isinstance(verdict, Refusal):
            return verdict
        _hand_over_stars(work.connection, kept_id, gone_id)
        outcome = work.carry_out(actor, hall, verdict)
    remains.empty_log()
    return outcome


def _hand_over_stars(connection: Connection, kept_id: int, gone_id: int) -> None:
    kept = select(Favourite.company_id).where(Favourite.student_id == kept_id)
    connection.execute(
        update(Favourite)
        .where(Favourite.student_id == gone_id, Favourite.company_id.not_in(kept))
        .values(student_id=kept_id)
    )


def remove_self_made(actor: Actor, student_ids: Collection[int]) -> int:
    """Delete those of these students who registered themselves and have no interview.

    Returns how many. Who is gone already is left out.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        wanted, made = set(student_ids), registrations.self_made(hall.connection)
        names = {each: name for each, name in made.items() if each in wanted}
        return overrides.delete_without_interview(hall, names)

    outcome = transact(actor, LoadSpec(everything=True), decide)
    remains.empty_log()
    return 0 if isinstance(outcome, Refusal) else len(outcome.events(StudentDeleted))


def delete_own(actor: Actor) -> Committed | Refusal:
    """A student deletes their own account. Raises NotFound."""
    return delete(actor, actor.student_id, roster.student(actor.student_id).full_name)


def make_all_available(actor: Actor) -> Committed | Refusal:
    """Every active, paused student becomes available; interviews go on (rule 11)."""
    return transact(actor, LoadSpec(everything=True), overrides.make_all_available)


def make_queue_available(actor: Actor, company_id: int) -> Committed | Refusal:
    """Students whom a queue skips only for a pause become available. Raises NotFound."""

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        hall.known_company(company_id)
        return overrides.make_queue_available(hall, company_id)

    # They also wait in other queues, which together are nearly the whole fair.
    return transact(actor, LoadSpec(everything=True), decide)


def _user_of(work: UnitOfWork, student_id: int) -> int:
    own = select(Student.user_id).where(Student.id == student_id)
    return work.connection.execute(own).scalar_one()
