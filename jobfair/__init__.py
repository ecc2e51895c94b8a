"""JobFair: a live queue for job fairs. The application factory; no rules here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application.

    Takes settings that win over the environment's. It neither migrates, waits nor calls out.
    """
    # Here, as the server's master imports parts of this package before sockets are patched.
    from jobfair import (
        abandoned,
        assets,
        blueprints,
        compression,
        database,
        errors,
        headers,
        identity,
        language,
        pages,
        proxies,
        repeats,
        request_log,
    )
    from jobfair.commands import fair
    from jobfair.config import configure
    from jobfair.extensions import db, limiter, migrate
    from jobfair.request_log import LoggedFlask
    from jobfair.templating import TranslatedEnvironment

    # The static folder has a route of its own.
    app = LoggedFlask(__name__, static_folder=None)
    app.jinja_environment = TranslatedEnvironment
    configure(app, config or {})
    request_log.init_app(app)
    abandoned.init_app(app)
    proxies.init_app(app)
    db.init_app(app)
    migrate.init_app(app, db)
    limiter.init_app(app)
    database.prepare(app)
    language.init_app(app)
    identity.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    compression.init_app(app)
    # After it, so that what is kept of an answer is what was said, not how it was sent.
    repeats.init_app(app)
    assets.init_app(app)
    pages.init_app(app)
    blueprints.init_app(app)
    app.cli.add_command(fair)
    return app
