"""Tells every hub that the journal has grown: this process's directly, the others through Redis.

A hint is only a journal number. If one is lost, the other hubs find the new rows within a second,
because each reads the journal once a second anyway. Hubs also tell each other which streams are
open.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from threading import Event
from typing import Any

from flask import current_app
from flask_sse import ServerSentEventsBlueprint
from redis import RedisError, exceptions

from jobfair import catalogue, metrics
from jobfair.catalogue.records import JournalRecord
from jobfair.db import redis_client
from jobfair.extensions import PerApp
from jobfair.feed import journal
from jobfair.feed.quotas import Held
from jobfair.feed.viewer import MOST_STREAMS

SILENCE_SECONDS = 1.0

log = logging.getLogger(__name__)


class Announced:
    """What the hub of this process was told and has not read yet.

    `reached` is the highest number that the journal is said to have reached. `account_changes`
    counts the rows that changed an account: while it stays the same, what is cached about accounts
    is valid.
    """

    def __init__(self, reached: int) -> None:
        self.reached = reached
        self.account_changes = 0
        self._written: list[JournalRecord] = []
        self._something = Event()

    def add(self, number: int, written: Sequence[JournalRecord] = ()) -> None:
        """The journal has reached `number`; `written` are the rows that this process has added."""
        # Redis announces our own rows again: they are not new.
        is_news = bool(written) or number > self.reached
        # At once: if somebody has signed out here, the next request must not let them in.
        self.note(written)
        self._written += written
        self.reached = max(self.reached, number)
        if is_news:
            self.wake()

    def note(self, rows: Iterable[JournalRecord]) -> None:
        """Count the rows that changed an account."""
        self.account_changes += sum(catalogue.of(row.kind).changes_account for row in rows)

    def take(self) -> list[JournalRecord]:
        """The rows that were added since the last call."""
        written, self._written = self._written, []
        return written

    def wake(self) -> None:
        """Let the hub look at the journal."""
        self._something.set()

    def wait(self, seconds: float) -> None:
        """Return when there is something to look at, or after so long."""
        self._something.wait(seconds)
        self._something.clear()


class Hints(ServerSentEventsBlueprint):
    """flask-sse's publisher on one channel that no client can name, and a subscriber to it."""

    def __init__(self) -> None:
        super().__init__("hints", __name__)

    @property
    def redis(self) -> redis_client.BoundedRedis | None:
        """The process's Redis client, or None where there is no Redis."""
        url = current_app.config["REDIS_URL"]
        return redis_client.client_for(url) if url else None

    def look_again(self, number: int) -> None:
        """Tell every process that the journal has reached `number`. Never raises for Redis."""
        try:
            if self.redis is not None:
                self.publish(number, channel=channel())
        except RedisError as error:
            metrics.hints_failed.inc()
            log.warning("hint %d not sent: %s", number, error)

    def tell(self, held: Held) -> bool:
        """Tell every process which streams this one holds. Returns whether that was sent."""
        try:
            self.publish(asdict(held), channel=channel())
        except RedisError as error:
            metrics.hints_failed.inc()
            log.warning("streams not told: %s", error)
            return False
        return True

    def heard(self) -> Iterator[int | Held | None]:
        """The messages of other processes, as they come: journal numbers, and the streams they
        hold.

        Yields None after each second of silence, and for a message that is no hint. Raises
        RedisError, also if Redis does not answer when asked.
        """
        assert self.redis is not None
        with self.redis.pubsub(ignore_subscribe_messages=True) as subscription:
            subscription.subscribe(channel())
            is_asked = False
            while True:
                message = subscription.get_message(timeout=SILENCE_SECONDS)
                if message is None:
                    if is_asked:
                        raise exceptions.TimeoutError("the channel of hints is dead")
                    subscription.ping()
                is_asked = message is None
                is_hint = message is not None and message["type"] == "message"
                yield _read(message["data"]) if is_hint else None


hints = Hints()

announced: PerApp[Announced] = PerApp(lambda: Announced(journal.span()[1]))
"""What the hub of this process has to look at. The hub makes it: without one nobody reads it."""


def send(number: int, written: Sequence[JournalRecord]) -> None:
    """Tell every hub, after a commit, that the journal has reached `number`.

    `written` are the rows that this commit has added.
    """
    here = announced.peek()
    if here is not None:
        here.add(number, written)
    hints.look_again(number)


def channel() -> str:
    """The channel of this fair, named by its secret.

    Other fairs may use the same Redis, whose channels are shared between its databases.
    """
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return f"jobfair:{hmac.digest(secret, b'hints', 'sha256')[:8].hex()}"


def _read(message: bytes) -> int | Held | None:
    """What a message says; None for a message that no hub has sent."""
    try:
        data = json.loads(message)["data"]
        found = _held(data) if isinstance(data, dict) else _number(data)
    except (ValueError, TypeError, KeyError, AttributeError):
        found = None
    if found is None:
        log.warning("not a hint: %.80r", message)
    return found


def _number(data: Any) -> int | None:
    return data if isinstance(data, int) and not isinstance(data, bool) else None


def _held(data: dict[str, Any]) -> Held:
    held = {
        holder: [float(at) for at in opened]
        for holder, opened in data["held"].items()
        if holder.partition(":")[0] in MOST_STREAMS
    }
    return Held(str(data["process"]), held, bool(data["is_all"]))
