"""What the journal's rows mean to one viewer: the live events of flow 5b."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from jobfair.domain.events import Audience
from jobfair.domain.state import StudentStatus
from jobfair.feed.journal import JournalRecord
from jobfair.feed.subscriptions import Delivery
from jobfair.feed.topics import ANEW, OF_A_CALL
from jobfair.feed.viewer import Viewer
from jobfair.wording import phases, turns

ACTIONS = {
    "joined": "joined",
    "left": "left",
    "set_aside": "aside",
    "came_back": "aside",
    "interview_started": "started",
    "interview_completed": "completed",
    "completion_undone": "started",
    "interview_broken_off": "aside",
    "entry_completed": "completed",
    "reordered": "reordered",
    "slots_changed": "slots",
    "company_deleted": "deleted",
    "company_created": "resync",
    "company_renamed": "resync",
    "company_moved": "resync",
    "queue_opened": "resync",
    "queue_closed": "resync",
    "queue_limit_changed": "resync",
}
"""The rows that change a queue as such, and what `queue_update` calls it."""


INTERVIEWS = ("interview_started", "interview_completed")
"""The rows that a stand and the organisers hear of as such."""

CARDS = ("student_created", "student_edited", "student_reactivated", "student_deleted")
"""The rows that change what a stand, or an organiser's list, says of a student."""


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One event for one viewer. `change` and `index` say where it stands, for a reconnect.

    `toast` is what an open page says of it, as (category, words), where its regions do not.
    """

    name: str
    data: dict[str, Any]
    change: int = 0
    index: int = 0
    subject: tuple[object, ...] = field(default=(), compare=False)
    toast: tuple[str, str] | None = field(default=None, compare=False)


def live_events(heard: Iterable[Delivery], viewer: Viewer) -> list[LiveEvent]:
    """The events that what was heard means to a viewer, in order.

    The rows of one change give at most one event of a kind about the same thing, the last.
    """
    events: list[LiveEvent] = []
    if viewer.is_hall:
        return events
    for change, of_change in groupby(heard, key=lambda each: each.row.change):
        found = [event for each in of_change for event in _events(each.row, each.in_queue, viewer)]
        latest = {(event.name, event.subject): at for at, event in enumerate(found)}
        kept = [event for at, event in enumerate(found) if latest[event.name, event.subject] == at]
        events += [replace(event, change=change, index=index) for index, event in enumerate(kept)]
    return events


def _events(row: JournalRecord, in_queue: bool, viewer: Viewer) -> Iterator[LiveEvent]:
    own = viewer.student_id is not None and row.student_id == viewer.student_id
    if own and (personal := _PERSONAL.get(row.kind)):
        yield personal(row)
    elif viewer.student_id is None and in_queue and row.kind in INTERVIEWS:
        yield _interview(row)
    status = _status(row)
    if status is not None and (own or viewer.student_id is None):
        yield _status_change(row, viewer, status)
    if own or in_queue:
        yield from _of_company(row)
    if row.kind in OF_A_CALL and viewer.student_id is None and in_queue:
        yield _queue_update(row.company_id, "resync")
    if row.kind in CARDS and viewer.student_id is None:
        yield _queue_update(viewer.company_id, "resync")
    if row.kind in ANEW:
        yield resync()
    if row.kind == "phase_changed":
        yield _notification({"message": phases.announcement(row.data["after"])})
    if row.kind == "message_sent" and _is_told(row, viewer):
        yield _message(row)


def _of_company(row: JournalRecord) -> Iterator[LiveEvent]:
    if row.kind == "company_status_changed":
        status = row.data["after"]
        yield LiveEvent(
            "status_change",
            {"company_id": row.company_id, "status": status, "company_name": row.company_name},
            subject=("company", row.company_id),
        )
        yield _queue_update(row.company_id, "paused" if status == "paused" else "resumed")
    elif row.kind in ACTIONS:
        deleted = row.kind == "left" and row.data["reason"] == "company_deleted"
        yield _queue_update(row.company_id, "deleted" if deleted else ACTIONS[row.kind])


def _status(row: JournalRecord) -> str | None:
    """The status that a row gives its student, if it gives one."""
    match row.kind:
        case "student_status_changed" | "interview_broken_off":
            return str(row.data["after"])
        case "interview_started" | "completion_undone":
            return StudentStatus.IN_INTERVIEW
        case "interview_completed":
            return StudentStatus.PAUSED
        case "student_deactivated":
            return "inactive"
        case _:
            return None


def _status_change(row: JournalRecord, viewer: Viewer, status: str) -> LiveEvent:
    # A company learns that its student is in an interview, not with whom.
    told = viewer.company_id is None or row.company_id == viewer.company_id
    return LiveEvent(
        "status_change",
        {
            "student_id": row.student_id,
            "status": status,
            "company_name": row.company_name if told else None,
        },
        subject=("student", row.student_id),
    )


def _queue_update(company_id: int | None, action: str) -> LiveEvent:
    data = {"company_id": company_id, "action": action}
    return LiveEvent("queue_update", data, subject=("company", company_id))


def resync() -> LiveEvent:
    """Said to a client whose events cannot be told one by one any more."""
    return _queue_update(None, "resync")


def _entry(row: JournalRecord) -> dict[str, Any]:
    return {
        "queue_id": row.entry_id,
        "company_id": row.company_id,
        "company_name": row.company_name,
    }


def _can_start(row: JournalRecord) -> LiveEvent:
    message = _("It's your turn at %(company)s", company=row.company_name)
    return LiveEvent(
        "can_start",
        {**_entry(row), "turn": row.number, "message": message, "urgent": True},
        subject=("entry", row.entry_id),
    )


def _turn_ended(row: JournalRecord) -> LiveEvent:
    reason = turns.turn_ended(row.data["reason"])
    return LiveEvent(
        "turn_ended",
        {**_entry(row), "turn": row.data["turn"], "reason": reason},
        subject=("entry", row.entry_id),
        # Whoever paused or passed has been answered already.
        toast=None if row.by_student else ("info", f"{row.company_name}: {reason}"),
    )


def _interview(row: JournalRecord) -> LiveEvent:
    if row.kind == "interview_started":
        message = _("Interview started at %(company)s", company=row.company_name)
    else:
        message = _("Interview at %(company)s done", company=row.company_name)
    data = {**_entry(row), "student_id": row.student_id, "message": message}
    return LiveEvent(row.kind, data, subject=("entry", row.entry_id))


def _goes_on(row: JournalRecord) -> LiveEvent:
    message = _("Your interview at %(company)s goes on", company=row.company_name)
    return _notification({**_entry(row), "message": message}, ("entry", row.entry_id))


def _reminder(row: JournalRecord) -> LiveEvent:
    message = _("%(company)s would call you now: make yourself available", company=row.company_name)
    return _notification({**_entry(row), "message": message}, ("entry", row.entry_id))


def _is_told(row: JournalRecord, viewer: Viewer) -> bool:
    """Whether a message of the organisers is for this viewer; to everyone is to each stand too."""
    if row.data["audience"] == Audience.EVERYONE:
        return not viewer.is_admin
    return viewer.student_id in row.data["students"]


def _message(row: JournalRecord) -> LiveEvent:
    data = {
        "message": row.data["text"],
        "audience": row.data["audience"],
        "company_id": row.company_id,
        "company_name": row.company_name,
    }
    return replace(_notification(data, ("message",)), toast=("message", row.data["text"]))


def _notification(data: dict[str, Any], subject: tuple[object, ...] = ()) -> LiveEvent:
    return LiveEvent("notification", data, subject=subject, toast=("info", data["message"]))


_PERSONAL: dict[str, Callable[[JournalRecord], LiveEvent]] = {
    "turn_came": _can_start,
    "turn_ended": _turn_ended,
    "interview_started": _interview,
    "interview_completed": _interview,
    "completion_undone": _goes_on,
    "reminded": _reminder,
}
