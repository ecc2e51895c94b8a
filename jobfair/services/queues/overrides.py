"""What an admin does with an entry of any queue, even against its order (rules 5, 10 and 11)."""

from __future__ import annotations

from collections.abc import Sequence

from jobfair.domain.decisions import calling, overrides, undoing
from jobfair.domain.events import Event
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.refusals import Refusal
from jobfair.services.queues.queues import NewPlace, new_place
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, Decision


def add_entry(
    actor: Actor, student_id: int, company_id: int, rank: int | None = None
) -> NewPlace | Refusal:
    """Put a student into a queue, even a closed or full one. Raises NotFound.

    `rank` is the place among the waiting, from 1; None is the end.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.known_student(student_id)
        hall.known_company(company_id)
        return overrides.add_entry(hall, student_id, company_id, rank)

    load_spec = LoadSpec(student=student_id, companies=(company_id,), whole=rank is not None)
    return transact(actor, load_spec, decide, new_place)


def remove_entry(actor: Actor, entry_id: int) -> Committed | Refusal:
    """Remove an entry from its queue, in any state. Raises NotFound."""
    return _on_entry(actor, entry_id, lambda hall: overrides.remove_entry(hall, entry_id))


def complete_for(actor: Actor, entry_id: int) -> Committed | Refusal:
    """Complete an interview or a waiting entry (rule 5). Raises NotFound."""
    return _on_entry(actor, entry_id, lambda hall: overrides.complete_for(hall, entry_id))


def undo_completion_for(actor: Actor, entry_id: int) -> Committed | Refusal:
    """Undo the end of an interview, which runs on since it began (rule 11). Raises NotFound."""
    return _on_entry(actor, entry_id, lambda hall: undoing.undo_completion_for(hall, entry_id))


def set_aside(actor: Actor, entry_id: int) -> Committed | Refusal:
    """«Pas venu» on the stand's behalf: a called student is set aside. Raises NotFound."""

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        return calling.set_aside(hall, entry_id, AsideBecause.ABSENT)

    return _on_entry(actor, entry_id, decide)


def bring_back(actor: Actor, entry_id: int) -> Committed | Refusal:
    """«Je suis là» on the student's behalf: no longer set aside. Raises NotFound."""
    return _on_entry(actor, entry_id, lambda hall: calling.come_back(hall, entry_id))


def reorder(actor: Actor, company_id: int, order: Sequence[int]) -> Committed | Refusal:
    """Give the waiting entries a new order (rule 11); `order` is their ids. Raises NotFound."""

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.known_company(company_id)
        return overrides.reorder(hall, company_id, order)

    return transact(actor, LoadSpec(companies=(company_id,), whole=True), decide)


def move(actor: Actor, company_id: int, entry_id: int, rank: int) -> Committed | Refusal:
    """Give a waiting entry a rank among the waiting, from 1 (rule 11). Raises NotFound."""

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.known_company(company_id)
        return overrides.move(hall, company_id, entry_id, rank)

    return transact(actor, LoadSpec(companies=(company_id,), whole=True), decide)


def _on_entry(actor: Actor, entry_id: int, decision: Decision) -> Committed | Refusal:
    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.entry_for(actor, entry_id)
        return decision(hall)

    return transact(actor, LoadSpec(entry=entry_id, spread=True), decide)
