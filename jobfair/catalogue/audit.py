"""How the audit log words a journal row."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from jobfair import catalogue
from jobfair.catalogue.changes import Change
from jobfair.catalogue.records import AuditEntry
from jobfair.models import Role
from jobfair.wording.access.roles import role_name
from jobfair.wording.names import Name, Sentence
from jobfair.wording.times.lengths import duration

ROLES = frozenset(role.value for role in Role)


def sentence(entry: AuditEntry) -> Sentence:
    """What happened."""
    kind = catalogue.of(entry.kind)
    names: dict[str, Name | str] = {
        "student": Name(entry.student or _("a deleted student"), student_id=entry.student_id),
        "company": Name(entry.company or _("a deleted company"), company_id=entry.company_id),
    }
    if entry.running_since is not None:
        # Not negative, even if the clock was set back in between.
        names["length"] = duration(max(entry.at - entry.running_since, timedelta()))
    return Sentence(kind.sentence(entry, entry.event), names | dict(kind.names(entry, entry.event)))


def changes(entry: AuditEntry) -> list[Change]:
    """What it changed; empty for a row that only says that something happened."""
    return catalogue.of(entry.kind).changes(entry, entry.event)


def label(entry: AuditEntry) -> str:
    """The name of its kind."""
    return catalogue.of(entry.kind).label()


def icon(entry: AuditEntry) -> str:
    """The name of its icon in a story."""
    return catalogue.of(entry.kind).icon


def is_on_request(entry: AuditEntry) -> bool:
    """Whether it followed from another event, so that the log shows it only on request."""
    return entry.kind in catalogue.ON_REQUEST


def actor(entry: AuditEntry) -> Name:
    """Who did it: a student, a stand, an organiser, or nobody but the system."""
    match entry.by:
        case "student":
            return Name(entry.by_name or _("a deleted student"), student_id=entry.by_id)
        case "company":
            return Name(entry.by_name or _("a deleted company"), company_id=entry.by_id)
        case by if by in ROLES:
            return Name(entry.by_name or _("somebody who was in the team"))
        case _:
            return Name(_("the system"))


def actor_kind(entry: AuditEntry) -> str:
    """What kind of actor that is; of a stand also on which of its devices, of a program its key."""
    if entry.by in ROLES:
        if entry.key is not None:
            return _("%(role)s, by the key «%(key)s»", role=role_name(entry.by), key=entry.key)
        return role_name(entry.by)
    if entry.device is not None:
        return _("Stand, tablet %(letter)s", letter=entry.device)
    return _("Stand") if entry.by == "company" else _("System")
