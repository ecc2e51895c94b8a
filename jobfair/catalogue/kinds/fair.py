"""Kinds of events: the fair as a whole, its screen, its messages and who is signed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from jobfair.catalogue.changes import Change, states, texts
from jobfair.catalogue.event_kind import EventKind, Group, Listener, StudentLine
from jobfair.catalogue.live_event import LiveEvent, notification
from jobfair.catalogue.records import AuditEntry, JournalRecord
from jobfair.domain import events
from jobfair.domain.events import Audience
from jobfair.domain.state import Phase
from jobfair.fields.fair.fair import DETAILS
from jobfair.wording.fair import phases
from jobfair.wording.fair.sign_up import MODES
from jobfair.wording.names import Name
from jobfair.wording.times.lengths import length
from jobfair.wording.times.local_time import written


def _everybody(_row: JournalRecord) -> tuple[str]:
    """The topic of what concerns every open page."""
    return ("fair",)


def _phase(_entry: AuditEntry, event: events.PhaseChanged) -> str:
    match Phase(event.after):
        case Phase.PREPARING:
            return _("The fair was put back in preparation")
        case Phase.OPEN:
            return _("The fair was opened")
        case Phase.CLOSED:
            return _("The fair was closed")


def _call_length(_entry: AuditEntry, event: events.CallLengthChanged) -> list[Change]:
    return [Change(_minutes(event.before), _minutes(event.after))]


def _minutes(number: int | None) -> str:
    return _("until somebody ends it") if number is None else length(number)


def _message(_entry: AuditEntry, event: events.MessageSent) -> str:
    match Audience(event.audience):
        case Audience.EVERYONE:
            return _("A message was sent to everyone")
        case Audience.QUEUE:
            return _("A message was sent to the queue at %(company)s")
        case Audience.STUDENT:
            return _("A message was sent to %(student)s")


def _message_sender(entry: AuditEntry) -> str:
    if entry.company is None:
        return _("The organisers")
    return _("The organisers, about %(company)s", company=entry.company)


def _message_topics(row: JournalRecord) -> Iterable[str]:
    if row.data["audience"] == Audience.EVERYONE:
        return _everybody(row)
    return [f"student:{each}" for each in row.data["students"]]


def _message_live(row: JournalRecord) -> LiveEvent:
    data = {
        "number": row.number,
        "message": row.data["text"],
        "audience": row.data["audience"],
        "company_id": row.company_id,
        "company_name": row.company_name,
    }
    return replace(notification(data, ("message",)), toast=None)


def _withdrawn(_entry: AuditEntry, event: events.MessageWithdrawn) -> str:
    match Audience(event.audience):
        case Audience.EVERYONE:
            return _("A message to everyone was taken back")
        case Audience.QUEUE:
            return _("A message to the queue at %(company)s was taken back")
        case Audience.STUDENT:
            return _("A message to %(student)s was taken back")


def _taken(_entry: AuditEntry, event: events.AlertTaken) -> str:
    if event.host:
        return _("An alert about the server %(host)s was taken on")
    return _("An alert about %(company)s was taken on")


def _given_back(_entry: AuditEntry, event: events.AlertGivenBack) -> str:
    if event.host:
        return _("An alert about the server %(host)s was given back")
    return _("An alert about %(company)s was given back")


def _host(
    _entry: AuditEntry, event: events.AlertTaken | events.AlertGivenBack
) -> dict[str, Name | str]:
    return {"host": Name(event.host)}


def _withdrawn_live(row: JournalRecord) -> LiveEvent:
    said = _("The organisers have taken a message back.")
    data = {"number": row.data["message"], "withdrawn": True, "message": said}
    return replace(notification(data, ("message",)), toast=None)


def _is_for(row: JournalRecord, listener: Listener) -> bool:
    """Whether a message is for somebody; one to everyone is for each stand too."""
    if row.data.get("withdrawn"):
        return False
    if row.data["audience"] == Audience.EVERYONE:
        return not listener.is_admin
    return listener.student_id in row.data["students"]


def _told_of_device(_entry: AuditEntry, _event: events.NewDevice) -> str:
    return _new_device()


def _new_device() -> str:
    return _(
        "Somebody, probably you, signed in on a device that was not known here. It was not you? "
        "Then change your password, on your profile."
    )


def _account(entry: AuditEntry, event: events.SignInEnded) -> dict[str, Name | str]:
    return _named(entry, event.user_id)


def _on_device(entry: AuditEntry, event: events.NewDevice) -> dict[str, Name | str]:
    return _named(entry, event.user_id)


def _named(entry: AuditEntry, user_id: int) -> dict[str, Name | str]:
    return {"account": Name(entry.names.get(user_id, _("a deleted account")))}


def _map(_entry: AuditEntry, event: events.HallMapChanged) -> str:
    if event.after is None:
        return _("The map of a hall was taken down")
    return _("The map of a hall was put up")


def _hall_of_map(_entry: AuditEntry, event: events.HallMapChanged) -> list[Change]:
    return [Change(None, event.hall or _("The whole fair"))]


def _sign_up(_entry: AuditEntry, event: events.SignUpChanged) -> list[Change]:
    old, new = event.before, event.after
    changes = [
        Change(str(MODES[old["sign_up"] or ""]), str(MODES[new["sign_up"] or ""])),
        Change(old["sign_up_domains"], new["sign_up_domains"]),
    ]
    return [each for each in changes if each.before != each.after]


def _details(_entry: AuditEntry, event: events.FairDetailsChanged) -> list[Change]:
    words = {each.name: str(each.label) for each in DETAILS}
    return [Change(event.before[name], event.after[name], words[name]) for name in event.after]


def _logo(_entry: AuditEntry, event: events.FairLogoChanged) -> str:
    if event.after is None:
        return _("The fair's logo was taken away")
    return _("The fair has a new logo")


def _moment(_entry: AuditEntry, event: events.FairRestored) -> dict[str, Name | str]:
    return {"moment": written(datetime.fromisoformat(event.made_at))}


def _purged(_entry: AuditEntry, event: events.FairPurged | events.EditionClosed) -> list[Change]:
    counts = {_("Students"): event.students, _("Companies"): event.companies}
    return [Change(str(count), "0", what) for what, count in counts.items() if count]


_KINDS = (
    EventKind(
        event=events.PhaseChanged,
        label=lambda: _("Fair opened or closed"),
        sentence=_phase,
        changes=states,
        topics=_everybody,
        announcement=lambda row: notification({"message": phases.announcement(row.data["after"])}),
    ),
    EventKind(
        event=events.LotSealed,
        label=lambda: _("Opening by lot"),
        sentence=lambda *_row: _("The fair opens by lot; the digest of its seed is published"),
        changes=lambda _entry, event: [Change(None, event.digest)],
        icon="lock",
        topics=_everybody,
    ),
    EventKind(
        event=events.LotLifted,
        label=lambda: _("No opening by lot"),
        sentence=lambda *_row: _("The fair no longer opens by lot"),
        topics=_everybody,
    ),
    EventKind(
        event=events.LotDrawn,
        label=lambda: _("Places drawn"),
        sentence=lambda *_row: _("The places were drawn by lot, and the seed is published"),
        changes=lambda _entry, event: [Change(event.digest, event.seed)],
        icon="list",
        topics=_everybody,
    ),
    EventKind(
        event=events.CallLengthChanged,
        label=lambda: _("Length of a call"),
        sentence=lambda *_row: _("The length of a call was changed"),
        changes=_call_length,
        topics=_everybody,
    ),
    EventKind(
        event=events.ScreenLinkMade,
        label=lambda: _("Link of the hall's screen"),
        sentence=lambda *_row: _("The hall's screen got a new link; an old one is dead"),
        topics=_everybody,
        ends_access=True,
    ),
    EventKind(
        event=events.ScreenLinkWithdrawn,
        label=lambda: _("Link of the hall's screen withdrawn"),
        sentence=lambda *_row: _("The link of the hall's screen was withdrawn"),
        topics=_everybody,
        ends_access=True,
    ),
    EventKind(
        event=events.ScreenNamesChanged,
        label=lambda: _("Names on the hall's screen"),
        sentence=lambda *_row: _("The hall's screen says otherwise who is called"),
        changes=states,
        topics=_everybody,
    ),
    EventKind(
        event=events.HallMapChanged,
        label=lambda: _("Map of a hall"),
        sentence=_map,
        changes=_hall_of_map,
        topics=_everybody,
    ),
    EventKind(
        event=events.FairEndSet,
        label=lambda: _("Last day of the fair"),
        sentence=lambda *_row: _("The last day of the fair was set"),
        changes=texts,
    ),
    EventKind(
        event=events.FairDetailsChanged,
        label=lambda: _("The fair's page"),
        sentence=lambda *_row: _("What is said of the fair was changed"),
        changes=_details,
        icon="edit",
    ),
    EventKind(
        event=events.FairZoneChanged,
        label=lambda: _("Time zone"),
        sentence=lambda *_row: _("The fair's time zone was changed"),
        changes=texts,
        topics=_everybody,
        # Every open page shows times.
        resets=True,
    ),
    EventKind(
        event=events.FairLogoChanged,
        label=lambda: _("The fair's logo"),
        sentence=_logo,
        icon="edit",
    ),
    EventKind(
        event=events.ProfileEditingAllowed,
        label=lambda: _("Companies write their profiles"),
        sentence=lambda *_row: _("Companies may write their own profiles until the fair opens"),
        icon="edit",
        topics=_everybody,
    ),
    EventKind(
        event=events.ProfileEditingEnded,
        label=lambda: _("Companies no longer write their profiles"),
        sentence=lambda *_row: _("Companies may no longer write their own profiles"),
        icon="lock",
        topics=_everybody,
    ),
    EventKind(
        event=events.SignUpChanged,
        label=lambda: _("Who may sign up"),
        sentence=lambda *_row: _("Who may sign up was changed"),
        changes=_sign_up,
        icon="key",
    ),
    EventKind(
        event=events.SignUpWordChanged,
        label=lambda: _("Word to sign up with"),
        sentence=lambda *_row: _("The word to sign up with was changed"),
        icon="key",
    ),
    EventKind(
        event=events.MessageSent,
        label=lambda: _("Message"),
        sentence=_message,
        changes=lambda _entry, event: [Change(None, event.text)],
        icon="message",
        notification=StudentLine(
            "message", lambda _entry, event: event.text, sender=_message_sender
        ),
        topics=_message_topics,
        announcement=_message_live,
        announced_to=_is_for,
    ),
    EventKind(
        event=events.MessageWithdrawn,
        label=lambda: _("Message taken back"),
        sentence=_withdrawn,
        icon="message",
        topics=_message_topics,
        announcement=_withdrawn_live,
        announced_to=_is_for,
    ),
    EventKind(
        event=events.AlertTaken,
        label=lambda: _("Alert taken on"),
        sentence=_taken,
        names=_host,
        icon="hand",
    ),
    EventKind(
        event=events.AlertGivenBack,
        label=lambda: _("Alert given back"),
        sentence=_given_back,
        names=_host,
        icon="back",
    ),
    EventKind(
        event=events.SignInEnded,
        label=lambda: _("Sign-in ended"),
        sentence=lambda *_row: _("A sign-in of %(account)s ended"),
        names=_account,
        topics=lambda row: (f"sign_in:{row.data['sign_in_id']}",),
        ends_access=True,
        changes_account=True,
    ),
    EventKind(
        event=events.NewDevice,
        label=lambda: _("New device"),
        sentence=lambda *_row: _("%(account)s signed in on a new device"),
        names=_on_device,
        icon="key",
        notification=StudentLine("key", _told_of_device),
        live_event=lambda _row: notification({"message": _new_device()}),
    ),
    EventKind(
        event=events.BackupTaken,
        label=lambda: _("Backup downloaded"),
        sentence=lambda *_row: _("The whole fair was downloaded as a file"),
        icon="download",
    ),
    EventKind(
        event=events.FairRestored,
        label=lambda: _("Fair restored"),
        sentence=lambda *_row: _("The whole fair was put back to %(moment)s"),
        names=_moment,
        topics=_everybody,
        resets=True,
        ends_access=True,
        changes_account=True,
    ),
    EventKind(
        event=events.FairPurged,
        label=lambda: _("Past fair removed"),
        sentence=lambda *_row: _("The past fair was removed"),
        changes=_purged,
        topics=_everybody,
        resets=True,
        ends_access=True,
        changes_account=True,
    ),
    EventKind(
        event=events.EditionClosed,
        label=lambda: _("Edition closed"),
        sentence=lambda _entry, event: _("The edition «%(name)s» was closed", name=event.name),
        changes=_purged,
    ),
)

FAIR = Group("fair", lambda: _("The fair"), _KINDS)
