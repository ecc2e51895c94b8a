"""Fills an application's configuration, and makes the secrets that are not configured."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from flask import Flask

from jobfair import settings
from jobfair.db.engine import engine_options
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
    config["SECRET_KEY"] = config["SECRET_KEY"] or _stored_secret(app, "secret_key", _new_secret)
    config["JWT_SECRET_KEY"] = config["SECRET_KEY"]
    if given.settings.session_cookie_secure is None:
        config["SESSION_COOKIE_SECURE"] = config["PRODUCTION"]
    storage = config["RATELIMIT_STORAGE_URI"] or config["REDIS_URL"] or "memory://"
    config["RATELIMIT_STORAGE_URI"] = storage
    config["VAPID_PRIVATE_KEY"] = config["VAPID_PRIVATE_KEY"] or _stored_secret(
        app, "vapid_private_key", vapid.new_key
    )


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _stored_secret(app: Flask, name: str, make: Callable[[], str]) -> str:
    """A secret that is made at the first start and stored, so that a restart signs nobody out.

    If several workers start together, the first one makes it for all.
    """
    path = _instance(app) / name
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent, prefix=f".{name}.") as file:
            file.write(make())
            file.flush()
            with suppress(FileExistsError):
                path.hardlink_to(file.name)
    return path.read_text().strip()


def _instance(app: Flask) -> Path:
    path = Path(app.instance_path)
    path.mkdir(parents=True, exist_ok=True)
    return path
