"""The servers of webhooks, with the latest deliveries to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.models import Webhook, WebhookDelivery


@dataclass(frozen=True, slots=True)
class Sent:
    """A try to deliver an event. `status` is None where no answer came."""

    id: int
    event: str
    at: datetime
    status: int | None
    answer: str
    again: bool

    @property
    def is_good(self) -> bool:
        """Whether the server has taken it."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Server:
    """A webhook's server. `failures` counts those in a row; `paused_at` is when it was paused."""

    id: int
    url: str
    events: tuple[str, ...]
    made_at: datetime
    failures: int
    next_try_at: datetime | None
    paused_at: datetime | None
    deliveries: Sequence[Sent]


def servers() -> list[Server]:
    """Every server that is told, the newest first, with the latest deliveries first."""
    query = select(
        Webhook.id,
        Webhook.url,
        Webhook.events,
        Webhook.made_at,
        Webhook.failures,
        Webhook.next_try_at,
        Webhook.paused_at,
    ).order_by(Webhook.id.desc())
    with read_transaction() as connection:
        return [
            Server(row[0], row[1], tuple(row[2]), *row[3:], _sent(connection, row.id))
            for row in connection.execute(query).all()
        ]


def server(webhook_id: int) -> Server:
    """One of them. Raises NotFound."""
    for each in servers():
        if each.id == webhook_id:
            return each
    raise NotFound("webhook")


def _sent(connection: Connection, webhook_id: int) -> list[Sent]:
    query = (
        select(
            WebhookDelivery.id,
            WebhookDelivery.event,
            WebhookDelivery.at,
            WebhookDelivery.status,
            WebhookDelivery.answer,
            WebhookDelivery.again,
        )
        .where(WebhookDelivery.webhook_id == webhook_id)
        .order_by(WebhookDelivery.id.desc())
    )
    return [Sent(*row) for row in connection.execute(query)]
