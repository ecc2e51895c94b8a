"""JobFair: a live queue for job fairs. The application factory; no rules here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from jobfair import blueprints, database, errors, headers, identity, language
from jobfair.commands import fair
from jobfair.config import configure
from jobfair.extensions import db, limiter, migrate


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application.

    Takes settings that win over the environment's. It neither migrates, waits nor calls out.
    """
    app = Flask(__name__)
    configure(app, config or {})
    db.init_app(app)
    migrate.init_app(app, db)
    limiter.init_app(app)
    database.prepare(app)
    language.init_app(app)
    identity.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    blueprints.init_app(app)
    app.cli.add_command(fair)
    return app
