"""A student's own day, said to them: a sentence for each thing they did or that befell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from jobfair.domain import events
from jobfair.domain.events import (
    AsideBecause,
    Event,
    LeftBecause,
    TurnEndedBecause,
)
from jobfair.domain.state import EntryState, StudentStatus
from jobfair.queries.admin.audit import AuditEntry
from jobfair.wording import turns
from jobfair.wording.names import duration


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the day; `shape` is its icon."""

    number: int
    at: datetime
    shape: str
    sentence: str


def day_of(lines: Iterable[AuditEntry]) -> list[Moment]:
    """The lines of a student's story that are about queues, interviews and breaks."""
    return [
        Moment(told.number, told.at, shape, say(told, told.event))
        for told in lines
        if type(told.event) in _SAY and not _goes_without_saying(told.event)
        for shape, say in [_SAY[type(told.event)]]
    ]


_TOLD_BY_ANOTHER_LINE = (
    TurnEndedBecause.ASIDE,
    TurnEndedBecause.PAUSED,
    TurnEndedBecause.IN_INTERVIEW,
    TurnEndedBecause.LEFT,
    TurnEndedBecause.DONE,
)


def _goes_without_saying(event: Event) -> bool:
    """Whether it is a turn that ended by what is told anyway."""
    return isinstance(event, events.TurnEnded) and event.reason in _TOLD_BY_ANOTHER_LINE


def _joined(told: AuditEntry, event: events.Joined) -> str:
    if told.by == "student":
        sentence = _("Joined the queue of %(company)s at position %(number)d")
    else:
        sentence = _("Put into the queue of %(company)s by the organisers, position %(number)d")
    return sentence % {"company": told.company, "number": event.position}


def _left(told: AuditEntry, event: events.Left) -> str:
    match LeftBecause(event.reason):
        case LeftBecause.LEFT:
            return _("Left the queue of %(company)s", company=told.company)
        case LeftBecause.REMOVED if told.was is EntryState.DONE:
            return _("Interview at %(company)s removed by the organisers", company=told.company)
        case LeftBecause.REMOVED:
            return _(
                "Taken out of the queue of %(company)s by the organisers", company=told.company
            )
        case _:
            return _("%(company)s is no longer at the fair", company=told.company)


def _set_aside(told: AuditEntry, event: events.SetAside) -> str:
    if event.reason == AsideBecause.PASSED:
        return _("Turn skipped at %(company)s, the place is kept", company=told.company)
    return _("Called by %(company)s and not there: set aside", company=told.company)


def _turn_ended(told: AuditEntry, event: events.TurnEnded) -> str:
    return _(
        "Your turn at %(company)s ended: %(reason)s",
        company=told.company,
        reason=turns.turn_ended(event.reason),
    )


def _completed(told: AuditEntry, _event: events.InterviewCompleted) -> str:
    if told.running_since is None:
        return _("Interview at %(company)s done", company=told.company)
    return _(
        "Interview at %(company)s done after %(length)s",
        company=told.company,
        length=duration(told.at - told.running_since),
    )


def _status(told: AuditEntry, event: events.StudentStatusChanged) -> str:
    available = event.after == StudentStatus.AVAILABLE
    if told.by == "student":
        return _("Available again") if available else _("On a break")
    if available:
        return _("The organisers made you available")
    return _("The organisers paused you")


_SAY: dict[type[Event], tuple[str, Callable[[AuditEntry, Any], str]]] = {
    events.Joined: ("plus", _joined),
    events.Left: ("leave", _left),
    events.TurnCame: (
        "bell",
        lambda told, _event: _("Called by %(company)s", company=told.company),
    ),
    events.TurnEnded: ("clock", _turn_ended),
    events.Reminded: (
        "clock",
        lambda told, _event: _(
            "%(company)s would have called you during your break", company=told.company
        ),
    ),
    events.SetAside: ("aside", _set_aside),
    events.CameBack: (
        "hand",
        lambda told, _event: _("Back in the queue of %(company)s", company=told.company),
    ),
    events.InterviewStarted: (
        "talk",
        lambda told, _event: _("Interview started at %(company)s", company=told.company),
    ),
    events.InterviewCompleted: ("check", _completed),
    events.InterviewBrokenOff: (
        "close",
        lambda told, _event: _(
            "The organisers broke off your interview at %(company)s", company=told.company
        ),
    ),
    events.EntryCompleted: (
        "check",
        lambda told, _event: _(
            "The organisers marked %(company)s as done, without an interview",
            company=told.company,
        ),
    ),
    events.StudentStatusChanged: ("pause", _status),
}
