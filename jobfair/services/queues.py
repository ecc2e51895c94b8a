"""What students and stands do with a place in a queue (rules 1, 4, 9)."""

from __future__ import annotations

from collections.abc import Callable

from jobfair.domain import calling, joining
from jobfair.domain.events import AsideBecause, Event
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Entry, Hall
from jobfair.exceptions import NotFound
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed

EntryDecision = Callable[[Hall, int], tuple[Event, ...] | Refusal]


def join(actor: Actor, company_id: int) -> Committed | Refusal:
    """A student takes the last place of a queue (flow 2, rule 1). Raises NotFound."""
    student_id = actor.student_id

    def decide(hall: Hall) -> tuple[Event, ...] | Refusal:
        if company_id not in hall.companies or student_id not in hall.students:
            raise NotFound("company")
        return joining.join(hall, student_id, company_id)

    need = LoadSpec(student=student_id, companies=(company_id,))
    return transact(actor, need, decide)


def leave(actor: Actor, entry_id: int) -> Committed | Refusal:
    """A student gives up a place (rule 4). Raises NotFound for another's entry."""
    return _by_student(actor, entry_id, joining.leave)


def leave_all(actor: Actor) -> Committed | Refusal:
    """A student gives up every place they wait in (rule 4)."""
    need = LoadSpec(student=actor.student_id, spread=True)
    return transact(actor, need, lambda hall: joining.leave_all(hall, actor.student_id))


def see_call(actor: Actor, entry_id: int, turn: int) -> Committed | Refusal:
    """The student's screen has shown a turn, which the stand likes to know. Raises NotFound."""
    return _by_student(actor, entry_id, lambda hall, each: calling.see(hall, each, turn))


def say_coming(actor: Actor, entry_id: int) -> Committed | Refusal:
    """«J'arrive»: a called student holds the turn for a while. Raises NotFound."""
    return _by_student(actor, entry_id, calling.say_coming)


def pass_turn(actor: Actor, entry_id: int) -> Committed | Refusal:
    """«Passe mon tour»: a called student lets the next one go first. Raises NotFound."""

    def decide(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
        return calling.set_aside(hall, entry_id, AsideBecause.PASSED)

    return _by_student(actor, entry_id, decide)


def present(actor: Actor, entry_id: int) -> Committed | Refusal:
    """«Je suis là»: an entry that was set aside takes part again. Raises NotFound."""
    return _by_student(actor, entry_id, calling.come_back)


def absent(actor: Actor, entry_id: int) -> Committed | Refusal:
    """«Pas venu»: the stand sets a called student aside. Raises NotFound for another's entry."""

    def decide(hall: Hall) -> tuple[Event, ...] | Refusal:
        of_company(hall, entry_id, actor.company_id)
        return calling.set_aside(hall, entry_id, AsideBecause.ABSENT)

    return transact(actor, LoadSpec(entry=entry_id), decide)


def _by_student(actor: Actor, entry_id: int, decision: EntryDecision) -> Committed | Refusal:
    def decide(hall: Hall) -> tuple[Event, ...] | Refusal:
        of_student(hall, entry_id, actor.student_id)
        return decision(hall, entry_id)

    return transact(actor, LoadSpec(entry=entry_id), decide)


def of_student(hall: Hall, entry_id: int, student_id: int) -> Entry:
    """The student's own entry. Raises NotFound when there is none, or it is another's."""
    entry = hall.entries.get(entry_id)
    if entry is None or entry.student_id != student_id:
        raise NotFound("entry")
    return entry


def of_company(hall: Hall, entry_id: int, company_id: int) -> Entry:
    """An entry of the company's queue. Raises NotFound when it is not in it."""
    entry = hall.entries.get(entry_id)
    if entry is None or entry.company_id != company_id:
        raise NotFound("entry")
    return entry


def any_entry(hall: Hall, entry_id: int) -> Entry:
    """An entry by its id, for an admin. Raises NotFound."""
    entry = hall.entries.get(entry_id)
    if entry is None:
        raise NotFound("entry")
    return entry
