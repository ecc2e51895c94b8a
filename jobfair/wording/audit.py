"""What happened, as one sentence for each row of the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from jobfair.domain import events
from jobfair.domain.events import (
    AsideBecause,
    Audience,
    Event,
    LeftBecause,
)
from jobfair.domain.state import (
    CompanyStatus,
    EntryState,
    Phase,
    StudentStatus,
)
from jobfair.queries.admin.audit import AuditEntry
from jobfair.wording.local_time import written
from jobfair.wording.names import (
    Name,
    Sentence,
    company,
    duration,
    student,
)


def sentence(told: AuditEntry) -> Sentence:
    """What a row says. Raises KeyError for a kind of event that has no words."""
    event = told.event
    names: dict[str, Name | str] = {"student": student(told), "company": company(told)}
    if told.running_since is not None:
        # Never negative, though the clock were set back in between.
        names["length"] = duration(max(told.at - told.running_since, timedelta()))
    match event:
        case events.TurnEnded():
            names["reason"] = _TURN_ENDED[event.reason]()
        case events.SignInEnded():
            names["account"] = Name(told.names.get(event.user_id, _("a deleted account")))
        case events.FairRestored():
            names["moment"] = written(datetime.fromisoformat(event.made_at))
        case _:
            pass
    return Sentence(WORDS[type(event)](told, event), names)


def _joined(told: AuditEntry, _event: events.Joined) -> str:
    if told.by == "student":
        return _("%(student)s joined the queue at %(company)s")
    return _("%(student)s was put into the queue at %(company)s")


def _left(told: AuditEntry, event: events.Left) -> str:
    match LeftBecause(event.reason):
        case LeftBecause.LEFT:
            return _("%(student)s left the queue at %(company)s")
        case LeftBecause.REMOVED:
            return _removed(told)
        case LeftBecause.COMPANY_DELETED:
            return _("%(student)s lost their place at %(company)s, which was deleted")
        case LeftBecause.STUDENT_DELETED:
            return _("%(student)s lost their place at %(company)s with their account")


def _removed(told: AuditEntry) -> str:
    if told.was is EntryState.RUNNING:
        return _("%(student)s was taken out of a running interview at %(company)s")
    if told.was is EntryState.DONE:
        return _("The finished interview of %(student)s at %(company)s was removed")
    return _("%(student)s was taken out of the queue at %(company)s")


def _set_aside(_told: AuditEntry, event: events.SetAside) -> str:
    match AsideBecause(event.reason):
        case AsideBecause.PASSED:
            return _("%(student)s let the others go first at %(company)s")
        case AsideBecause.RAN_OUT:
            return _("%(student)s was called to %(company)s, and the call ran out")
        case AsideBecause.ABSENT:
            return _("%(student)s was called and did not come to %(company)s")


def _came_back(told: AuditEntry, _event: events.CameBack) -> str:
    if told.by == "student":
        return _("%(student)s is here again for %(company)s")
    return _("%(student)s was brought back into the queue at %(company)s")


def _started(told: AuditEntry, event: events.InterviewStarted) -> str:
    if event.out_of_turn:
        return _("%(company)s took %(student)s into an interview out of turn")
    if told.by == "student":
        return _("%(student)s began an interview at %(company)s")
    if told.by == "company":
        return _("%(company)s began an interview with %(student)s")
    return _("%(student)s was put into an interview at %(company)s")


def _edited(_told: AuditEntry, event: events.StudentEdited) -> str:
    if "password" in event.after:
        return _("The password of %(student)s was changed")
    return _("The name or address of %(student)s was changed")


def _created(told: AuditEntry, _event: events.StudentCreated) -> str:
    if told.by == "student":
        return _("%(student)s registered")
    return _("The account of %(student)s was created")


def _status(told: AuditEntry, event: events.StudentStatusChanged) -> str:
    if told.by != "student":
        return _("The status of %(student)s was changed")
    if event.after == StudentStatus.PAUSED:
        return _("%(student)s is taking a break")
    return _("%(student)s is available again")


def _company_status(_told: AuditEntry, event: events.CompanyStatusChanged) -> str:
    if event.after == CompanyStatus.PAUSED:
        return _("%(company)s is paused: nobody is called")
    return _("%(company)s is recruiting again")


def _phase(_told: AuditEntry, event: events.PhaseChanged) -> str:
    match Phase(event.after):
        case Phase.PREPARING:
            return _("The fair was put back in preparation")
        case Phase.OPEN:
            return _("The fair was opened")
        case Phase.CLOSED:
            return _("The fair was closed")


def _message(_told: AuditEntry, event: events.MessageSent) -> str:
    match Audience(event.audience):
        case Audience.EVERYONE:
            return _("A message was sent to everyone")
        case Audience.QUEUE:
            return _("A message was sent to the queue at %(company)s")
        case Audience.STUDENT:
            return _("A message was sent to %(student)s")


WORDS: dict[type[Event], Callable[[AuditEntry, Any], str]] = {
    events.Joined: _joined,
    events.Left: _left,
    events.SetAside: _set_aside,
    events.CameBack: _came_back,
    events.InterviewStarted: _started,
    events.InterviewCompleted: lambda *_row: _(
        "The interview of %(student)s at %(company)s ended after %(length)s"
    ),
    events.CompletionUndone: lambda *_row: _(
        "The interview of %(student)s at %(company)s goes on: its end was undone"
    ),
    events.InterviewBrokenOff: lambda *_row: _(
        "The interview of %(student)s at %(company)s was broken off after %(length)s"
    ),
    events.EntryCompleted: lambda *_row: _(
        "%(student)s was marked as done at %(company)s, without an interview"
    ),
    events.TurnCame: lambda *_row: _("%(company)s called %(student)s"),
    events.TurnEnded: lambda *_row: _("%(company)s no longer calls %(student)s: %(reason)s"),
    events.CallSeen: lambda *_row: _("%(student)s saw the call of %(company)s"),
    events.SaidComing: lambda *_row: _("%(student)s is on the way to %(company)s"),
    events.HoldEnded: lambda *_row: _("%(company)s no longer keeps the turn of %(student)s"),
    events.Reminded: lambda *_row: _(
        "%(student)s, on a break, was reminded that %(company)s would call"
    ),
    events.StudentCreated: _created,
    events.StudentEdited: _edited,
    events.StudentInvited: lambda *_row: _("A personal link was made for %(student)s"),
    events.StudentDeleted: lambda *_row: _("The account of %(student)s was deleted"),
    events.StudentStatusChanged: _status,
    events.StudentDeactivated: lambda *_row: _("The account of %(student)s was deactivated"),
    events.StudentReactivated: lambda *_row: _("The account of %(student)s was reactivated"),
    events.CompanyCreated: lambda *_row: _("The company %(company)s was created"),
    events.CompanyRenamed: lambda *_row: _("The company %(company)s was renamed"),
    events.CompanyMoved: lambda *_row: _("The stand of %(company)s has a new place"),
    events.CompanyDeleted: lambda *_row: _("The company %(company)s was deleted"),
    events.CompanyStatusChanged: _company_status,
    events.QueueOpened: lambda *_row: _("The queue at %(company)s was opened"),
    events.QueueClosed: lambda *_row: _("The queue at %(company)s was closed"),
    events.SlotsChanged: lambda *_row: _("The interviews at once were changed at %(company)s"),
    events.QueueLimitChanged: lambda *_row: _("The queue limit was changed at %(company)s"),
    events.Reordered: lambda *_row: _("The queue at %(company)s was put into a new order"),
    events.TokenRegenerated: lambda *_row: _("%(company)s got a new link; the old one is dead"),
    events.PinSet: lambda *_row: _("%(company)s has a new PIN: every device is asked for it"),
    events.PinRemoved: lambda *_row: _("%(company)s no longer asks for a PIN"),
    events.PhaseChanged: _phase,
    events.CallLengthChanged: lambda *_row: _("The length of a call was changed"),
    events.ScreenLinkMade: lambda *_row: _("The hall's screen got a new link; an old one is dead"),
    events.ScreenLinkWithdrawn: lambda *_row: _("The link of the hall's screen was withdrawn"),
    events.ScreenNamesChanged: lambda *_row: _("The hall's screen says otherwise who is called"),
    events.FairEndSet: lambda *_row: _("The last day of the fair was set"),
    events.MessageSent: _message,
    events.FairRestored: lambda *_row: _("The whole fair was put back to %(moment)s"),
    events.FairPurged: lambda *_row: _("The past fair was removed"),
    events.SignInEnded: lambda *_row: _("A sign-in of %(account)s ended"),
}

_TURN_ENDED: dict[str, Callable[[], str]] = {
    "aside": lambda: _("set aside"),
    "paused": lambda: _("on a break"),
    "in_interview": lambda: _("in an interview"),
    "inactive": lambda: _("account deactivated"),
    "left": lambda: _("left the queue"),
    "done": lambda: _("already done"),
    "company_paused": lambda: _("the company is paused"),
    "fair_not_open": lambda: _("the fair is not open"),
    "no_free_slot": lambda: _("no slot is free"),
    "someone_ahead": lambda: _("someone ahead is back"),
}
