"""Starting and completing interviews (flows 3 and 4, rules 5 and 7)."""

from __future__ import annotations

from dataclasses import replace

from jobfair.domain import interviewing
from jobfair.domain.events import Event
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Hall
from jobfair.queries.places import count_ahead
from jobfair.services import actors
from jobfair.services.loading import Need
from jobfair.services.queues import of_company, of_student
from jobfair.services.transaction import Done, transact


def start(student_id: int, entry_id: int) -> Done | Refusal:
    """A student starts the interview they are called to (rule 7). Raises NotFound."""

    def decide(hall: Hall) -> tuple[Event, ...] | Refusal:
        of_student(hall, entry_id, student_id)
        return interviewing.start(hall, entry_id)

    done = transact(actors.student(student_id), Need(entry=entry_id, spread=True), decide)
    if isinstance(done, Refusal) and done.code == Code.NOT_YOUR_TURN:
        return replace(done, params={"ahead": count_ahead(entry_id)})
    return done


def complete(company_id: int, entry_id: int) -> Done | Refusal:
    """A stand ends an interview that runs with it (rule 5). Raises NotFound."""

    def decide(hall: Hall) -> tuple[Event, ...] | Refusal:
        of_company(hall, entry_id, company_id)
        return interviewing.complete(hall, entry_id)

    return transact(actors.company(company_id), Need(entry=entry_id, spread=True), decide)
