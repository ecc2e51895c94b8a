"""Saying «look again», to this process and through Redis to the others.

A hint carries no content, so one that is lost costs at most the second after which every hub
looks by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from flask import current_app
from flask_sse import ServerSentEventsBlueprint
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from jobfair import metrics
from jobfair.extensions import PerApp

CHANNEL = "jobfair"
TIMEOUT_SECONDS = 0.5

log = logging.getLogger(__name__)


class Hints(ServerSentEventsBlueprint):
    """flask-sse's publisher and subscriber, on one channel that no client names.

    `answers_within` bounds each exchange with Redis, in seconds; None for one that listens.
    """

    def __init__(self, name: str, answers_within: float | None) -> None:
        super().__init__(name, __name__)
        self._answers_within = answers_within
        self._client = PerApp(self._connect)

    @property
    def redis(self) -> Redis | None:
        """The process's Redis client, or None where there is no Redis."""
        return self._client.get()

    def _connect(self) -> Redis | None:
        url = current_app.config["REDIS_URL"]
        if not url:
            return None
        # A publish that is retried holds up the request that waits for it.
        return Redis.from_url(
            url,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=self._answers_within,
            socket_connect_timeout=TIMEOUT_SECONDS,
        )

    def look_again(self, number: int) -> None:
        """Tell every process that the journal has reached `number`. Never raises for Redis."""
        try:
            if self.redis is not None:
                self.publish(number, channel=CHANNEL)
        except RedisError as error:
            metrics.hints_failed.inc()
            log.warning("hint %d not sent: %s", number, error)

    def heard(self) -> Iterator[int]:
        """The numbers that other processes tell of, as they come. Raises RedisError."""
        for message in self.messages(channel=CHANNEL):
            yield int(message.data)


publisher = Hints("hints", answers_within=TIMEOUT_SECONDS)
listener = Hints("heard_hints", answers_within=None)
