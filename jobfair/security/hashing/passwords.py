"""Hashing passwords without blocking other requests."""

from __future__ import annotations

import os
import secrets
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TypeVar
from weakref import WeakKeyDictionary

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from gevent import get_hub
from gevent.hub import Hub
from gevent.threadpool import ThreadPool

from jobfair.security.hashing import hash_turns

Result = TypeVar("Result")

NONE = ""
"""Stored instead of a hash for an account without a password: no password matches it."""

BEHIND = 10
"""By how much, as nice(1) counts, the threads that hash for strangers come after the others."""

SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits of which none is taken for another, on paper or by ear: no o, 0, l, 1 or i."""

SPOKEN_LENGTH = 15
"""Fifteen out of 31 are 74 bits: nobody guesses that."""

# The smallest cost that OWASP recommends: when the doors open, everybody signs in at once.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def issued() -> str:
    """A new password that one person reads to another."""
    return "".join(secrets.choice(SPOKEN) for _ in range(SPOKEN_LENGTH))


def hash_password(password: str) -> str:
    """The hash to keep. Never call it while the fair's lock is held: it takes a while.

    Raises TooManyWait, and argon2's HashingError where there is no memory left.
    """
    return _in_a_thread(_hasher.hash, _same_typing(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed.

    None, for an account that does not exist, and NONE match nothing, and take as long as a wrong
    password. Raises TooManyWait, and argon2's VerificationError or HashingError where there is no
    memory left.
    """
    matches = _in_a_thread(_matches, password_hash, _same_typing(password))
    return matches and password_hash not in (None, NONE)


def are_same(one: str, other: str) -> bool:
    """Whether two passwords, both in clear text, are the same one."""
    return _same_typing(one) == _same_typing(other)


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _nobodys_hash(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _in_a_thread(task: Callable[..., Result], *values: str | None) -> Result:
    # argon2 releases the GIL while it works, which helps only outside the event loop's thread.
    sender = hash_turns.sender.get()()
    result: Result
    if sender.known:
        with hash_turns.known.turn(sender):
            result = get_hub().threadpool.apply(task, values)
    else:
        with hash_turns.strangers.turn(sender):
            result = _strangers_pool().apply(_behind_everybody, (task, *values))
    return result


def _behind_everybody(task: Callable[..., Result], *values: str | None) -> Result:
    # A stranger can wait, a call to a stand cannot. Only Linux has a priority for each thread.
    if sys.platform == "linux":
        own = os.getpriority(os.PRIO_PROCESS, os.getpid())
        os.setpriority(os.PRIO_PROCESS, 0, own + BEHIND)
    return task(*values)


_pools: WeakKeyDictionary[Hub, ThreadPool] = WeakKeyDictionary()


def _strangers_pool() -> ThreadPool:
    # Threads of their own: one that gives way cannot be set back.
    hub = get_hub()
    if hub not in _pools:
        _pools[hub] = ThreadPool(hash_turns.CORES, hub)
    return _pools[hub]


def _same_typing(password: str) -> str:
    # An é may be one character or two, depending on the keyboard.
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("")
