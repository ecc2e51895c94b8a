"""JobFair: a live queue for job fairs. This module is the application factory; no rules here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application.

    `config` are settings that win over the environment. This neither migrates the database nor
    waits for, or connects to, any server.
    """
    # Imported here: gunicorn's master imports parts of this package before gevent patches sockets.
    from jobfair import blueprints, web
    from jobfair.commands import fair
    from jobfair.config import configure
    from jobfair.db import engine
    from jobfair.extensions import db, migrate
    from jobfair.live import fragments
    from jobfair.web.request_log import LoggedFlask

    # The static folder has a route of its own.
    app = LoggedFlask(__name__, static_folder=None)
    configure(app, config or {})
    db.init_app(app)
    migrate.init_app(app, db)
    engine.prepare(app)
    web.init_app(app)
    fragments.init_app(app)
    blueprints.init_app(app)
    app.cli.add_command(fair)
    return app
