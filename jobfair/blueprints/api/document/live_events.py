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
    """An interview began, or was marked as done."""

    student_id: int
    message: str


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
    kind(events.InterviewStarted): InterviewEvent,
    kind(events.InterviewCompleted): InterviewEvent,
    "status_change": StatusChange,
    "queue_update": QueueUpdate,
    "notification": Notification,
    "connection_replaced": ConnectionReplaced,
}


def live_events() -> dict[str, Schema]:
    """Each event by its name: what it says, the schema of its data, and an example of that."""
    return {name: _described(shape) for name, shape in EVENTS.items()}


def _described(shape: type) -> Schema:
    schema = TypeAdapter(shape).json_schema()
    said = schema.pop("description")
    return {
        "description": said,
        "schema": schema,
        "example": examples.example(schema, schema.get("$defs", {})),
    }
