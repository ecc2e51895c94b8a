"""The fair itself: preparing, opening, closing, and how long a call lasts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jobfair.db.transactions import call_minutes_of
from jobfair.domain import stands
from jobfair.domain.events import CallLengthChanged, FairEndSet, PhaseChanged
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.exceptions import RequestCode
from jobfair.fields.edits import NOTHING_SEEN, overtaken
from jobfair.queries.admin import retention
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed, write_transaction


def set_phase(actor: Actor, phase: Phase) -> Committed | Refusal:
    """Prepare, open or close the fair. Opening calls the first of each queue."""
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(everything=True))
        outcome = work.carry_out(actor, hall, stands.set_phase(hall, phase))
        # Without a set last day, the day of closing is the fair's last day.
        if isinstance(outcome, Committed) and outcome.events(PhaseChanged):
            closed_at = work.at if phase is Phase.CLOSED else None
            work.set_fair(closed_at=closed_at)
    return outcome


def set_call_minutes(
    actor: Actor, minutes: int | None, seen: Mapping[str, str] = NOTHING_SEEN
) -> Refusal | None:
    """Set after how many minutes a call runs out, or with None that it does not.

    Returns `changed_meanwhile` where `call_minutes` is no longer as in `seen`.
    """
    with write_transaction(actor) as work:
        before = call_minutes_of(work.connection)
        if overtaken({"call_minutes": minutes}, seen, {"call_minutes": before}):
            return Refusal(RequestCode.CHANGED_MEANWHILE)
        if before != minutes:
            work.set_fair(call_minutes=minutes, calls_last_since=work.at)
            work.record(actor, CallLengthChanged(before, minutes))
    return None


def set_end(
    actor: Actor, ends_on: date | None, seen: Mapping[str, str] = NOTHING_SEEN
) -> Refusal | None:
    """Set the fair's last day, or clear it with None.

    Returns `end_too_early` for a day so long ago that the students' data would be removed now, and
    `changed_meanwhile` where `ends_on` is no longer as in `seen`.
    """
    with write_transaction(actor) as work:
        before = retention.retention_period_of(work.connection).ends_on
        if overtaken({"ends_on": ends_on}, seen, {"ends_on": before}):
            return Refusal(RequestCode.CHANGED_MEANWHILE)
        work.set_fair(ends_on=ends_on)
        if retention.retention_period_of(work.connection).is_due:
            work.set_fair(ends_on=before)
            return Refusal(RequestCode.END_TOO_EARLY)
        if before != ends_on:
            work.record(actor, FairEndSet(_iso(before), _iso(ends_on)))
    return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
