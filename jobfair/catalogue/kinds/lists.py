"""Kinds of events: what was done to many at once, and lists that were imported."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.catalogue.changes import Change
from jobfair.catalogue.event_kind import EventKind, Group
from jobfair.catalogue.records import AuditEntry
from jobfair.domain import events
from jobfair.wording.admin import imports, many


def _imported(_entry: AuditEntry, event: events.ListImported) -> str:
    if event.what == "students":
        return _("A list of students was imported")
    return _("A list of companies was imported")


_KINDS = (
    EventKind(
        event=events.ManyChanged,
        label=lambda: _("Many at once"),
        sentence=lambda _entry, event: many.done(event),
        changes=lambda _entry, event: [Change(None, each) for each in many.left(event)],
        icon="list",
    ),
    EventKind(
        event=events.ListImported,
        label=lambda: _("List imported"),
        sentence=_imported,
        changes=lambda _entry, event: [Change(None, imports.recorded(event))],
        icon="upload",
    ),
    EventKind(
        event=events.ImportUndone,
        label=lambda: _("Import taken back"),
        sentence=lambda _entry, event: imports.undone(event),
        icon="back",
    ),
)

LISTS = Group("lists", lambda: _("Many at once, and lists"), _KINDS)
