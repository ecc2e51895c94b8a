"""A Redis that is away or hangs costs one command 50 ms once a second, and the others nothing."""

import time
from threading import Thread

import pytest
from redis import Redis, RedisError, ResponseError

from jobfair.db import redis_client
from jobfair.db.redis_client import PAUSE_SECONDS, TIMEOUT_SECONDS

pytest_plugins = ["tests.support.hanging"]

SOON = TIMEOUT_SECONDS + 0.2
"""Time for a busy machine besides."""


@pytest.fixture
def client(hanging_redis):
    return redis_client.client_for(hanging_redis.url)


@pytest.fixture
def asked(monkeypatch):
    """The commands that Redis was asked for."""
    asked, ask = [], Redis.execute_command

    def ask_and_note(client, *args, **options):
        asked.append(args[0])
        return ask(client, *args, **options)

    monkeypatch.setattr(Redis, "execute_command", ask_and_note)
    return asked


def refused(client):
    """How many seconds a refusal took."""
    start = time.monotonic()
    with pytest.raises(RedisError):
        client.ping()
    return time.monotonic() - start


@pytest.mark.parametrize("is_connected", [True, False])
def test_only_the_first_waits_for_a_redis_that_hangs(client, hanging_redis, asked, is_connected):
    if is_connected:
        client.ping()
    hanging_redis.hang()
    assert TIMEOUT_SECONDS <= refused(client) < SOON
    before = len(asked)
    for _ in range(100):
        refused(client)
    assert len(asked) == before


def test_after_the_pause_one_tries_again(client, hanging_redis, asked):
    hanging_redis.hang()
    refused(client)
    asked.clear()
    time.sleep(PAUSE_SECONDS)  # The pause itself.
    threads = [Thread(target=refused, args=(client,)) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert asked == ["PING"]


def test_a_redis_that_wakes_up_is_asked_again(client, hanging_redis):
    hanging_redis.hang()
    refused(client)
    hanging_redis.wake()
    refused(client)
    time.sleep(PAUSE_SECONDS)  # The pause itself.
    assert [client.ping() for _ in range(3)] == [True] * 3


def test_one_that_is_away_refuses_at_once_and_is_asked_again(client, hanging_redis):
    hanging_redis.stop()
    assert refused(client) < SOON
    hanging_redis.start()
    time.sleep(PAUSE_SECONDS)  # The pause itself.
    assert client.ping()


def test_a_command_that_redis_refuses_holds_no_other_up(client):
    with pytest.raises(ResponseError):
        client.execute_command("NONSENSE")
    assert client.ping()
