"""Attempts are counted whatever becomes of Redis, and counting never fails."""

import signal
import subprocess
import sys

import pytest
from limits.storage import RedisStorage, Storage, storage_from_string

from jobfair.web.security.limits.rate_limit_storage import RedisOrMemory
from tests.support.waiting import wait_until

pytest_plugins = ["tests.support.hanging"]

KEY = "somebody"
CALLS = {
    "incr": (KEY, 60),
    "get": (KEY,),
    "get_expiry": (KEY,),
    "clear": (KEY,),
    "check": (),
    "reset": (),
}


@pytest.fixture
def storage(hanging_redis):
    storage = storage_from_string(hanging_redis.url)
    assert isinstance(storage, RedisOrMemory)
    return storage


@pytest.fixture(params=["hangs", "is away", "is full"])
def broken(request, hanging_redis, storage):
    """The storage, while its Redis does not do what it should."""
    # The storage gives up after 50 ms. On a busy machine it would count in memory even now.
    patient = RedisStorage(hanging_redis.url)
    assert [patient.incr(KEY, 60) for _ in range(2)] == [1, 2]
    wait_until(lambda: storage.get(KEY) == 2, "the storage reads what Redis has counted")
    if request.param == "hangs":
        hanging_redis.hang()
    elif request.param == "is away":
        hanging_redis.stop(signal.SIGKILL)
    else:
        patient.storage.config_set("maxmemory", 1)
    return storage


@pytest.mark.parametrize("name", sorted(Storage.__abstractmethods__ - {"base_exceptions"}))
def test_no_call_fails_without_redis(broken, name):
    for _ in range(3):
        getattr(broken, name)(*CALLS[name])


def test_without_redis_the_process_counts_by_itself(broken):
    assert [broken.incr(KEY, 60) for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("scheme", ["redis", "rediss", "unix"])
def test_every_kind_of_address_is_counted_in_like_this(scheme):
    storage = storage_from_string(f"{scheme}://127.0.0.1:1/0")
    assert [storage.incr(KEY, 60) for _ in range(3)] == [1, 2, 3]


def test_the_application_counts_in_it_and_not_in_the_librarys_own():
    """It registers itself where it is imported, as this test does: so another process is asked."""
    asked = """
import jobfair.web.security.limits.rate_limits
from limits.storage import storage_from_string
print(type(storage_from_string("redis://127.0.0.1:1")).__name__)
"""
    run = [sys.executable, "-c", asked]
    answer = subprocess.run(run, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["RedisOrMemory"]
