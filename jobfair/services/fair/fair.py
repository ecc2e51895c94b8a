"""The fair itself: its phase, the length of calls, and its name, days and look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from jobfair.db.transactions import autocommit, call_minutes_of
from jobfair.domain.decisions import stands
from jobfair.domain.events import (
    CallLengthChanged,
    Event,
    FairDetailsChanged,
    FairEndSet,
    FairLogoChanged,
    FairZoneChanged,
    PhaseChanged,
)
from jobfair.domain.opening_hours import BY_HAND_COUNTS
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.logos import Logo
from jobfair.fields.fair.fair import DETAILS
from jobfair.fields.input.edits import NOTHING_SEEN, as_text, overtaken, values_of
from jobfair.models import Fair, FairLogo
from jobfair.queries.admin.fair import retention
from jobfair.queries.fair import opening_hours
from jobfair.queries.fair.fair_identity import identity_of
from jobfair.services.fair import opening_lot
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction

_OF_HOURS = ("starts_on", "ends_on", "opens", "closes", "zone")


def set_phase(actor: Actor, phase: Phase) -> Committed | Refusal:
    """Prepare, open or close the fair by hand. Opening calls the first of each queue.

    The hours at which it would do so by itself do not overrule that for an hour.
    """
    with write_transaction(actor) as work:
        work.set_fair(hours_count_from=work.at + BY_HAND_COUNTS)
        return _set_phase(work, actor, phase)


def _set_phase(work: UnitOfWork, actor: Actor, phase: Phase) -> Committed | Refusal:
    hall = work.load(LoadSpec(everything=True))
    seed = opening_lot.seed_for(work)
    outcome = work.carry_out(actor, hall, stands.set_phase(hall, phase, seed))
    opening_lot.remember(work, outcome, seed)
    # Without a set last day, the day of closing is the fair's last day.
    if isinstance(outcome, Committed) and outcome.events(PhaseChanged):
        closed_at = work.at if phase is Phase.CLOSED else None
        work.set_fair(closed_at=closed_at)
    return outcome


def keep_hours(now: datetime) -> None:
    """Open or close the fair if its hour has come. Without that it takes no lock.

    Several processes may call it at once: the second finds it done.
    """
    with autocommit() as connection:
        if _due(connection, now) is None:
            return
    with write_transaction(actors.SYSTEM) as work:
        due = _due(work.connection, now)
        if due is not None:
            at, phase = due
            work.set_fair(hours_count_from=at)
            _set_phase(work, actors.SYSTEM, phase)


def _due(connection: Connection, now: datetime) -> tuple[datetime, Phase] | None:
    hours, after = opening_hours.read(connection)
    if hours is None or after is None:
        return None
    return hours.due(after, now)


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


def set_details(
    actor: Actor, changes: Mapping[str, Any], seen: Mapping[str, str] = NOTHING_SEEN
) -> Refusal | None:
    """Change the fair's name, days, time zone and words of welcome.

    Returns `days_reversed`; `end_too_early` for a last day so long ago that the students' data
    would be removed now; and `changed_meanwhile` where one of the fields is no longer as in `seen`.
    """
    with write_transaction(actor) as work:
        before = values_of(DETAILS, identity_of(work.connection))
        if overtaken(changes, seen, before):
            return Refusal(RequestCode.CHANGED_MEANWHILE)
        after = {**before, **changes}
        refusal = _impossible(after) or _removes_at_once(work, before, after)
        if refusal is not None:
            return refusal
        if after != before:
            work.set_fair(**changes)
            if any(after[name] != before[name] for name in _OF_HOURS):
                # An hour that has passed already is no reason to open or close now.
                work.set_fair(hours_count_from=work.at)
            work.record(actor, *_changed(before, after))
    return None


def _impossible(details: Mapping[str, Any]) -> Refusal | None:
    first, last = details["starts_on"], details["ends_on"]
    opens, closes = details["opens"], details["closes"]
    if first is not None and last is not None and last < first:
        return Refusal(RequestCode.DAYS_REVERSED)
    if opens is not None and closes is not None and closes <= opens:
        return Refusal(RequestCode.CLOSES_BEFORE_OPENING)
    if (opens or closes) is not None and (first or last) is None:
        return Refusal(RequestCode.HOURS_NEED_A_DAY)
    return None


def _removes_at_once(
    work: UnitOfWork, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Refusal | None:
    """The refusal of a change after which the students' data would be removed now."""
    changed = [name for name in ("ends_on", "keep_days") if after[name] != before[name]]
    if not changed:
        return None
    given = (after["ends_on"], after["keep_days"])
    if not retention.retention_period_with(work.connection, *given).is_due:
        return None
    is_end = "ends_on" in changed
    return Refusal(RequestCode.END_TOO_EARLY if is_end else RequestCode.KEPT_TOO_SHORT)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Event]:
    """The events of a change: the last day and the zone have their own, as others follow them."""
    old, new = ({name: as_text(each[name]) or None for name in each} for each in (before, after))
    changed = [name for name in old if old[name] != new[name]]
    if "ends_on" in changed:
        yield FairEndSet(old["ends_on"], new["ends_on"])
    if "zone" in changed:
        yield FairZoneChanged(old["zone"], new["zone"])
    others = [name for name in changed if name not in ("ends_on", "zone")]
    if others:
        yield FairDetailsChanged(
            {name: old[name] for name in others}, {name: new[name] for name in others}
        )


def set_logo(actor: Actor, logo: Logo | None) -> None:
    """Set the fair's logo, or take it away with None."""
    digest = None if logo is None else logo.digest
    with write_transaction(actor) as work:
        fair_id, before = work.connection.execute(select(Fair.id, Fair.logo)).one()
        if digest == before:
            return
        work.set_fair(logo=digest)
        work.connection.execute(delete(FairLogo))
        if logo is not None:
            files = {"small": logo.small, "large": logo.large}
            work.connection.execute(insert(FairLogo).values(fair_id=fair_id, **files))
        work.record(actor, FairLogoChanged(before, digest))
