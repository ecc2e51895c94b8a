"""The port on which gunicorn's master serves the metrics of its workers.

The master outlives every worker. Adding up takes tens of milliseconds, which would delay a worker's
streams; the master has no event loop. This is imported before the workers patch sockets, so it
imports nothing of the application.

prometheus_client does the serving; this decides in which process.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Any

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"

_open: list[Any] = []


def open_when_wanted(where: tuple[str, int] | None) -> str | None:
    """Listen at an address and port, unless it is None. Call it before any worker starts.

    Returns None, or an error in one sentence.
    """
    # The workers measure for this master, or for themselves.
    os.environ.pop(DIRECTORY, None)
    if where is None:
        return None
    os.environ[DIRECTORY] = tempfile.mkdtemp(prefix="jobfair-metrics-")
    # Only now: the library looks at the setting when it is imported.
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    host, port = where
    try:
        server, _thread = start_http_server(port, host, registry)
    except OSError as error:
        close()
        return f"JobFair cannot show its metrics at {host}:{port}: {error.strerror}."
    _open.append(server)
    return None


def leave_to_master() -> None:
    """In a worker: let go of the port, so that it is free as soon as the master is gone."""
    for each in _open:
        each.socket.close()


def forget(pid: int) -> None:
    """Remove the open streams of a worker that has ended from the metrics."""
    if _open:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid)


def close() -> None:
    """Remove what the workers measured."""
    if DIRECTORY in os.environ:
        shutil.rmtree(os.environ[DIRECTORY], ignore_errors=True)
