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
from redis import RedisError, exceptions

from jobfair import metrics
from jobfair.db import redis_client

SILENCE_SECONDS = 1.0

log = logging.getLogger(__name__)


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

    def numbers(self) -> Iterator[int | None]:
        """The journal numbers that other processes publish, as they come.

        Yields None after each second of silence, and for a message that is no hint. Raises
        RedisError, also when Redis stays silent though it is asked for an answer.
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
                yield _number(message["data"]) if is_hint else None


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
