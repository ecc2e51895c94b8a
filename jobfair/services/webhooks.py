"""Webhooks: adding and removing servers, and how far each has been told.

A delivery is recorded after it was sent, so an event may come twice and none is lost.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from jobfair import clock
from jobfair.db.transactions import autocommit, unlocked_transaction
from jobfair.domain.events import (
    WebhookEventsChanged,
    WebhookMade,
    WebhookPaused,
    WebhookRemoved,
    WebhookResumed,
    WebhookSecretChanged,
)
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.access.webhooks import host_of
from jobfair.models import Webhook, WebhookDelivery
from jobfair.security import sealed
from jobfair.security.webhook_signatures import new_secret
from jobfair.unit_of_work.actors import SYSTEM, Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

MOST = 20

CLAIM_LASTS = timedelta(seconds=30)
"""Much longer than a delivery may take; afterwards another worker takes over."""

WAITS = tuple(timedelta(seconds=each) for each in (5, 30, 120, 300, 900, 1800, 3600, 7200))
"""How long after each failure in a row the next try comes. After the last one there are no more."""

KEPT = 20
"""The most deliveries that are kept and shown for each server."""


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A new server, or one with a new secret; the secret is shown only now."""

    id: int
    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Target:
    """A server that only this worker sends to until `claimed_until`."""

    id: int
    url: str
    events: frozenset[str]
    secret: str
    reached: int
    sent_of_next: int
    failures: int
    claimed_until: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended: the answer's status, None where none came, and how it began."""

    status: int | None
    answer: str

    @property
    def is_good(self) -> bool:
        """Whether the server has taken it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the server wants no more: it answered 410, as the specification says."""
        return self.status == 410


def make(actor: Actor, url: str, events: Collection[str]) -> NewWebhook | Refusal:
    """Tell a server of these live events from now on. Returns `too_many_webhooks`."""
    secret = new_secret()
    with write_transaction(actor) as work:
        if len(work.connection.execute(select(Webhook.id)).all()) >= MOST:
            return Refusal(RequestCode.TOO_MANY_WEBHOOKS, {"most": MOST})
        values = {"url": url, "events": sorted(events), "secret": "", "made_at": work.at}
        begins = {"sent_of_next": 0, "failures": 0, "reached": work.number + 1}
        webhook_id = work.connection.execute(
            insert(Webhook).values(**values, **begins).returning(Webhook.id)
        ).scalar_one()
        _set(work.connection, webhook_id, secret=sealed.seal(secret, _purpose(webhook_id)))
        work.record(actor, WebhookMade(webhook_id, host_of(url)))
    return NewWebhook(webhook_id, url, secret)


def change_secret(actor: Actor, webhook_id: int) -> NewWebhook:
    """Give a server another secret; the one before signs nothing more. Raises NotFound."""
    secret = new_secret()
    with write_transaction(actor) as work:
        url = _url(work, webhook_id)
        _set(work.connection, webhook_id, secret=sealed.seal(secret, _purpose(webhook_id)))
        work.record(actor, WebhookSecretChanged(webhook_id, host_of(url)))
    return NewWebhook(webhook_id, url, secret)


def change_events(actor: Actor, webhook_id: int, events: Collection[str]) -> None:
    """Choose the live events for a server. The choice also counts for rows that it has not been
    told of yet. Does nothing if these are chosen already. Raises NotFound.
    """
    wanted = sorted(events)
    with write_transaction(actor) as work:
        known = select(Webhook.url, Webhook.events).where(Webhook.id == webhook_id)
        row = work.connection.execute(known).first()
        if row is None:
            raise NotFound("webhook")
        if wanted == sorted(row.events):
            return
        _set(work.connection, webhook_id, events=wanted)
        work.record(
            actor,
            WebhookEventsChanged(webhook_id, host_of(row.url), tuple(row.events), tuple(wanted)),
        )


def remove(actor: Actor, webhook_id: int) -> None:
    """Remove a server. Raises NotFound."""
    with write_transaction(actor) as work:
        url = _url(work, webhook_id)
        work.connection.execute(delete(Webhook).where(Webhook.id == webhook_id))
        work.record(actor, WebhookRemoved(webhook_id, host_of(url)))


def resume(actor: Actor, webhook_id: int) -> None:
    """Resume sending to a paused server, from where it stopped. Raises NotFound."""
    with write_transaction(actor) as work:
        url = _url(work, webhook_id)
        _set(work.connection, webhook_id, failures=0, next_try_at=None, paused_at=None)
        work.record(actor, WebhookResumed(webhook_id, host_of(url)))


def replay(delivery_id: int) -> None:
    """Send an event once more, beside those that are due. Raises NotFound."""
    wanted = (
        update(WebhookDelivery)
        .where(WebhookDelivery.id == delivery_id)
        .values(again=True)
        .returning(WebhookDelivery.id)
    )
    with unlocked_transaction() as connection:
        if connection.execute(wanted).first() is None:
            raise NotFound("delivery")


def due(newest: int) -> list[int]:
    """The ids of servers with something to send, whose next try is due."""
    now = clock.now()
    again = select(WebhookDelivery.webhook_id).where(WebhookDelivery.again)
    query = (
        select(Webhook.id)
        .where(*_may_be_told(now))
        .where(or_(Webhook.reached != newest, Webhook.id.in_(again)))
        .order_by(Webhook.id)
    )
    with autocommit() as connection:
        return list(connection.execute(query).scalars())


