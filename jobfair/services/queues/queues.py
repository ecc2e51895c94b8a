"""What students and stands do with a place in a queue (rules 1, 4, 9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jobfair.domain.decisions import calling, joining
from jobfair.domain.events import Event, Joined, TurnSoon
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Company, EntryState, Hall, Phase, Presence
from jobfair.domain.waiting_time import Range, WaitBehind
from jobfair.exceptions import RequestCode
from jobfair.services import mail
from jobfair.services.access import addresses
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed

EntryDecision = Callable[[Hall, int], tuple[Event, ...] | Refusal]


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A new place in a queue, right after it was taken. `ahead` is how many wait before it, None
    like `position` while that is still to be drawn (rule 17), `soon`
    says that it is next all the same (rule 15), `told` is the range of minutes that its student is
    told."""

    id: int
    student_id: int
    company: Company
    position: int | None
    state: EntryState
    presence: Presence
    aside: bool
    can_start: bool
    created_at: datetime
    ahead: int | None
    soon: bool
    told: Range | None
    phase: Phase


def join(
    actor: Actor, company_id: int, wait_behind: WaitBehind | None = None
) -> NewPlace | Refusal:
    """A student takes the last place of a queue (flow 2, rule 1). Raises NotFound.

    `wait_behind` says what they are told of the wait, None where they are told nothing. It is
    asked under the lock, so it must read nothing.

    Where mail is set up, returns `address_not_confirmed` before they have proved their address.
    """
    student_id = actor.student_id
    # Asked here: another request may take the decision along.
    proves_address = mail.is_configured()

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.known_student(student_id)
        company = hall.known_company(company_id)
        if proves_address and not addresses.is_confirmed(hall.connection, student_id):
            return Refusal(RequestCode.ADDRESS_NOT_CONFIRMED)
        told = None if wait_behind is None else wait_behind(company.waiting)
        return joining.join(hall, student_id, company_id, told)

    return transact(actor, LoadSpec(student=student_id, companies=(company_id,)), decide, new_place)


def new_place(hall: LoadedHall, committed: Committed) -> NewPlace:
    """The place that a committed decision has added."""
    (joined,) = committed.events(Joined)
    entry = hall.entries[joined.entry_id]
    return NewPlace(
        id=entry.id,
        student_id=entry.student_id,
        company=hall.companies[entry.company_id],
        position=entry.position,
        state=entry.state,
        presence=entry.presence,
        aside=entry.aside,
        can_start=entry.turn is not None,
        created_at=committed.recorded[0].at,
        ahead=hall.count_ahead(entry),
        soon=any(each.entry_id == entry.id for each in committed.events(TurnSoon)),
        told=joined.told,
        phase=hall.phase,
    )


def leave(actor: Actor, entry_id: int) -> Committed | Refusal:
    """A student gives up a place (rule 4). Raises NotFound for another's entry."""
    return _by_student(actor, entry_id, joining.leave)


def leave_all(actor: Actor) -> Committed | Refusal:
    """A student gives up every place they wait in (rule 4)."""
    load_spec = LoadSpec(student=actor.student_id, spread=True)
    return transact(actor, load_spec, lambda hall: joining.leave_all(hall, actor.student_id))


def see_call(actor: Actor, entry_id: int, turn: int) -> Committed | Refusal:
    """The student's screen has shown a call, and the stand will see that. Raises NotFound.

    `turn` is the journal number of the turn.
    """
    return _by_student(actor, entry_id, lambda hall, each: calling.see(hall, each, turn))


def say_coming(actor: Actor, entry_id: int) -> Committed | Refusal:
    """«J'y vais»: a called student holds the turn for a while. Raises NotFound.

    Another stand where they said so expects them no longer (rule 14).
    """
    return _by_student(actor, entry_id, calling.say_coming, spread=True)


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

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.entry_for(actor, entry_id)
        return calling.set_aside(hall, entry_id, AsideBecause.ABSENT)

    return transact(actor, LoadSpec(entry=entry_id), decide)


def _by_student(
    actor: Actor, entry_id: int, decision: EntryDecision, spread: bool = False
) -> Committed | Refusal:
    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.entry_for(actor, entry_id)
        return decision(hall, entry_id)

    return transact(actor, LoadSpec(entry=entry_id, spread=spread), decide)
