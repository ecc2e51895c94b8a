"""The input for telling another server of events."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from jobfair.domain.events import InterviewCompleted, InterviewStarted, kind
from jobfair.fields.access.keys import some, ticked
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import WebAddress, one_of

EVENTS = (
    kind(InterviewStarted),
    kind(InterviewCompleted),
    "queue_update",
    "status_change",
    "notification",
)
"""The live events that organisers hear."""


_Event: Any = one_of(*EVENTS)
Chosen = Annotated[list[_Event], AfterValidator(some), BeforeValidator(ticked)]


class EventsWanted(Input):
    """Of which live events a server is told."""

    events: Chosen


class WebhookWanted(EventsWanted):
    """The same, and where the server is."""

    url: WebAddress


def host_of(url: str) -> str:
    """What the log and the alerts say of a server: its address may hold a secret."""
    return urlsplit(url).hostname or ""
