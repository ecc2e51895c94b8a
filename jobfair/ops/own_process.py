"""A `flask fair …` command in a process of its own, for what would keep a worker busy for long.

A worker answers everybody from one thread, so whatever computes for more than a few milliseconds
would hold all of them up. Such a process has the lowest priority there is, ends with the worker
that started it, and its output goes to the log. It may be killed at any moment: what it does has
to be safe to lose.

It is told to stop through the database, as whoever says so may be answered by another worker.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

from flask import cli

APP = "wsgi"
FOLDER = Path(__file__).parents[2]
LOWEST = 19
"""The priority that gives way to all others."""

log = logging.getLogger(__name__)


def start(*arguments: str) -> int:
    """Start `flask fair` with these arguments, and return at once.

    Returns the id of the process. Raises OSError where none can be started.
    """
    # Our end of its input is closed with us, however we end.
    process = subprocess.Popen(  # noqa: S603 - the interpreter that runs us, and our own command
        [sys.executable, "-m", __name__, "--app", APP, "fair", *arguments],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # Ctrl-C in the terminal of the server is not for it, and it has an autogroup of its own.
        start_new_session=True,
    )
    Thread(target=_follow, args=(process, arguments), daemon=True).start()
    return process.pid


def _follow(process: subprocess.Popen[bytes], arguments: Sequence[str]) -> None:
    """Bring what it says into the log, and let nothing of it stay behind."""
    command = " ".join(arguments[:1])
    assert process.stdout is not None
    for line in process.stdout:
        said = line.decode(errors="replace").rstrip()
        log.info("fair %s: %s", command, said)
    code = process.wait()
    log.log(logging.WARNING if code else logging.INFO, "fair %s: ended with %d", command, code)
    for end in (process.stdin, process.stdout):
        if end is not None:
            end.close()


def main() -> None:
    """Be such a process: give way, end with whoever started it, and run the command."""
    give_way()
    Thread(target=_end_with_parent, daemon=True).start()
    cli.main()


def give_way() -> None:
    """Compute only while nobody else wants to."""
    os.setpriority(os.PRIO_PROCESS, 0, LOWEST)
    # Where Linux shares the processor out by sessions, a priority counts within one of them alone.
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(LOWEST))


def _end_with_parent() -> None:
    # Nothing is ever written there: it ends when its other end is closed.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
