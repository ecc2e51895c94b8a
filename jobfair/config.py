"""Fills an application's configuration, and makes the secrets that are not configured."""

from __future__ import annotations

import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask

from jobfair import settings
from jobfair.db.engine import engine_options
from jobfair.ops.private_files import kept
from jobfair.security import vapid
from jobfair.web.security.browsers.cookies import HOST_BOUND


def configure(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Fill `app.config` from the defaults, the environment and the caller, in that order.

    Raises InvalidSettings.
    """
    _keep_private(Path(app.instance_path))
    config, given = app.config, settings.read(overrides)
    config.update(given.for_flask())
    database_url = config.get("DATABASE_URL") or f"sqlite:///{_instance(app) / 'jobfair.sqlite'}"
    config["SQLALCHEMY_DATABASE_URI"] = database_url
    config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(database_url)
    config["SECRET_KEY"] = config["SECRET_KEY"] or kept(_instance(app) / "secret_key", _new_secret)
    config["JWT_SECRET_KEY"] = config["SECRET_KEY"]
    if given.settings.session_cookie_secure is None:
        config["SESSION_COOKIE_SECURE"] = config["PRODUCTION"]
    if config["SESSION_COOKIE_SECURE"]:
        config["SESSION_COOKIE_NAME"] = f"{HOST_BOUND}session"
    storage = config["RATELIMIT_STORAGE_URI"] or config["REDIS_URL"] or "memory://"
    config["RATELIMIT_STORAGE_URI"] = storage
    config["VAPID_PRIVATE_KEY"] = config["VAPID_PRIVATE_KEY"] or kept(
        _instance(app) / "vapid_private_key", vapid.new_key
    )


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _instance(app: Flask) -> Path:
    path = Path(app.instance_path)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _keep_private(folder: Path) -> None:
    """Take from others what an older version, or a copy by hand, has let them read."""
    for path in (folder, *folder.rglob("*")):
        # It may be gone by now, or somebody else's.
        with suppress(OSError):
            path.chmod(path.stat().st_mode & stat.S_IRWXU)
