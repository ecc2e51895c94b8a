"""The input for telling another server of events."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from jobfair.domain.events import InterviewCompleted, InterviewStarted, kind
from jobfair.fields.keys import some, ticked
from jobfair.fields.parsing import Input
from jobfair.fields.types import WebAddress

EVENTS = (
    kind(InterviewStarted),
    kind(InterviewCompleted),
    "queue_update",
    "status_change",
    "notification",
)
"""The live events that organisers hear."""


def _known(value: str) -> str:
    if value not in EVENTS:
        choices = {"expected": " or ".join(EVENTS)}
        raise PydanticCustomError("looking_for", "no live event", choices)
    return value


_EVENT = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(EVENTS)})]
Chosen = Annotated[list[_EVENT], AfterValidator(some), BeforeValidator(ticked)]


class WebhookWanted(Input):
    """Where a server is, and of which live events it is told."""

    url: WebAddress
    events: Chosen


def host_of(url: str) -> str:
    """What the log and the alerts say of a server: its address may hold a secret."""
    return urlsplit(url).hostname or ""
