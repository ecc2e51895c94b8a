"""Fills an application's configuration, and makes the secrets that are not configured."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from jobfair import settings
from jobfair.db.engine import engine_options
from jobfair.ops.private_files import kept
from jobfair.security import vapid


def configure(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Fill `app.config` from the defaults, the environment and the caller, in that order.

    Raises InvalidSettings.
    """
    config, given = app.config, settings.read(overrides)
    config.update(given.for_flask())
    database_url = config.get("DATABASE_URL") or f"sqlite:///{_instance(app) / 'jobfair.sqlite'}"
    config["SQLALCHEMY_DATABASE_URI"] = database_url
    config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(database_url)
    config["SECRET_KEY"] = config["SECRET_KEY"] or kept(_instance(app) / "secret_key", _new_secret)
    config["JWT_SECRET_KEY"] = config["SECRET_KEY"]
    if given.settings.session_cookie_secure is None:
        config["SESSION_COOKIE_SECURE"] = config["PRODUCTION"]
    storage = config["RATELIMIT_STORAGE_URI"] or config["REDIS_URL"] or "memory://"
    config["RATELIMIT_STORAGE_URI"] = storage
    config["VAPID_PRIVATE_KEY"] = config["VAPID_PRIVATE_KEY"] or kept(
        _instance(app) / "vapid_private_key", vapid.new_key
    )


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _instance(app: Flask) -> Path:
    path = Path(app.instance_path)
    path.mkdir(parents=True, exist_ok=True)
    return path
