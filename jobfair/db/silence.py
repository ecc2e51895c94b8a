"""Distinguishes a slow answer of PostgreSQL from a connection that passes nothing on any more.

A proxy, a firewall or a moved virtual machine may forget a connection and tell neither end. The
server's own timeouts do not help: the server waits for us, and holds our locks. TCP does not notice
it either, if a proxy goes on acknowledging. So when no answer comes, we ask the server through a
new connection whether it is at work for the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen

SILENT_SECONDS = 1.0
"""How long an answer may take before the server is asked about it."""
ASKING_SECONDS = 2
"""How long connecting for that question, and each answer, may take."""

_WORKS = """
SELECT state = 'active' AND wait_event_type IS DISTINCT FROM 'Client'
FROM pg_stat_activity WHERE pid = %s
"""
_END = "SELECT pg_terminate_backend(%s)"


class Asking(psycopg.Connection[Any]):
    """A connection that waits at most ASKING_SECONDS for each answer."""

    def wait(self, gen: PQGen[RV], *args: Any, **more: Any) -> RV:
        return super().wait(gen, *args, **more | {"timeout": ASKING_SECONDS})


def is_dead(session: int, ask: Callable[[], Asking], has_come: Callable[[], bool]) -> bool:
    """Whether no answer will come from a session, given by its process id. If so, ends the session.

    `ask` opens a connection to its server. `has_come` says whether an answer has come meanwhile.
    A session that waits for a lock is alive; one that waits for us to send or read is not.
    """
    try:
        connection = ask()
    except psycopg.errors.ConnectionTimeout:
        return True
    except psycopg.OperationalError:
        # The server lives, but takes no further connections.
        return False
    with closing(connection):
        try:
            found = connection.execute(_WORKS, [session]).fetchone()
            if (found is not None and found[0]) or has_come():
                return False
            # Its transaction is rolled back, and its locks are free.
            connection.execute(_END, [session])
        except psycopg.OperationalError:
            return True
    return True
