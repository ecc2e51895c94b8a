"""The live events of the streams: what their `data` holds (flow 5b)."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from jobfair.blueprints.api.document import examples
from jobfair.domain import events
from jobfair.domain.events import kind

Schema = dict[str, Any]


class AboutEntry(TypedDict):
    """What each event about one entry has."""

    queue_id: int
    company_id: int
    company_name: str


class CanStart(AboutEntry):
    """It is this student's turn: say so at once. A turn rings once, and while it lasts."""

    stand: str | None
    hall: str | None
    turn: int
    message: str
    urgent: Literal[True]


class TurnSoon(AboutEntry):
    """This student is called next or after that; said once for an entry, quietly."""

    stand: str | None
    hall: str | None


class TurnEnded(AboutEntry):
    """A turn ended without a start; said quietly."""

    turn: int
    reason: str


class InterviewEvent(AboutEntry):
    """What each event about an interview has."""

    student_id: int
    message: str


class InterviewStarted(InterviewEvent):
    """An interview began."""


class InterviewCompleted(InterviewEvent):
    """An interview ended: its stand or an organiser marked it as done."""


class StatusChange(TypedDict):
    """A student's status, or a company's. A stand does not learn where else its students are."""

    student_id: NotRequired[int]
    company_id: NotRequired[int]
    status: str
    company_name: str | None


class QueueUpdate(TypedDict):
    """Something changed in a company's queue: read it again. `resync`: read everything again."""

    company_id: int | None
    action: str


class Notification(TypedDict):
    """A sentence for the one who listens; what it is about, where it is about something."""

    message: str
    queue_id: NotRequired[int | None]
    company_id: NotRequired[int | None]
    company_name: NotRequired[str | None]


class ConnectionEstablished(TypedDict):
    """The first event; its id is where to resume."""

    groups: list[str]


class ConnectionReplaced(TypedDict):
    """The last event of a stream that gives way to newer ones of the same holder."""

    holder: str
    most: int
    message: str
    retry_seconds: int


class Heartbeat(TypedDict):
    """Sent in silence, at least every 30 seconds."""


EVENTS: dict[str, type] = {
    "connection_established": ConnectionEstablished,
    "heartbeat": Heartbeat,
    "can_start": CanStart,
    kind(events.TurnSoon): TurnSoon,
    kind(events.TurnEnded): TurnEnded,
    kind(events.InterviewStarted): InterviewStarted,
    kind(events.InterviewCompleted): InterviewCompleted,
    "status_change": StatusChange,
    "queue_update": QueueUpdate,
    "notification": Notification,
    "connection_replaced": ConnectionReplaced,
}


SAID = {
    "can_start": "It's your turn at TechCorp",
    kind(events.InterviewStarted): "Your interview with TechCorp has begun",
    kind(events.InterviewCompleted): "Your interview with TechCorp is done",
    "notification": "The talks begin in hall B.",
    "connection_replaced": "Too many pages are open: this one asks again in a minute",
}
"""What the sentences of the examples say."""


def live_events() -> dict[str, Schema]:
    """Each event by its name: what it says, the schema of its data, and an example of that."""
    return {name: _described(name, shape) for name, shape in EVENTS.items()}


def _described(name: str, shape: type) -> Schema:
    schema = TypeAdapter(shape).json_schema()
    said = schema.pop("description")
    example = examples.example(schema, schema.get("$defs", {}))
    if name in SAID:
        example["message"] = SAID[name]
    return {"description": said, "schema": schema, "example": example}
