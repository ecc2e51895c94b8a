"""A worker that has just started makes ready what its first visitors would wait for.

Templates are compiled, statements made and files compressed at their first use, which takes half
a second for a stand's page. After a deploy, or in the place of a worker that died, everybody
comes at once.
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
from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.server import gc_tuning
from jobfair.unit_of_work import loading
from jobfair.web.rendering import assets
from jobfair.wording.language import LANGUAGES

MOMENT_SECONDS = 0.002
BREATH_SECONDS = 0.05
"""Between one step and the next, which mostly takes ten milliseconds, visitors are served. Where
there are none all of it takes a second, where there are many some ten."""

FOR_THE_CROWD = ("layout/", "stand/", "student/")
"""An organiser waits that half second once."""

FILES = ("vendor/htmx.min.js", "common.css", "common.js", "student.css", "stand.css")
"""Those that take longest to compress."""

NOBODY = 0

log = logging.getLogger(__name__)


def start(app: Flask) -> Thread:
    """Make ready in the background, visitors first. Returns the thread that does."""
    gc_tuning.look_seldom()
    thread = Thread(target=_make_ready, args=(app,), daemon=True)
    thread.start()
    return thread


def _make_ready(app: Flask) -> None:
    for _ in steps(app):
        _let_visitors_go_first()
    gc_tuning.leave_what_is_there()


def _let_visitors_go_first() -> None:
    began = time.monotonic()
    time.sleep(MOMENT_SECONDS)
    if time.monotonic() - began > 2 * MOMENT_SECONDS:
        time.sleep(BREATH_SECONDS)


def steps(app: Flask) -> Iterator[None]:
    """Make ready, one thing after the other."""
    with app.app_context():
        try:
            yield from _statements()
        except SQLAlchemyError as error:
            # They are made when the database is there and somebody asks.
            log.warning("statements not made ready: %s", error)
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
            ask(NOBODY)
        yield
    with read_transaction() as connection:
        loading.make_ready(connection)
    yield


def _templates(app: Flask) -> list[str]:
    names = app.create_global_jinja_loader().list_templates()
    return [name for name in names if name.startswith(FOR_THE_CROWD)]
