"""Starting and completing interviews (flows 3 and 4, rules 5 and 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from jobfair import clock
from jobfair.domain.decisions import interviewing, undoing
from jobfair.domain.events import Event, InterviewCompleted, InterviewStarted
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Company
from jobfair.domain.turns import callable_entries
from jobfair.models import DONE, Entry
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, write_transaction


@dataclass(frozen=True, slots=True)
class Started:
    """An interview that has begun."""

    company: Company


@dataclass(frozen=True, slots=True)
class Completed:
    """An interview that has ended; `called` is how many may start at the stand now."""

    student_id: int
    called: int


def start(actor: Actor, entry_id: int) -> Started | Refusal:
    """A student starts the interview they are called to (rule 7). Raises NotFound.

    The refusal `not_your_turn` has `ahead`: how many wait before them.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        entry = hall.entry_for(actor, entry_id)
        verdict = interviewing.start(hall, entry_id)
        if isinstance(verdict, Refusal) and verdict.code == Code.NOT_YOUR_TURN:
            return replace(verdict, params={"ahead": hall.count_ahead(entry) or 0})
        return verdict

    return transact(actor, LoadSpec(entry=entry_id, spread=True), decide, _started)


def start_at_stand(actor: Actor, entry_id: int, out_of_turn: bool) -> Started | Refusal:
    """A stand starts the interview of a student without a phone. Raises NotFound.

    `out_of_turn` allows it before the student is called.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.entry_for(actor, entry_id)
        return interviewing.start_at_stand(hall, entry_id, out_of_turn)

    return transact(actor, LoadSpec(entry=entry_id, spread=True), decide, _started)


def _started(hall: LoadedHall, committed: Committed) -> Started:
    (event,) = committed.events(InterviewStarted)
    return Started(hall.companies[event.company_id])


def undo_start(actor: Actor, entry_id: int) -> Committed | Refusal:
    """A student or a stand undoes the start of an interview, within a minute (rule 13).

    Raises NotFound for another's entry.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.entry_for(actor, entry_id)
        return undoing.undo_start(hall, entry_id, clock.now())

    return transact(actor, LoadSpec(entry=entry_id, spread=True), decide)


def complete(actor: Actor, entry_id: int) -> Completed | Refusal:
    """A stand ends its running interview (rule 5). Raises NotFound."""

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.entry_for(actor, entry_id)
        return interviewing.complete(hall, entry_id)

    return transact(actor, LoadSpec(entry=entry_id, spread=True), decide, _completed)


def _completed(hall: LoadedHall, committed: Committed) -> Completed:
    (event,) = committed.events(InterviewCompleted)
    return Completed(event.student_id, len(callable_entries(hall, event.company_id)))


def undo_completion(actor: Actor, entry_id: int) -> Committed | Refusal:
    """A stand undoes the end of its last interview, within a minute. Raises NotFound."""
    company_id = actor.company_id
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(entry=entry_id, spread=True))
        hall.entry_for(actor, entry_id)
        last = _ended_last(work.connection, company_id)
        verdict = undoing.undo_completion(hall, entry_id, last, work.at)
        return work.carry_out(actor, hall, verdict)


def _ended_last(connection: Connection, company_id: int) -> int | None:
    """The entry whose interview ended last at a company."""
    had_interview = Entry.started_at.is_not(None)
    query = select(Entry.id).where(Entry.company_id == company_id, DONE, had_interview)
    return connection.execute(query.order_by(Entry.ended.desc()).limit(1)).scalar()
