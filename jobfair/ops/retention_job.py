"""The watch that removes a past fair's people in time, in every worker.

It runs in the server, not in a timer of the machine's: compose, systemd and `make run` would
each need another, and one that was forgotten breaks a promise to the students in silence. The
removal is one transaction that looks again, so of several workers only one removes.
"""

from __future__ import annotations

import logging

from flask import Flask

from jobfair import background
from jobfair.ops import purge

LOOK_EVERY_SECONDS = 3600.0

log = logging.getLogger(__name__)


def start(app: Flask) -> None:
    """Watch in the background, as long as the process lives."""
    background.start(app, "retention job", look, LOOK_EVERY_SECONDS)


def look() -> None:
    """Remove the people's data if its time has come."""
    removal = purge.purge_if_due()
    if removal is not None:
        purge.wipe()
        log.warning("past fair removed: %d students", removal.students)
