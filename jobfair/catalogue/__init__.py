"""The event catalogue: all that hangs on a kind of event, declared once for each kind.

May import the rules (`domain`) and general words (`wording`). Must not know the database, who
listens, or a page: whoever reads, pushes or shows the journal asks here.
"""

from __future__ import annotations

from typing import Any

from jobfair.catalogue.calls import CALLS
from jobfair.catalogue.companies import COMPANIES
from jobfair.catalogue.event_kind import EventKind
from jobfair.catalogue.fair import FAIR
from jobfair.catalogue.interviews import INTERVIEWS
from jobfair.catalogue.queues import QUEUES
from jobfair.catalogue.students import STUDENTS
from jobfair.domain.events import JournalOnly

GROUPS = (QUEUES, INTERVIEWS, STUDENTS, COMPANIES, FAIR, CALLS)
"""In the order in which the log's filter offers them."""

KINDS: dict[str, EventKind[Any]] = {kind.name: kind for group in GROUPS for kind in group.kinds}
"""Every kind by its name in the journal."""

ON_REQUEST = frozenset(kind.name for group in GROUPS if group.is_on_request for kind in group.kinds)
RESETS = frozenset(name for name, kind in KINDS.items() if kind.resets)

_UNKNOWN_KIND: EventKind[Any] = EventKind(event=JournalOnly, label=str, sentence=lambda *_row: "")
"""While a deploy goes on, its processes write what those before it do not know. Its companies and
students are known, so that their pages are kept right."""


def of(name: str) -> EventKind[Any]:
    """What is declared of a kind, by its name in the journal."""
    return KINDS.get(name, _UNKNOWN_KIND)


def named(choice: str) -> frozenset[str] | None:
    """The kinds that a choice means, a group's or one alone; None for every kind or nonsense."""
    for group in GROUPS:
        if group.key == choice:
            return frozenset(kind.name for kind in group.kinds)
    return frozenset({choice}) if choice in KINDS else None
