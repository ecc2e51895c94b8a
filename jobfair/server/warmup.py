"""A new worker compiles in advance what its first visitors would wait for.

Templates and statements are compiled, and files compressed, at their first use. For a stand's page
that takes half a second. After a deploy or a crash of a worker, all visitors come at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

from flask import Flask
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from jobfair.db import statements
from jobfair.db.condition import Condition, condition
from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.server import gc_tuning
from jobfair.unit_of_work import loading
from jobfair.web.rendering import assets
from jobfair.wording.language import LANGUAGES

PROBE_SECONDS = 0.002
PAUSE_SECONDS = 0.05
"""After each step, of some ten milliseconds, the warm-up sleeps PROBE_SECONDS. If that takes twice
as long, visitors are being served, and the warm-up also sleeps PAUSE_SECONDS. The first start after
a change takes a second without visitors, and some ten with many; later starts find the templates
compiled."""

CROWDED = ("layout/", "stand/", "student/")
"""The templates that many need at once. An organiser can wait half a second."""

FILES = ("vendor/htmx.min.js", "common.css", "common.js", "student.css", "stand.css")
"""Those that take longest to compress."""

NO_ID = 0
"""No company or student has it, so the queries are only prepared."""

log = logging.getLogger(__name__)


def start(app: Flask) -> Thread:
    """Compile in the background, after visitors. Returns its thread."""
    gc_tuning.collect_seldom()
    thread = Thread(target=_prepare, args=(app,), daemon=True)
    thread.start()
    return thread


def _prepare(app: Flask) -> None:
    for _ in steps(app):
        _let_visitors_go_first()
    gc_tuning.freeze()


def _let_visitors_go_first() -> None:
    began = time.monotonic()
    time.sleep(PROBE_SECONDS)
    if time.monotonic() - began > 2 * PROBE_SECONDS:
        time.sleep(PAUSE_SECONDS)


def steps(app: Flask) -> Iterator[None]:
    """Compile everything, step by step; the caller may pause between two steps."""
    with app.app_context():
        if (found := condition()) != Condition.OK:
            log.error("database: %s", found.value)
        try:
            yield from _statements()
        except SQLAlchemyError as error:
            # They are compiled later, when the database is there and somebody asks.
            log.warning("statements not prepared: %s", error)
        for name in FILES:
            assets.address(name)
            yield
        for language in LANGUAGES:
            for name in _templates(app):
                with force_locale(language):
                    app.jinja_env.get_template(name)
                yield


def _statements() -> Iterator[None]:
    for each in statements.every():
        each.compile_for(db.engine.dialect)
        yield
    for ask in (stands.stand, places.dashboard):
        with suppress(NotFound):
            ask(NO_ID)
        yield
    with read_transaction() as connection:
        loading.make_ready(connection)
    yield


def _templates(app: Flask) -> list[str]:
    names = app.create_global_jinja_loader().list_templates()
    return [name for name in names if name.startswith(CROWDED)]
