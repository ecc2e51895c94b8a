"""Kinds of events: calls and reminders, which follow from what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask_babel import gettext as _

from jobfair.catalogue.event_kind import EventKind, Group, PushText, StudentLine
from jobfair.catalogue.live_event import LiveEvent, about_entry, entry_notification
from jobfair.catalogue.records import AuditEntry, JournalRecord
from jobfair.domain import events
from jobfair.domain.reasons import TurnEndedBecause
from jobfair.wording.queues.turns import turn_ended

_ENDED: dict[str, Callable[[], str]] = {
    TurnEndedBecause.ASIDE: lambda: _("set aside"),
    TurnEndedBecause.PAUSED: lambda: _("on a break"),
    TurnEndedBecause.IN_INTERVIEW: lambda: _("in an interview"),
    TurnEndedBecause.INACTIVE: lambda: _("account deactivated"),
    TurnEndedBecause.LEFT: lambda: _("left the queue"),
    TurnEndedBecause.DONE: lambda: _("already done"),
    TurnEndedBecause.COMPANY_PAUSED: lambda: _("the company is paused"),
    TurnEndedBecause.FAIR_NOT_OPEN: lambda: _("the fair calls nobody"),
    TurnEndedBecause.NO_FREE_SLOT: lambda: _("no slot is free"),
    TurnEndedBecause.SOMEONE_AHEAD: lambda: _("someone ahead is back"),
}

_HAS_ANOTHER_LINE = (
    TurnEndedBecause.ASIDE,
    TurnEndedBecause.PAUSED,
    TurnEndedBecause.IN_INTERVIEW,
    TurnEndedBecause.LEFT,
    TurnEndedBecause.DONE,
)


def _came_live(row: JournalRecord) -> LiveEvent:
    message = _("It's your turn at %(company)s", company=row.company_name)
    return about_entry("can_start", row, turn=row.number, message=message, urgent=True)


def _came_push(company: str, stand: str | None, _event: events.TurnCame) -> tuple[str, str]:
    return _("It's your turn: %(company)s", company=company), _where(stand)


def _ended(entry: AuditEntry, event: events.TurnEnded) -> str:
    reason = turn_ended(event.reason)
    return _("Your turn at %(company)s ended: %(reason)s", company=entry.company, reason=reason)


def _ended_in_day(entry: AuditEntry, event: events.TurnEnded) -> str | None:
    return None if event.reason in _HAS_ANOTHER_LINE else _ended(entry, event)


def _ended_live(row: JournalRecord) -> LiveEvent:
    reason = turn_ended(row.data["reason"])
    event = about_entry("turn_ended", row, turn=row.data["turn"], reason=reason)
    # The student who paused or passed has had an answer already.
    toast = None if row.by_student else ("info", f"{row.company_name}: {reason}")
    return replace(event, toast=toast)


def _ended_push(company: str, _stand: str | None, event: events.TurnEnded) -> tuple[str, str]:
    title = _("Your turn has passed: %(company)s", company=company)
    return title, turn_ended(event.reason)


def _soon_at(company: str | None) -> str:
    return _("Your turn is coming up at %(company)s: stay nearby", company=company)


def _soon_line(entry: AuditEntry, _event: events.TurnSoon) -> str:
    return _soon_at(entry.company)


def _soon_live(row: JournalRecord) -> LiveEvent:
    event = about_entry("turn_soon", row)
    return replace(event, toast=("info", _soon_at(row.company_name)))


def _soon_push(company: str, stand: str | None, _event: events.TurnSoon) -> tuple[str, str]:
    return _("Your turn is coming up: %(company)s", company=company), _where(stand)


def _where(stand: str | None) -> str:
    return _("Stand %(stand)s", stand=stand) if stand else ""


def _would_call(company: str | None) -> str:
    return _("%(company)s would call you now: make yourself available", company=company)


def _reminded(entry: AuditEntry, _event: events.Reminded) -> str:
    return _("%(company)s would have called you during your break", company=entry.company)


_KINDS = (
    EventKind(
        event=events.TurnCame,
        label=lambda: _("Call"),
        sentence=lambda *_row: _("%(company)s called %(student)s"),
        icon="bell",
        day=StudentLine(
            "bell", lambda entry, _event: _("Called by %(company)s", company=entry.company)
        ),
        notification=StudentLine(
            "bell",
            lambda entry, _event: _("You were called to %(company)s", company=entry.company),
        ),
        push=PushText(_came_push, is_urgent=True),
        live_event=_came_live,
        names_stand=True,
    ),
    EventKind(
        event=events.CallSeen,
        label=lambda: _("Call seen"),
        sentence=lambda *_row: _("%(student)s saw the call of %(company)s"),
        icon="bell",
        is_hidden_from_queue=True,
    ),
    EventKind(
        event=events.HoldEnded,
        label=lambda: _("No longer held"),
        sentence=lambda *_row: _("%(company)s no longer keeps the turn of %(student)s"),
        icon="bell",
        is_hidden_from_queue=True,
    ),
    EventKind(
        event=events.HoldGivenUp,
        label=lambda: _("No longer on the way"),
        sentence=lambda *_row: _("%(student)s goes elsewhere before %(company)s"),
        icon="arrow",
        is_hidden_from_queue=True,
    ),
    EventKind(
        event=events.TurnEnded,
        label=lambda: _("No longer called"),
        sentence=lambda *_row: _("%(company)s no longer calls %(student)s: %(reason)s"),
        names=lambda _entry, event: {"reason": _ENDED[event.reason]()},
        icon="bell",
        day=StudentLine("clock", _ended_in_day),
        notification=StudentLine("clock", _ended),
        push=PushText(_ended_push),
        live_event=_ended_live,
    ),
    EventKind(
        event=events.TurnSoon,
        label=lambda: _("About to be called"),
        sentence=lambda *_row: _("%(student)s was told that %(company)s is about to call"),
        icon="clock",
        day=StudentLine("clock", _soon_line),
        notification=StudentLine("clock", _soon_line),
        push=PushText(_soon_push),
        live_event=_soon_live,
        names_stand=True,
        is_private=True,
    ),
    EventKind(
        event=events.Reminded,
        label=lambda: _("Reminder during a break"),
        sentence=lambda *_row: _(
            "%(student)s, on a break, was reminded that %(company)s would call"
        ),
        icon="bell",
        day=StudentLine("clock", _reminded),
        notification=StudentLine("clock", _reminded),
        push=PushText(
            lambda company, _stand, _event: (_("During your break"), _would_call(company))
        ),
        live_event=lambda row: entry_notification(row, _would_call(row.company_name)),
    ),
)

CALLS = Group("calls", lambda: _("Calls and reminders"), _KINDS, is_on_request=True)
