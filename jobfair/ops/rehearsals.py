"""Rehearsals: begun in a process of their own, looked after, and cancelled.

The process writes nothing: it prints how far it is, and the worker that began it notes that. At the
lowest priority it could hold SQLite's lock for long, and everybody else would wait for it.
"""

from __future__ import annotations

import json
import logging
from threading import Thread
from time import sleep
from typing import Any

from flask import Flask, current_app
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from jobfair import clock
from jobfair.db.transactions import unlocked_transaction
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.models import Rehearsal, RehearsalState
from jobfair.ops import own_process
from jobfair.queries.admin.fair.rehearsals import SILENT, plan_as_stored
from jobfair.simulation.plan import Plan
from jobfair.unit_of_work.actors import Actor

KEPT = 10
"""Rehearsals; older ones are removed."""

LOOK_EVERY_SECONDS = 1.0

_RUNS = Rehearsal.state == RehearsalState.RUNNING

log = logging.getLogger(__name__)


def start(actor: Actor, plan: Plan) -> int | Refusal:
    """Begin to rehearse. Returns the rehearsal's id, or `no_companies`, `closes_before_opening` or
    `rehearsal_runs`: there is one at a time."""
    if not plan.stands:
        return Refusal(RequestCode.NO_COMPANIES)
    if plan.closes <= plan.opens:
        return Refusal(RequestCode.CLOSES_BEFORE_OPENING)
    try:
        rehearsal_id = _noted(actor, plan)
    except IntegrityError:
        return Refusal(RequestCode.REHEARSAL_RUNS)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    Thread(target=look_after, args=(app, rehearsal_id), daemon=True).start()
    return rehearsal_id


def cancel(rehearsal_id: int) -> Refusal | None:
    """End a rehearsal. Returns `rehearsal_over` for one that has ended, or never was."""
    with unlocked_transaction() as connection:
        ended = connection.execute(
            update(Rehearsal)
            .where(Rehearsal.id == rehearsal_id, _RUNS)
            .values(state=RehearsalState.CANCELLED)
        ).rowcount
    return None if ended else Refusal(RequestCode.REHEARSAL_OVER)


def _noted(actor: Actor, plan: Plan) -> int:
    """Note that a rehearsal begins. Raises IntegrityError while another one runs."""
    now = clock.now()
    row = {
        "user_id": actor.id,
        "asked_at": now,
        "heard_at": now,
        "state": RehearsalState.RUNNING,
        "played": 0,
        "days": 0,
        "plan": plan_as_stored(plan),
        "outcome": None,
    }
    kept = select(Rehearsal.id).order_by(Rehearsal.id.desc()).limit(KEPT - 1).scalar_subquery()
    with unlocked_transaction() as connection:
        lost = (Rehearsal.heard_at < now - SILENT) & _RUNS
        connection.execute(update(Rehearsal).where(lost).values(state=RehearsalState.FAILED))
        connection.execute(delete(Rehearsal).where(Rehearsal.id.not_in(kept)))
        new = insert(Rehearsal).values(row).returning(Rehearsal.id)
        rehearsal_id: int = connection.execute(new).scalar_one()
    return rehearsal_id


class Heard:
    """What the process has said so far."""

    def __init__(self) -> None:
        self.played = self.days = 0
        self.outcome: Any = None

    def line(self, said: str) -> bool:
        """Take note of a line; False where it is none of those that are meant for us."""
        try:
            told = json.loads(said)
            self.outcome = told.get("outcome", self.outcome)
            self.played, self.days = told.get("progress", (self.played, self.days))
        except (ValueError, AttributeError, TypeError):
            return False
        return True


def look_after(app: Flask, rehearsal_id: int) -> None:
    """Start the process, note how far it comes, and end it once it was cancelled."""
    heard = Heard()
    with app.app_context():
        try:
            process = own_process.start("play-rehearsal", str(rehearsal_id), hear=heard.line)
            try:
                while process.runs and _note(rehearsal_id, heard):
                    sleep(LOOK_EVERY_SECONDS)
            finally:
                process.stop()
            process.wait()
            _end(rehearsal_id, heard)
        except Exception:
            # The page that waits for it shows a moment later that it has failed.
            log.exception("rehearsal %d: failed", rehearsal_id)


def _note(rehearsal_id: int, heard: Heard) -> bool:
    """Note how far it is. Returns False where it was cancelled, or removed."""
    return _change(rehearsal_id, heard_at=clock.now(), played=heard.played, days=heard.days)


def _end(rehearsal_id: int, heard: Heard) -> None:
    failed = heard.outcome is None
    state = RehearsalState.FAILED if failed else RehearsalState.DONE
    # It may have ended before the first look.
    _change(
        rehearsal_id,
        state=state,
        played=heard.played,
        days=heard.days,
        outcome=heard.outcome,
    )


def _change(rehearsal_id: int, **values: Any) -> bool:
    changed = update(Rehearsal).where(Rehearsal.id == rehearsal_id, _RUNS).values(values)
    with unlocked_transaction() as connection:
        return bool(connection.execute(changed).rowcount)