def claim(webhook_id: int) -> Target | None:
    """Claim a server for this worker; None if another worker has it, or has served it meanwhile."""
    now = clock.now()
    until = now + CLAIM_LASTS
    taken = (
        update(Webhook)
        .where(Webhook.id == webhook_id, *_may_be_told(now))
        .values(claimed_until=until)
        .returning(
            Webhook.id,
            Webhook.url,
            Webhook.events,
            Webhook.secret,
            Webhook.reached,
            Webhook.sent_of_next,
            Webhook.failures,
        )
    )
    with unlocked_transaction() as connection:
        row = connection.execute(taken).first()
    if row is None:
        return None
    secret = sealed.unseal(row.secret, _purpose(row.id)) or ""
    place = (row.reached, row.sent_of_next, row.failures)
    return Target(row.id, row.url, frozenset(row.events), secret, *place, until)


def release(target: Target, **reached: int) -> bool:
    """Release a server; `reached` and `sent_of_next` say how far it was told.

    Returns whether it was still this worker's.
    """
    with unlocked_transaction() as connection:
        return _release(connection, target, **reached)


def store(target: Target, change: int, place: int, event: str, outcome: Outcome) -> bool:
    """Note how the delivery of an event ended. Returns whether to go on with the next one."""
    moved = {"reached": change - 1, "sent_of_next": place + 1, "failures": 0, "next_try_at": None}
    is_last = not outcome.is_good and (outcome.is_gone or target.failures >= len(WAITS))
    values = moved if outcome.is_good else _failed(target, is_last)
    with unlocked_transaction() as connection:
        mine = _is_mine(target)
        kept = connection.execute(update(Webhook).where(*mine).values(values)).rowcount == 1
        if kept:
            _write_delivery(connection, target, change, place, event, outcome)
    if kept and is_last:
        with write_transaction(SYSTEM) as work:
            work.record(SYSTEM, WebhookPaused(target.id, host_of(target.url)))
    return kept and outcome.is_good


def asked_again(target: Target) -> list[Any]:
    """The deliveries to a server that an organiser wants sent once more."""
    query = select(
        WebhookDelivery.id, WebhookDelivery.change, WebhookDelivery.place, WebhookDelivery.event
    ).where(WebhookDelivery.webhook_id == target.id, WebhookDelivery.again)
    with autocommit() as connection:
        return list(connection.execute(query.order_by(WebhookDelivery.id)))


def store_again(target: Target, asked: Any, outcome: Outcome | None) -> None:
    """Record how a repeated delivery ended; None if the journal no longer has the event."""
    with unlocked_transaction() as connection:
        done = update(WebhookDelivery).where(WebhookDelivery.id == asked.id).values(again=False)
        connection.execute(done)
        if outcome is not None:
            _write_delivery(connection, target, asked.change, asked.place, asked.event, outcome)


def _failed(target: Target, is_last: bool) -> dict[str, Any]:
    now = clock.now()
    if is_last:
        return {"failures": target.failures + 1, "paused_at": now, "claimed_until": None}
    wait = WAITS[target.failures]
    return {"failures": target.failures + 1, "next_try_at": now + wait, "claimed_until": None}


def _write_delivery(
    connection: Connection, target: Target, change: int, place: int, event: str, outcome: Outcome
) -> None:
    connection.execute(
        insert(WebhookDelivery).values(
            webhook_id=target.id,
            change=change,
            place=place,
            event=event,
            at=clock.now(),
            status=outcome.status,
            answer=outcome.answer,
            again=False,
        )
    )
    own = select(WebhookDelivery.id).where(WebhookDelivery.webhook_id == target.id)
    old = own.order_by(WebhookDelivery.id.desc()).offset(KEPT)
    too_old = list(connection.execute(old).scalars())
    connection.execute(delete(WebhookDelivery).where(WebhookDelivery.id.in_(too_old)))


def _release(connection: Connection, target: Target, **values: Any) -> bool:
    released = update(Webhook).where(*_is_mine(target)).values(claimed_until=None, **values)
    return connection.execute(released).rowcount == 1


def _is_mine(target: Target) -> tuple[Any, ...]:
    return Webhook.id == target.id, Webhook.claimed_until == target.claimed_until


def _may_be_told(now: datetime) -> tuple[Any, ...]:
    return (
        Webhook.paused_at.is_(None),
        or_(Webhook.next_try_at.is_(None), Webhook.next_try_at <= now),
        or_(Webhook.claimed_until.is_(None), Webhook.claimed_until < now),
    )


def _url(work: UnitOfWork, webhook_id: int) -> str:
    url = work.connection.execute(select(Webhook.url).where(Webhook.id == webhook_id)).scalar()
    if url is None:
        raise NotFound("webhook")
    return url


def _set(connection: Connection, webhook_id: int, **values: Any) -> None:
    connection.execute(update(Webhook).where(Webhook.id == webhook_id).values(**values))


def _purpose(webhook_id: int) -> str:
    return f"webhook {webhook_id}"
