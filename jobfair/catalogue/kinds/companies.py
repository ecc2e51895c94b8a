"""Kinds of events: companies, their stands and their links."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.catalogue.changes import Change, from_to, name_gone, states, texts
from jobfair.catalogue.event_kind import EventKind, Group
from jobfair.catalogue.live_event import RESYNC, LiveEvent
from jobfair.catalogue.records import AuditEntry, JournalRecord
from jobfair.domain import events
from jobfair.domain.reasons import SignDownBecause
from jobfair.domain.state import CompanyStatus, DoorSign
from jobfair.fields.companies.companies import FIELDS
from jobfair.fields.companies.company_profiles import chosen
from jobfair.wording.queues import door_signs
from jobfair.wording.states import state_label

_CREATED_WITH = {each.name for each in fields(events.CompanyCreated)} - {"company_id", "name"}
"""What the log says of a new company beside its name, which stands in the sentence."""


def _created(_entry: AuditEntry, event: events.CompanyCreated) -> list[Change]:
    return [
        Change(None, state_label(getattr(event, each.name)), str(each.label))
        for each in FIELDS
        if each.name in _CREATED_WITH
    ]


def _profile(_entry: AuditEntry, event: events.CompanyProfileChanged) -> list[Change]:
    field = next(each for each in FIELDS if each.name == event.field)
    shown = chosen if field.choices else str
    before, after = (each and shown(each) for each in (event.before, event.after))
    return [Change(before, after, str(field.label))]


def _placed(_entry: AuditEntry, event: events.StandPlaced) -> str:
    if event.after is None:
        return _("The stand of %(company)s was taken off the map")
    return _("The stand of %(company)s was placed on the map")


def _pause_of_all(row: JournalRecord) -> tuple[str, ...]:
    """The topic of every open page, where all companies are paused or no longer all of them."""
    return ("fair",) if row.data.get("with_all") else ()


def _status(_entry: AuditEntry, event: events.CompanyStatusChanged) -> str:
    if event.left:
        return _("%(company)s has left: nobody joins or is called")
    if event.after == CompanyStatus.PAUSED:
        return _("%(company)s is paused: nobody is called")
    return _("%(company)s is recruiting again")


def _status_live(row: JournalRecord) -> LiveEvent:
    return LiveEvent(
        "status_change",
        {
            "company_id": row.company_id,
            "status": row.data["after"],
            "company_name": row.company_name,
        },
        subject=("company", row.company_id),
    )


def _status_action(row: JournalRecord) -> str:
    return "paused" if row.data["after"] == CompanyStatus.PAUSED else "resumed"


def _status_by_device(row: JournalRecord, _name: str) -> str:
    return _("break begun") if row.data["after"] == CompanyStatus.PAUSED else _("break ended")


def _sign_put_up(_entry: AuditEntry, event: events.DoorSignPutUp) -> list[Change]:
    sign, until = DoorSign(event.sign), datetime.fromisoformat(event.until)
    return [Change(None, door_signs.said(sign, event.text, until))]


def _sign_taken_down(_entry: AuditEntry, event: events.DoorSignTakenDown) -> str:
    if event.reason == SignDownBecause.RAN_OUT:
        return _("What %(company)s said to its queue has run out")
    if event.reason == SignDownBecause.RECRUITING:
        return _("%(company)s recruits again: what it said to its queue is gone")
    return _("%(company)s took back what it said to its queue")


def _sign_by_device(row: JournalRecord, _name: str) -> str | None:
    # The end of a break, which is told itself, takes it down too.
    if row.data["reason"] != SignDownBecause.TAKEN_DOWN:
        return None
    return _("word to your queue removed")


def _links_taken(_entry: AuditEntry, event: events.LinksTaken) -> str:
    if event.pins:
        return ngettext(
            "The link of %(num)d stand was taken as a file, with its new PIN",
            "The links of %(num)d stands were taken as a file, with their new PINs",
            event.links,
        )
    return ngettext(
        "The link of %(num)d stand was taken as a file",
        "The links of %(num)d stands were taken as a file",
        event.links,
    )


def _links_mailed(_entry: AuditEntry, event: events.LinksMailed) -> str:
    return ngettext(
        "The link of %(num)d stand is mailed to its company",
        "The links of %(num)d stands are mailed to their companies",
        event.mails,
    )


def _mails_stopped(_entry: AuditEntry, event: events.LinkMailsStopped) -> str:
    return ngettext(
        "%(num)d mail with a stand's link is not sent",
        "%(num)d mails with stands' links are not sent",
        event.mails,
    )


_KINDS = (
    EventKind(
        event=events.CompanyCreated,
        label=lambda: _("Company created"),
        sentence=lambda *_row: _("The company %(company)s was created"),
        changes=_created,
        queue_action=RESYNC,
    ),
    EventKind(
        event=events.CompanyRenamed,
        label=lambda: _("Company renamed"),
        sentence=lambda *_row: _("The company %(company)s was renamed"),
        changes=texts,
        queue_action=RESYNC,
    ),
    EventKind(
        event=events.CompanyMoved,
        label=lambda: _("Stand moved"),
        sentence=lambda *_row: _("The stand of %(company)s has a new place"),
        changes=texts,
        queue_action=RESYNC,
    ),
    EventKind(
        event=events.CompanyProfileChanged,
        label=lambda: _("Profile changed"),
        sentence=lambda *_row: _("The profile of %(company)s was changed"),
        changes=_profile,
        queue_action="profile",
    ),
    EventKind(
        event=events.CompanyContactChanged,
        label=lambda: _("Contact address changed"),
        sentence=lambda *_row: _("The contact address of %(company)s was changed"),
    ),
    EventKind(
        event=events.CompanyLogoChanged,
        label=lambda: _("Logo changed"),
        sentence=lambda *_row: _("The logo of %(company)s was changed"),
        queue_action="profile",
    ),
    EventKind(
        event=events.StandPlaced,
        label=lambda: _("Stand placed on the map"),
        sentence=_placed,
        queue_action="profile",
    ),
    EventKind(
        event=events.CompanyStatusChanged,
        label=lambda: _("Company paused or resumed"),
        sentence=_status,
        changes=states,
        topics=_pause_of_all,
        company_event=_status_live,
        queue_action=_status_action,
        by_device=_status_by_device,
    ),
    EventKind(
        event=events.DoorSignPutUp,
        label=lambda: _("Word to the queue"),
        sentence=lambda *_row: _("%(company)s said something to its queue"),
        changes=_sign_put_up,
        icon="message",
        queue_action="sign",
        by_device=lambda *_row: _("a word to your queue"),
    ),
    EventKind(
        event=events.DoorSignTakenDown,
        label=lambda: _("Word to the queue ended"),
        sentence=_sign_taken_down,
        icon="close",
        queue_action="sign",
        by_device=_sign_by_device,
    ),
    EventKind(
        event=events.QueueOpened,
        label=lambda: _("Queue opened"),
        sentence=lambda *_row: _("The queue at %(company)s was opened"),
        changes=from_to("closed", "open"),
        icon="unlock",
        queue_action=RESYNC,
        by_device=lambda *_row: _("queue opened"),
    ),
    EventKind(
        event=events.QueueClosed,
        label=lambda: _("Queue closed"),
        sentence=lambda *_row: _("The queue at %(company)s was closed"),
        changes=from_to("open", "closed"),
        icon="lock",
        queue_action=RESYNC,
        by_device=lambda *_row: _("queue closed"),
    ),
    EventKind(
        event=events.SlotsChanged,
        label=lambda: _("Interviews at once"),
        sentence=lambda *_row: _("The interviews at once were changed at %(company)s"),
        changes=states,
        queue_action="slots",
    ),
    EventKind(
        event=events.QueueLimitChanged,
        label=lambda: _("Queue limit"),
        sentence=lambda *_row: _("The queue limit was changed at %(company)s"),
        changes=states,
        queue_action=RESYNC,
    ),
    EventKind(
        event=events.TokenRegenerated,
        label=lambda: _("New link"),
        sentence=lambda *_row: _("%(company)s got a new link; the old one is dead"),
        icon="key",
        ends_access=True,
    ),
    EventKind(
        event=events.PinSet,
        label=lambda: _("PIN set"),
        sentence=lambda *_row: _("%(company)s has a new PIN: every device is asked for it"),
        icon="lock",
        ends_access=True,
    ),
    EventKind(
        event=events.PinRemoved,
        label=lambda: _("PIN removed"),
        sentence=lambda *_row: _("%(company)s no longer asks for a PIN"),
        icon="unlock",
    ),
    EventKind(
        event=events.LinksMailed,
        label=lambda: _("Links mailed"),
        sentence=_links_mailed,
        icon="message",
    ),
    EventKind(
        event=events.LinkMailsStopped,
        label=lambda: _("Mails stopped"),
        sentence=_mails_stopped,
        icon="close",
    ),
    EventKind(
        event=events.LinksTaken,
        label=lambda: _("Links taken as a file"),
        sentence=_links_taken,
        icon="download",
    ),
    EventKind(
        event=events.CompanyDeleted,
        label=lambda: _("Company deleted"),
        sentence=lambda *_row: _("The company %(company)s was deleted"),
        changes=name_gone,
        icon="trash",
        ends_access=True,
        queue_action="deleted",
    ),
)

COMPANIES = Group("companies", lambda: _("Companies"), _KINDS)
