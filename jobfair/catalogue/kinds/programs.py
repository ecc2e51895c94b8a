"""Kinds of events: the programs that organisers let in."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.catalogue.changes import Change
from jobfair.catalogue.event_kind import EventKind, Group
from jobfair.catalogue.records import AuditEntry
from jobfair.domain import events
from jobfair.wording.access.scopes import scope_names
from jobfair.wording.admin.live_events import event_names
from jobfair.wording.names import Name


def _key(_entry: AuditEntry, event: events.KeyMade | events.KeyWithdrawn) -> dict[str, Name | str]:
    return {"key": Name(event.name)}


Told = (
    events.WebhookMade
    | events.WebhookSecretChanged
    | events.WebhookEventsChanged
    | events.WebhookPaused
    | events.WebhookResumed
    | events.WebhookRemoved
)


def _host(_entry: AuditEntry, event: Told) -> dict[str, Name | str]:
    return {"host": Name(event.host)}


_KINDS = (
    EventKind(
        event=events.KeyMade,
        label=lambda: _("Key made"),
        sentence=lambda *_row: _("The key «%(key)s» was made"),
        names=_key,
        changes=lambda _entry, event: [Change(None, scope_names(event.scopes))],
        icon="key",
    ),
    EventKind(
        event=events.KeyWithdrawn,
        label=lambda: _("Key withdrawn"),
        sentence=lambda *_row: _("The key «%(key)s» was withdrawn"),
        names=_key,
        icon="ban",
        topics=lambda row: (f"key:{row.data['key_id']}",),
        ends_access=True,
    ),
    EventKind(
        event=events.WebhookMade,
        label=lambda: _("Server is told of events"),
        sentence=lambda *_row: _("The server %(host)s is told of events"),
        names=_host,
        icon="message",
    ),
    EventKind(
        event=events.WebhookSecretChanged,
        label=lambda: _("New secret of a server"),
        sentence=lambda *_row: _("The server %(host)s got a new secret"),
        names=_host,
        icon="key",
    ),
    EventKind(
        event=events.WebhookEventsChanged,
        label=lambda: _("Other events for a server"),
        sentence=lambda *_row: _("The server %(host)s is told of other events"),
        names=_host,
        changes=lambda _entry, event: [Change(event_names(event.before), event_names(event.after))],
        icon="edit",
    ),
    EventKind(
        event=events.WebhookPaused,
        label=lambda: _("Server is told no more"),
        sentence=lambda *_row: _("The server %(host)s failed too often: it is told no more"),
        names=_host,
        icon="warning",
    ),
    EventKind(
        event=events.WebhookResumed,
        label=lambda: _("Server is told again"),
        sentence=lambda *_row: _("The server %(host)s is told of events again"),
        names=_host,
        icon="back",
    ),
    EventKind(
        event=events.WebhookRemoved,
        label=lambda: _("Server removed"),
        sentence=lambda *_row: _("The server %(host)s was removed: it is told of no events"),
        names=_host,
        icon="ban",
    ),
)

PROGRAMS = Group("programs", lambda: _("Programs"), _KINDS)
