"""The watch that removes a past fair's people in time, in every worker.

It runs in the server, not in a timer of the machine's: compose, systemd and `make run` would
each need another, and one that was forgotten breaks a promise to the students in silence. The
removal is one transaction that looks again, so of several workers only one removes.
"""

from __future__ import annotations

import logging
import time
from threading import Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from jobfair.ops import purge

LOOK_EVERY_SECONDS = 3600.0

log = logging.getLogger(__name__)


def start(app: Flask) -> None:
    """Watch in the background, as long as the process lives."""
    Thread(target=_watch, args=(app,), daemon=True).start()


def look(app: Flask) -> None:
    """Remove the people's data if its time has come."""
    with app.app_context():
        try:
            gone = purge.purge_if_due()
            if gone is not None:
                purge.wipe()
                log.warning("past fair removed: %d students", gone.students)
        except SQLAlchemyError as error:
            log.warning("not looked whether to remove a past fair: %s", error)


def _watch(app: Flask) -> None:
    while True:
        look(app)
        time.sleep(LOOK_EVERY_SECONDS)
