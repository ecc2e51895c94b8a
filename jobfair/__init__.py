"""JobFair: a live queue for job fairs. The application factory; no rules here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from jobfair import (
    assets,
    blueprints,
    compression,
    database,
    errors,
    headers,
    identity,
    language,
    repeats,
)
from jobfair.commands import fair
from jobfair.config import configure
from jobfair.extensions import db, limiter, migrate
from jobfair.templating import TranslatedEnvironment


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application.

    Takes settings that win over the environment's. It neither migrates, waits nor calls out.
    """
    # The static folder has a route of its own.
    app = Flask(__name__, static_folder=None)
    app.jinja_environment = TranslatedEnvironment
    configure(app, config or {})
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
    blueprints.init_app(app)
    app.cli.add_command(fair)
    return app
