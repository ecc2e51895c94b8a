"""Counts attempts in Redis for all processes; without Redis each process counts by itself.

So an outage of Redis neither keeps anybody out nor lifts the limits. The library `limits` finds a
storage by the scheme of its address; importing this module replaces its storage by ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from limits.storage import MemoryStorage, RedisStorage
from redis import RedisError

from jobfair.db import redis_client

P = ParamSpec("P")
T = TypeVar("T")


class RedisOrMemory(RedisStorage):
    """Counts in Redis, and in this process if Redis does not answer. Never raises."""

    STORAGE_SCHEME = ["redis", "rediss", "unix"]  # noqa: RUF012 - as the library declares it

    def __init__(self, uri: str, **_options: float | str | bool) -> None:
        self._client = redis_client.client_for(uri)
        self._memory = MemoryStorage()
        super().__init__(uri, connection_pool=self._client.connection_pool)

    def get_connection(self, readonly: bool = False) -> Any:
        return self._client

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return _either(super().incr, self._memory.incr, key, expiry, amount)

    def get(self, key: str) -> int:
        return _either(super().get, self._memory.get, key)

    def get_expiry(self, key: str) -> float:
        return _either(super().get_expiry, self._memory.get_expiry, key)

    def clear(self, key: str) -> None:
        _either(super().clear, self._memory.clear, key)

    def reset(self) -> int | None:
        return _either(super().reset, self._memory.reset)


def _either(
    in_redis: Callable[P, T], in_memory: Callable[P, T], *args: P.args, **more: P.kwargs
) -> T:
    try:
        return in_redis(*args, **more)
    except RedisError:
        return in_memory(*args, **more)
