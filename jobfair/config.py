"""Settings: safe defaults, then the environment (`JOBFAIR_NAME` sets Flask's `NAME`)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from flask import Flask

from jobfair.db.engine import engine_options
from jobfair.security import vapid


class Defaults:
    """What holds when neither the environment nor the caller says otherwise."""

    JWT_ACCESS_TOKEN_EXPIRES = timedelta(minutes=30)
    JWT_REFRESH_TOKEN_EXPIRES = timedelta(days=1)
    BABEL_DEFAULT_LOCALE = "fr"
    BABEL_DEFAULT_TIMEZONE = "Europe/Paris"
    MAX_CONTENT_LENGTH = 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 256 * 1024
    RATELIMIT_ENABLED = True
    RATELIMIT_HEADERS_ENABLED = True
    # Without Redis each process counts for itself; nobody is kept out for it.
    RATELIMIT_IN_MEMORY_FALLBACK_ENABLED = True
    PRODUCTION = False
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = ""
    """In production unless said otherwise: browsers send such a cookie over HTTPS alone."""
    TRUSTED_PROXIES = 0
    """How many proxies stand in front; what they say of the visitor is believed."""
    REDIS_URL = ""
    SMTP_URL = ""
    """The server that takes mail, such as smtp://user:password@host:587; none, and none is sent."""
    MAIL_FROM = ""
    PUBLIC_URL = ""
    """Where the fair is reached from outside: what links in mails begin with."""
    KEEP_DAYS = 30
    """How many days after its end a fair's people are removed; 0 is never."""
    HEARTBEAT_SECONDS = 15.0
    ADMIN_EMAIL = ""
    ADMIN_PASSWORD = ""
    VAPID_SUBJECT = ""
    # For a stand-in of a push service on this machine or network; never on the day.
    PUSH_ANYWHERE = False


def configure(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Fill `app.config` from the defaults, the environment and the caller, in that order."""
    app.config.from_object(Defaults)
    app.config.from_prefixed_env("JOBFAIR")
    app.config.update(overrides)
    config = app.config
    config["SQLALCHEMY_DATABASE_URI"] = _database_url(app)
    config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(config["SQLALCHEMY_DATABASE_URI"])
    config["SECRET_KEY"] = config.get("SECRET_KEY") or _kept(app, "secret_key", _new_secret)
    config["JWT_SECRET_KEY"] = config["SECRET_KEY"]
    config["TRUSTED_PROXIES"] = int(config["TRUSTED_PROXIES"] or 0)
    if config["SESSION_COOKIE_SECURE"] == "":
        config["SESSION_COOKIE_SECURE"] = bool(config["PRODUCTION"])
    config.setdefault("RATELIMIT_STORAGE_URI", config["REDIS_URL"] or "memory://")
    config["VAPID_PRIVATE_KEY"] = config.get("VAPID_PRIVATE_KEY") or _kept(
        app, "vapid_private_key", vapid.new_key
    )
    for name in ("ADMIN_EMAIL", "ADMIN_PASSWORD", "SECRET_KEY", "VAPID_PRIVATE_KEY"):
        # The environment's values are read as JSON where they look like it: 12345678 is a
        # password all the same.
        config[name] = str(config[name])


def _database_url(app: Flask) -> str:
    url = app.config.get("DATABASE_URL") or f"sqlite:///{_instance(app) / 'jobfair.sqlite'}"
    scheme, separator, rest = str(url).partition("://")
    # The short names that hosts hand out; SQLAlchemy wants the driver named.
    driver = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
    return driver.get(scheme, scheme) + separator + rest


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _kept(app: Flask, name: str, make: Callable[[], str]) -> str:
    """A secret made on first start and kept, so that a restart signs nobody out.

    Of several workers that start together the first makes it for all.
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
