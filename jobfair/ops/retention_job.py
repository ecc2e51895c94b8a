"""The background job in every worker that removes in time what is kept for a time only.

A past fair's students, the answers kept for requests that may be sent again, and backups that were
uploaded and never restored.

It runs in the server and not as a cron job: compose, systemd and `make run` would each need their
own, and nobody would notice one that was forgotten. The transaction checks again whether the
removal is due, so only one of several workers removes.
"""

from __future__ import annotations

import logging

from flask import Flask

from jobfair import background, clock
from jobfair.db import remains
from jobfair.db.transactions import unlocked_transaction
from jobfair.ops import purge, uploaded_backups
from jobfair.services.access import security_log
from jobfair.unit_of_work import idempotency_keys

LOOK_EVERY_SECONDS = 3600.0

log = logging.getLogger(__name__)


def start(app: Flask) -> None:
    """Run the job in the background, as long as the process lives."""
    background.start(app, "retention job", look, LOOK_EVERY_SECONDS)


def look() -> None:
    """Remove what is old, from SQLite's files too, and the students' data if that is due."""
    with unlocked_transaction() as connection:
        idempotency_keys.prune(connection, clock.now())
        security_log.prune(connection, clock.now())
    uploaded_backups.prune()
    # After a deletion somebody may have been reading.
    remains.empty_log()
    removal = purge.purge_if_due()
    if removal is not None:
        purge.wipe()
        log.warning("past fair removed: %d students", removal.students)
