"""The event catalogue: everything that depends on the kind of an event, declared once per kind.

May import `wording`, `fields`, `domain` and what is below them. Must not know the database, a
subscriber or a page: code that reads, pushes or shows the journal asks the catalogue.
"""

from __future__ import annotations

from typing import Any

from jobfair.catalogue.event_kind import EventKind
from jobfair.catalogue.kinds.calls import CALLS
from jobfair.catalogue.kinds.companies import COMPANIES
from jobfair.catalogue.kinds.fair import FAIR
from jobfair.catalogue.kinds.interviews import INTERVIEWS
from jobfair.catalogue.kinds.lists import LISTS
from jobfair.catalogue.kinds.programs import PROGRAMS
from jobfair.catalogue.kinds.queues import QUEUES
from jobfair.catalogue.kinds.students import STUDENTS
from jobfair.catalogue.kinds.team import TEAM
from jobfair.domain.events import JournalOnly

GROUPS = (QUEUES, INTERVIEWS, STUDENTS, COMPANIES, LISTS, FAIR, TEAM, PROGRAMS, CALLS)
"""In the order in which the log's filter offers them."""

KINDS: dict[str, EventKind[Any]] = {kind.name: kind for group in GROUPS for kind in group.kinds}
"""Every kind by its name in the journal."""

ON_REQUEST = frozenset(kind.name for group in GROUPS if group.is_on_request for kind in group.kinds)
RESETS = frozenset(name for name, kind in KINDS.items() if kind.resets)

_UNKNOWN_KIND: EventKind[Any] = EventKind(
    event=JournalOnly, label=str, sentence=lambda *_row: "", changes_account=True
)
"""For a kind that a newer release has written: during a deploy two releases run side by side. The
row still names its companies and students, so their pages are updated; it may be about anything."""


def of(name: str) -> EventKind[Any]:
    """The declaration of a kind, by its name in the journal."""
    return KINDS.get(name, _UNKNOWN_KIND)


def named(choice: str) -> frozenset[str] | None:
    """The kinds of a filter value: a group's, or one kind; None where the value is neither."""
    for group in GROUPS:
        if group.key == choice:
            return frozenset(kind.name for kind in group.kinds)
    return frozenset({choice}) if choice in KINDS else None
