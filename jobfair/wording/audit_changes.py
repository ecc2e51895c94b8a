"""What was before a row of the journal, and what after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from jobfair.domain import events
from jobfair.domain.events import Event
from jobfair.queries.admin.audit import AuditEntry
from jobfair.wording.states import state_label


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what it is where that does not go without saying, and its two
    values; None is nothing."""

    before: str | None
    after: str | None
    what: str | None = None

    def __str__(self) -> str:
        what = "" if self.what is None else f"{self.what} : "
        return f"{what}{self.before or '–'} → {self.after or '–'}"


def changes(told: AuditEntry) -> list[Change]:
    """What a row changed; nothing for a row that only says that something happened."""
    event = told.event
    say = _CHANGES.get(type(event))
    if say is not None:
        return say(told, event)
    if isinstance(event, _PLAIN):
        return [Change(state_label(event.before), state_label(event.after))]
    return []


_PLAIN = (
    events.CompanyStatusChanged,
    events.SlotsChanged,
    events.QueueLimitChanged,
    events.StudentStatusChanged,
    events.PhaseChanged,
    events.ScreenNamesChanged,
)
"""Events whose fields are a value before and one after, of the thing that the sentence names."""


def _states(before: str, after: str) -> Callable[[AuditEntry, Any], list[Change]]:
    return lambda *_row: [Change(state_label(before), state_label(after))]


def _names(
    _told: AuditEntry, event: events.CompanyRenamed | events.CompanyMoved | events.FairEndSet
) -> list[Change]:
    return [Change(event.before, event.after)]


def _joined(_told: AuditEntry, event: events.Joined) -> list[Change]:
    return [Change(None, _("position %(number)d", number=event.position))]


def _left(told: AuditEntry, _event: events.Left) -> list[Change]:
    return [Change(state_label(told.was or "waiting"), state_label("left"))]


def _broken_off(_told: AuditEntry, event: events.InterviewBrokenOff) -> list[Change]:
    return [
        Change(state_label("running"), state_label("aside")),
        Change(state_label("in_interview"), state_label(event.after), _("Student's status")),
    ]


def _created_company(_told: AuditEntry, event: events.CompanyCreated) -> list[Change]:
    return [
        Change(None, state_label(event.status), _("Status")),
        Change(None, str(event.slots), _("Interviews at once")),
        Change(None, state_label(event.queue_limit), _("Queue limit")),
    ]


def _edited(_told: AuditEntry, event: events.StudentEdited) -> list[Change]:
    fields = {"email": _("E-mail"), "first_name": _("First name"), "last_name": _("Last name")}
    return [
        Change(event.before[name], event.after[name], what)
        for name, what in fields.items()
        if name in event.after
    ]


def _reordered(told: AuditEntry, event: events.Reordered) -> list[Change]:
    """Who stood where, in the new order."""
    before = dict(event.before)
    gone = _("a deleted student")
    return [
        Change(str(before[entry_id]), str(position), told.names.get(entry_id, gone))
        for entry_id, position in sorted(event.after, key=lambda moved: moved[1])
    ]


def _call_length(_told: AuditEntry, event: events.CallLengthChanged) -> list[Change]:
    return [Change(_minutes(event.before), _minutes(event.after))]


def _minutes(number: int | None) -> str:
    return _("until somebody ends it") if number is None else _("%(number)d min", number=number)


def _purged(_told: AuditEntry, event: events.FairPurged) -> list[Change]:
    counts = {_("Students"): event.students, _("Companies"): event.companies}
    return [Change(str(count), "0", what) for what, count in counts.items() if count]


_CHANGES: dict[type[Event], Callable[[AuditEntry, Any], list[Change]]] = {
    events.Joined: _joined,
    events.Left: _left,
    events.SetAside: _states("called", "aside"),
    events.CameBack: _states("aside", "waiting"),
    events.InterviewStarted: _states("waiting", "running"),
    events.InterviewCompleted: _states("running", "done"),
    events.CompletionUndone: _states("done", "running"),
    events.InterviewBrokenOff: _broken_off,
    events.EntryCompleted: _states("waiting", "done"),
    events.StudentCreated: lambda _told, event: [Change(None, state_label(event.status))],
    events.StudentEdited: _edited,
    events.StudentDeleted: lambda _told, event: [Change(event.name, None)],
    events.StudentDeactivated: _states("active", "deactivated"),
    events.StudentReactivated: _states("deactivated", "active"),
    events.CompanyCreated: _created_company,
    events.CompanyDeleted: lambda _told, event: [Change(event.name, None)],
    events.CompanyRenamed: _names,
    events.CompanyMoved: _names,
    events.QueueOpened: _states("closed", "open"),
    events.QueueClosed: _states("open", "closed"),
    events.FairEndSet: _names,
    events.Reordered: _reordered,
    events.CallLengthChanged: _call_length,
    events.MessageSent: lambda _told, event: [Change(None, event.text)],
    events.FairPurged: _purged,
}
