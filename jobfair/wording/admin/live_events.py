"""The live events that organisers hear, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from jobfair.fields.access.webhooks import EVENTS

EVENT_NAMES: Mapping[str, LazyString] = MappingProxyType(
    dict(
        zip(
            EVENTS,
            (
                _("an interview has begun"),
                _("an interview is over"),
                _("a queue or a company has changed"),
                _("a student or a company has another status"),
                _("something is said to everybody"),
            ),
            strict=True,
        )
    )
)


def event_names(events: Iterable[str]) -> str:
    """Live events with commas between, in their own order."""
    chosen = set(events)
    return ", ".join(str(name) for event, name in EVENT_NAMES.items() if event in chosen)
