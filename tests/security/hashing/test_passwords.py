"""Passwords are hashed dearly, and at nobody else's cost."""

import os
import sys
import time
from contextvars import ContextVar

import gevent
import pytest
from argon2 import extract_parameters
from argon2.exceptions import HashingError, VerificationError

from jobfair.security.hashing import hash_turns, passwords
from jobfair.security.hashing.fair_queue import Sender
from tests.conftest import DEAR_HASHES

LAST = 19
"""The greatest niceness there is."""


@pytest.fixture(autouse=True)
def dear_hashes(monkeypatch):
    """As dear as they are, whichever test was run before."""
    for name, kept in DEAR_HASHES.items():
        monkeypatch.setattr(passwords, name, kept)


def test_a_password_is_recognised():
    hashed = passwords.hash_password("correct horse")
    assert hashed.startswith("$argon2id$")
    assert passwords.verify(hashed, "correct horse")
    assert not passwords.verify(hashed, "Correct horse")
    assert not passwords.verify("not a hash", "correct horse")


def test_nobody_has_no_password():
    assert not passwords.verify(None, "")
    assert not passwords.verify(None, "anything")


@pytest.mark.parametrize("hashed", ["a hash", None])
def test_without_memory_no_password_is_called_wrong(monkeypatch, hashed):
    class Full:
        def verify(self, *_given):
            raise VerificationError("Memory allocation error")

        def hash(self, *_given):
            raise HashingError("Memory allocation error")

    monkeypatch.setattr(passwords, "_hasher", Full())
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: "nobody's")
    with pytest.raises(VerificationError):
        passwords.verify(hashed, "correct horse")
    with pytest.raises(HashingError):
        passwords.hash_password("correct horse")


def test_ten_at_once_do_not_hold_up_the_loop():
    hashing = [gevent.spawn(passwords.hash_password, f"password {each}") for each in range(10)]
    meanwhile = turns_a_second(lambda: gevent.joinall(hashing, raise_error=True))
    assert len({each.value for each in hashing}) == 10
    # In the loop, they would let it turn once for each: thirty times a second.
    assert meanwhile > turns_a_second(lambda: gevent.sleep(0.3)) / 5


def turns_a_second(act):
    """How often gevent's loop turns in a second of the act."""
    turns = 0

    def turn():
        nonlocal turns
        while True:
            gevent.sleep(0.001)  # Until the loop is there again.
            turns += 1

    turning = gevent.spawn(turn)
    start = time.monotonic()
    act()
    whole = time.monotonic() - start
    turning.kill()
    return turns / whole


@pytest.mark.skipif(sys.platform != "linux", reason="no thread waits behind its own process here")
def test_a_strangers_hash_waits_behind_everybody_else_and_a_known_devices_does_not(monkeypatch):
    seen, known = [], False
    monkeypatch.setattr(
        hash_turns, "sender", ContextVar("sender", default=lambda: Sender("A", "ann", known))
    )

    class Hasher:
        def hash(self, password):
            seen.append(os.getpriority(os.PRIO_PROCESS, 0))
            return password

    monkeypatch.setattr(passwords, "_hasher", Hasher())
    before = os.getpriority(os.PRIO_PROCESS, 0)
    passwords.hash_password("correct horse")
    passwords.hash_password("battery staple")
    known = True
    passwords.hash_password("correct horse")
    behind = min(before + passwords.BEHIND, LAST)
    assert seen == [behind, behind, before]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@pytest.mark.parametrize("nobodys", [None, passwords.NONE])
def test_nobodys_password_is_compared_as_dearly_as_anybodys(monkeypatch, nobodys):
    """Or the time that an answer takes would tell who has an account."""
    compared, hasher = [], passwords._hasher

    class Watched:
        def verify(self, hashed, password):
            compared.append(extract_parameters(hashed))
            return hasher.verify(hashed, password)

    anybodys = passwords.hash_password("correct horse")
    passwords._nobodys_hash()
    monkeypatch.setattr(passwords, "_hasher", Watched())
    passwords.verify(anybodys, "battery staple")
    passwords.verify(nobodys, "battery staple")
    assert len(compared) == 2
    assert compared[0] == compared[1]
