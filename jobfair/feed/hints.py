"""Telling other processes through Redis that the journal has grown.

A hint is only a journal number. When one is lost, the other hubs find the new rows within a
second, as each reads the journal once a second anyway.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Iterator

from flask import current_app
from flask_sse import ServerSentEventsBlueprint
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from jobfair import metrics
from jobfair.extensions import PerApp

TIMEOUT_SECONDS = 0.5
SILENCE_SECONDS = 1.0

log = logging.getLogger(__name__)


class Hints(ServerSentEventsBlueprint):
    """flask-sse's publisher on one channel that no client can name, and a subscriber to it."""

    def __init__(self) -> None:
        super().__init__("hints", __name__)
        self._client = PerApp(self._connect)

    @property
    def redis(self) -> Redis | None:
        """The process's Redis client, or None where there is no Redis."""
        return self._client.get()

    def look_again(self, number: int) -> None:
        """Tell every process that the journal has reached `number`. Never raises for Redis."""
        try:
            if self.redis is not None:
                self.publish(number, channel=channel())
        except RedisError as error:
            metrics.hints_failed.inc()
            log.warning("hint %d not sent: %s", number, error)

    def numbers(self) -> Iterator[int | None]:
        """The journal numbers that other processes publish, as they come.

        Yields None after each second of silence, and for a message that is no hint. Raises
        RedisError.
        """
        assert self.redis is not None
        with self.redis.pubsub(ignore_subscribe_messages=True) as subscription:
            subscription.subscribe(channel())
            while True:
                message = subscription.get_message(timeout=SILENCE_SECONDS)
                yield None if message is None else _number(message["data"])

    @staticmethod
    def _connect() -> Redis | None:
        url = current_app.config["REDIS_URL"]
        if not url:
            return None
        # No retry: the request that publishes would wait for it.
        return Redis.from_url(
            url,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
        )


hints = Hints()


def channel() -> str:
    """The channel of this fair, named by its secret.

    Other fairs may use the same Redis, whose channels are shared between its databases.
    """
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return f"jobfair:{hmac.digest(secret, b'hints', 'sha256')[:8].hex()}"


def _number(message: bytes) -> int | None:
    """The journal number in a message; None for a message that no hub has sent."""
    try:
        number = json.loads(message)["data"]
    except (ValueError, TypeError, KeyError):
        number = None
    if not isinstance(number, int) or isinstance(number, bool):
        log.warning("not a hint: %.80r", message)
        return None
    return number
