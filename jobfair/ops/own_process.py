"""A `flask fair …` command in a process of its own, for what would keep a worker busy for long.

A worker answers everybody from one thread, so whatever computes for more than a few milliseconds
would hold all of them up. Such a process has the lowest priority there is, ends with the worker
that started it, and its output goes to the log. It may be killed at any moment: what it does has
to be safe to lose.

It is told to stop through the database, as the request to stop may reach another worker.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from flask import cli

APP = "wsgi"
MODULE = __name__
"""What such a process runs."""
FOLDER = Path(__file__).parents[2]
LOWEST = 19
"""The priority that gives way to all others."""

log = logging.getLogger(__name__)


class OwnProcess:
    """A process that was started; its `pid` is its id."""

    def __init__(self, process: subprocess.Popen[bytes], follower: Thread) -> None:
        self._process = process
        self._follower = follower
        self.pid = process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def wait(self) -> None:
        """Wait until it has ended, and all that it printed was heard."""
        self._follower.join()

    def stop(self) -> None:
        """End it at once, whatever it is doing. Nothing happens where it has ended."""
        self._process.kill()


Hear = Callable[[str], bool]
"""Told a line that the command prints; returns whether it was meant for it, and not for the log."""


def start(*arguments: str, hear: Hear = lambda _line: False) -> OwnProcess:
    """Start `flask fair` with these arguments, and return at once.

    Raises OSError where no process can be started.
    """
    # Our end of its input is closed with us, however we end.
    process = subprocess.Popen(  # noqa: S603 - the interpreter that runs us, and our own command
        [sys.executable, "-m", MODULE, "--app", APP, "fair", *arguments],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # Ctrl-C in the terminal of the server is not for it, and it has an autogroup of its own.
        start_new_session=True,
    )
    follower = Thread(target=_follow, args=(process, arguments[0], hear), daemon=True)
    follower.start()
    return OwnProcess(process, follower)


def _follow(process: subprocess.Popen[bytes], command: str, hear: Hear) -> None:
    """Bring what it says into the log, and let nothing of it stay behind."""
    assert process.stdin is not None
    assert process.stdout is not None
    for line in process.stdout:
        said = line.decode(errors="replace").rstrip()
        if not hear(said):
            log.info("fair %s: %s", command, said)
    code = process.wait()
    log.log(logging.WARNING if code else logging.INFO, "fair %s: ended with %d", command, code)
    process.stdin.close()
    process.stdout.close()


def main() -> None:
    """Be such a process: give way, end with the process that started it, and run the command."""
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
