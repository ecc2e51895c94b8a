"""Kinds of events: who runs the fair."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.catalogue.changes import Change
from jobfair.catalogue.event_kind import EventKind, Group
from jobfair.catalogue.records import AuditEntry
from jobfair.domain import events
from jobfair.wording.access.roles import role_name
from jobfair.wording.names import Name

Concerned = events.MemberInvited | events.MemberRoleChanged | events.SecondFactorRemoved


def _member(entry: AuditEntry, event: Concerned) -> dict[str, Name | str]:
    return {"member": Name(entry.names.get(event.user_id, _("a deleted account")))}


def _removed(_entry: AuditEntry, event: events.MemberRemoved) -> dict[str, Name | str]:
    return {"member": Name(event.email)}


def _roles(_entry: AuditEntry, event: events.MemberRoleChanged) -> list[Change]:
    return [Change(role_name(event.before), role_name(event.after))]


_KINDS = (
    EventKind(
        event=events.MemberInvited,
        label=lambda: _("Invited to the team"),
        sentence=lambda *_row: _("%(member)s was invited to the team"),
        names=_member,
        changes=lambda _entry, event: [Change(None, role_name(event.role))],
        icon="key",
    ),
    EventKind(
        event=events.MemberRoleChanged,
        label=lambda: _("Role in the team"),
        sentence=lambda *_row: _("The role of %(member)s was changed"),
        names=_member,
        changes=_roles,
    ),
    EventKind(
        event=events.SecondFactorRemoved,
        label=lambda: _("Second factor taken away"),
        sentence=lambda *_row: _("The second factor of %(member)s was taken away"),
        names=_member,
        icon="unlock",
    ),
    EventKind(
        event=events.MemberRemoved,
        label=lambda: _("Removed from the team"),
        sentence=lambda *_row: _("%(member)s was removed from the team"),
        names=_removed,
        changes=lambda _entry, event: [Change(role_name(event.role), None)],
        icon="ban",
    ),
)

TEAM = Group("team", lambda: _("The team"), _KINDS)
