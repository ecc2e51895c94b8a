"""Kinds of events: students and their accounts."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.catalogue.changes import Change, from_to, name_gone, states
from jobfair.catalogue.event_kind import EventKind, Group, StudentLine
from jobfair.catalogue.records import AuditEntry
from jobfair.domain import events
from jobfair.domain.state import Presence, StudentStatus
from jobfair.fields.input.declaration import labels
from jobfair.fields.students.introductions import INTRODUCTION
from jobfair.fields.students.students import ACCOUNT
from jobfair.wording.names import Name
from jobfair.wording.states import state_label


def _created(entry: AuditEntry, _event: events.StudentCreated) -> str:
    if entry.by == "student":
        return _("%(student)s registered")
    return _("The account of %(student)s was created")


def _edited(_entry: AuditEntry, event: events.StudentEdited) -> str:
    if "password" in event.after:
        return _("The password of %(student)s was changed")
    return _("The name or address of %(student)s was changed")


def _new_password(_entry: AuditEntry, event: events.StudentEdited) -> str | None:
    if "password" not in event.after:
        return None
    return _("Your password was changed. It was not you? Then tell the organisers at once.")


def _edited_fields(_entry: AuditEntry, event: events.StudentEdited) -> list[Change]:
    return [
        Change(event.before[each.name], event.after[each.name], str(each.label))
        for each in ACCOUNT
        if each.name in event.before
    ]


def _introduced(_entry: AuditEntry, event: events.IntroductionChanged) -> str:
    if not event.shown:
        return _("%(student)s shows stands nothing of themselves")
    return _("%(student)s chose what stands see of them: %(fields)s")


def _introduction_fields(
    _entry: AuditEntry, event: events.IntroductionChanged
) -> dict[str, Name | str]:
    changed = [each for each in INTRODUCTION if each.name in event.fields]
    return {"fields": ", ".join(labels(changed)) or "–"}


def _confirmed(entry: AuditEntry, _event: events.AddressConfirmed) -> str:
    if entry.by == "student":
        return _("%(student)s confirmed their e-mail address")
    return _("The e-mail address of %(student)s was confirmed at the desk")


def _status(entry: AuditEntry, event: events.StudentStatusChanged) -> str:
    if entry.by != "student":
        return _("The status of %(student)s was changed")
    if event.after == StudentStatus.PAUSED:
        return _("%(student)s is taking a break")
    return _("%(student)s is available again")


def _own_status(entry: AuditEntry, event: events.StudentStatusChanged) -> str:
    if entry.by != "student":
        return _status_by_organisers(event)
    if event.after == StudentStatus.AVAILABLE:
        return _("Available again")
    return _("On a break")


def _others_status(entry: AuditEntry, event: events.StudentStatusChanged) -> str | None:
    return None if entry.by == "student" else _status_by_organisers(event)


def _status_by_organisers(event: events.StudentStatusChanged) -> str:
    if event.after == StudentStatus.AVAILABLE:
        return _("The organisers made you available")
    return _("The organisers paused you")


_KINDS = (
    EventKind(
        event=events.StudentCreated,
        label=lambda: _("Account created"),
        sentence=_created,
        changes=lambda _entry, event: [Change(None, state_label(event.status))],
        changes_student_card=True,
    ),
    EventKind(
        event=events.StudentEdited,
        label=lambda: _("Name, e-mail or password"),
        sentence=_edited,
        changes=_edited_fields,
        notification=StudentLine("key", _new_password),
        changes_student_card=True,
        changes_account=True,
    ),
    EventKind(
        event=events.IntroductionChanged,
        label=lambda: _("What stands see of somebody"),
        sentence=_introduced,
        names=_introduction_fields,
        topics=lambda row: [f"stand:{each}" for each in row.data["stands"]],
        changes_student_card=True,
    ),
    EventKind(
        event=events.StudentStatusChanged,
        label=lambda: _("Student's status"),
        sentence=_status,
        changes=states,
        day=StudentLine("pause", _own_status),
        notification=StudentLine("info", _others_status),
        student_status=lambda row: str(row.data["after"]),
    ),
    EventKind(
        event=events.StudentDeactivated,
        label=lambda: _("Account deactivated"),
        sentence=lambda *_row: _("The account of %(student)s was deactivated"),
        changes=from_to("active", "deactivated"),
        icon="ban",
        ends_access=True,
        student_status=lambda _row: Presence.INACTIVE,
        changes_account=True,
    ),
    EventKind(
        event=events.StudentReactivated,
        label=lambda: _("Account reactivated"),
        sentence=lambda *_row: _("The account of %(student)s was reactivated"),
        changes=from_to("deactivated", "active"),
        changes_student_card=True,
        changes_account=True,
    ),
    EventKind(
        event=events.StudentInvited,
        label=lambda: _("Personal link made"),
        sentence=lambda *_row: _("A personal link was made for %(student)s"),
        icon="key",
    ),
    EventKind(
        event=events.AddressConfirmed,
        label=lambda: _("Address confirmed"),
        sentence=_confirmed,
        icon="check",
        changes_student_card=True,
    ),
    EventKind(
        event=events.StudentDeleted,
        label=lambda: _("Account deleted"),
        sentence=lambda *_row: _("The account of %(student)s was deleted"),
        changes=name_gone,
        icon="trash",
        ends_access=True,
        changes_student_card=True,
        changes_account=True,
    ),
)

STUDENTS = Group("students", lambda: _("Students"), _KINDS)
