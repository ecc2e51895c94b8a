"""The process's clients for Redis. Nobody waits long for a Redis that is down or hangs.

Everything that Redis does here can be done without it: callers catch RedisError and go on.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from redis import ConnectionPool, Redis, exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

TIMEOUT_SECONDS = 0.05
"""How long one command, or connecting, may take."""
PAUSE_SECONDS = 1.0
"""How long Redis is not asked after it has not answered."""


class BoundedRedis(Redis):
    """A client that gives up after TIMEOUT_SECONDS, and then refuses at once for PAUSE_SECONDS.

    After the pause one command tries again; the others are refused until it has succeeded.
    """

    _next_try: float | None = None

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Run a command. Raises RedisError."""
        now = time.monotonic()
        if self._next_try is not None and now < self._next_try:
            raise exceptions.ConnectionError("Redis did not answer a moment ago")
        if self._next_try is not None:
            self._next_try = now + PAUSE_SECONDS
        try:
            answer = super().execute_command(*args, **options)
        except (exceptions.ConnectionError, exceptions.TimeoutError):
            self._next_try = time.monotonic() + PAUSE_SECONDS
            raise
        self._next_try = None
        return answer


@cache
def client_for(url: str) -> BoundedRedis:
    """The process's client for the Redis at this address. Does not connect yet."""
    pool = ConnectionPool.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
    )
    return BoundedRedis(connection_pool=pool)
