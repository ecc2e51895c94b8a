"""The settings, each declared once: name, type, bounds, default and its row in the README.

The setting `name` is the environment variable `JOBFAIR_NAME`. It is parsed once, as its declared
type; nothing is guessed from how a value looks. An empty variable counts as not set.

May import Flask and pydantic, and nothing else of the application: gunicorn.conf.py reads the
settings before the gevent worker has patched the standard library.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from flask import Flask
from flask.helpers import get_debug_flag
from pydantic import Field, ValidationError
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from jobfair.settings import types

PREFIX = "JOBFAIR_"

FLASK_DEFAULTS: Mapping[str, Any] = {
    "BABEL_DEFAULT_LOCALE": "fr",
    "JWT_ACCESS_TOKEN_EXPIRES": timedelta(minutes=30),
    "JWT_REFRESH_TOKEN_EXPIRES": timedelta(days=1),
    "RATELIMIT_STORAGE_URI": "",
    "SESSION_COOKIE_SAMESITE": "Lax",
}
"""Our defaults for the settings of Flask and its extensions."""

EXTENSIONS = ("ALEMBIC_", "BABEL_", "JWT_", "RATELIMIT_", "REMEMBER_COOKIE_", "SQLALCHEMY_")
"""Prefixes of the extensions' own settings."""


class InvalidSettings(ValueError):
    """Some settings cannot be read; the message has a sentence for each."""


def _setting(default: Any, says: str, unset: str = "none", name: str | None = None) -> Any:
    """Declare a setting.

    `says` and `unset` are its text in the README: what it sets, and what holds without it. `name`
    is its variable, unless that is `JOBFAIR_` and the field's name.
    """
    # Without `repr`, so that a traceback with the settings in it shows no password.
    row: JsonDict = {"unset": unset}
    return Field(
        default, description=says, json_schema_extra=row, validation_alias=name, repr=False
    )


class Settings(BaseSettings):
    """JobFair's settings, read from the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    production: Annotated[bool, types.SWITCH] = _setting(
        False,
        "`true` sends cookies over HTTPS alone; with unsafe settings the server does not start, "
        "and names them",
        "`false`; with more than one worker, secrets and debugging are checked all the same",
    )
    secret_key: Annotated[str, types.TEXT] = _setting(
        "",
        "signs sessions; the same for all workers, 32 characters or more",
        "outside production, made once and kept in `instance/`",
    )
    database_url: Annotated[str | None, types.DATABASE_URL] = _setting(
        None,
        "the database, such as `postgresql://jobfair:…@db.example/jobfair`",
        "SQLite in `instance/`",
    )
    redis_url: Annotated[str, types.REDIS_URL] = _setting(
        "",
        "Redis or Valkey, such as `redis://cache.example:6379/0`; required for more than one "
        "worker",
    )
    workers: Annotated[int, types.whole(1, 256)] = _setting(1, "processes; about one per core", "1")
    bind: Annotated[tuple[str, ...], NoDecode, types.ADDRESSES] = _setting(
        (),
        "addresses to listen on, `host:port`, `[::1]:port` or `unix:/path`, with commas between",
        "`127.0.0.1` and the port",
    )
    port: Annotated[int, types.PORT] = _setting(
        8000, "the port, where `JOBFAIR_BIND` is not set", "8000", name="PORT"
    )
    trusted_proxies: Annotated[int, types.whole(0, 10)] = _setting(
        0,
        "how many proxies stand in front; the server trusts what they say about the visitor",
        "0: no proxy is trusted",
    )
    session_cookie_secure: Annotated[bool | None, types.SWITCH] = _setting(
        None,
        "`true` if browsers use HTTPS; `false` is refused in production",
        "as `JOBFAIR_PRODUCTION`",
    )
    smtp_url: Annotated[str, types.SMTP_URL] = _setting(
        "",
        "a mail server, such as `smtp://user:password@mail.example:587` or `smtps://…:465`; "
        "with it, somebody who forgot their password gets a link by mail, and a code proves an "
        "address before the first join",
        "none: organisers hand links over, and confirm addresses at the desk",
    )
    mail_from: Annotated[str, types.TEXT] = _setting(
        "", "the sender of mails; required with a mail server"
    )
    mails_a_minute: Annotated[int, types.whole(1, 600)] = _setting(
        60, "the most mails with links to companies in a minute, all together", "60"
    )
    public_url: Annotated[str, types.PUBLIC_URL] = _setting(
        "",
        "the site's address in links of mails, QR codes and cards, such as "
        "`https://fair.example`; required with a mail server and with the school's account",
        "the address in the organiser's browser",
    )
    trusted_hosts: Annotated[tuple[str, ...] | None, NoDecode, types.HOSTS] = _setting(
        None,
        "the host names to which the site answers, with commas between, such as "
        "`fair.example,127.0.0.1`; for others it answers 400",
        "all",
    )
    api_origins: Annotated[tuple[str, ...], NoDecode, types.ORIGINS] = _setting(
        (),
        "origins whose pages may call the JSON interface from a browser, such as "
        "`https://screen.example`, with commas between; with a key or a token, never by cookie",
        "none: browsers keep other sites' pages away",
    )
    oidc_issuer: Annotated[str, types.ISSUER] = _setting(
        "",
        "the address of the school's OpenID Connect provider, such as "
        "`https://login.school.example`; people then sign in with the school's account; "
        "needs the next two and `JOBFAIR_PUBLIC_URL`",
    )
    oidc_client_id: Annotated[str, types.TEXT] = _setting(
        "", "this site's client id at the provider"
    )
    oidc_client_secret: Annotated[str, types.TEXT] = _setting(
        "", "the client secret that the provider gave"
    )
    oidc_name: Annotated[str, types.TEXT] = _setting(
        "", "the name of the school's account on the button", "«the school's account»"
    )
    oidc_organiser_claim: Annotated[str, types.CLAIM] = _setting(
        "",
        "the claim that makes an organiser, such as `groups=jobfair`; one of several values is "
        "enough",
        "organisers sign in only with a password",
    )
    keep_days: Annotated[int, types.whole(0, 3_650)] = _setting(
        30,
        "how many days after the fair its people are removed, unless its page says another "
        "number; 0 means never",
        "30",
    )
    metrics_bind: Annotated[tuple[str, int] | None, NoDecode, types.METRICS_ADDRESS] = _setting(
        None, "address of a port for Prometheus, such as `127.0.0.1:9464`"
    )
    log_format: Annotated[str | None, types.LOG_FORMAT] = _setting(
        None, "`json` or `lines`", "lines on a terminal, else JSON"
    )
    log_addresses: Annotated[bool, types.SWITCH] = _setting(
        False,
        "`true` writes the visitor's address into the log line of a refused sign-in, for fail2ban",
        "`false`: a digest of it",
    )
    ratelimit_enabled: Annotated[bool, types.SWITCH] = _setting(
        True, "`false` lifts the limits on signing in; refused in production", "`true`"
    )
    second_factor: Annotated[str, types.SECOND_FACTOR] = _setting(
        "optional",
        "`required` makes everybody of the team set up a second factor, before anything else",
        "`optional`",
    )
    babel_default_timezone: Annotated[str, types.ZONE] = _setting(
        "Europe/Paris", "the fair's time zone, unless its page says another", "`Europe/Paris`"
    )
    admin_email: Annotated[str, types.TEXT] = _setting(
        "", "the first organiser, made by `fair setup`"
    )
    admin_password: Annotated[str, types.TEXT] = _setting(
        "",
        "the first organiser's password; unlike one from `fair admin` it need not be changed",
    )
    vapid_private_key: Annotated[str, types.VAPID_KEY] = _setting(
        "",
        "the key by which push services know the fair, 32 bytes in base64url",
        "made once and kept in `instance/`",
    )
    vapid_subject: Annotated[str, types.CONTACT] = _setting(
        "",
        "whom push services may write to, such as `mailto:you@example.org`",
        "`JOBFAIR_ADMIN_EMAIL`",
    )
    push_hosts: Annotated[tuple[str, ...], NoDecode, types.HOSTS] = _setting(
        (),
        "hosts of other push services than those of Chromium, Firefox, Safari and Edge, with "
        "commas between",
    )
    push_anywhere: Annotated[bool, types.SWITCH] = _setting(
        False,
        "`true` sends pushes to private addresses too, for a test push service; refused in "
        "production",
        "`false`",
    )
    heartbeat_seconds: Annotated[float, types.seconds(30)] = _setting(
        15.0, "after how many seconds a silent stream says that it is alive", "15"
    )
    max_content_length: Annotated[int, types.whole(1, types.GIBIBYTE)] = _setting(
        1024**2, "the most bytes of one request", "1 MiB"
    )
    max_form_memory_size: Annotated[int, types.whole(1, types.GIBIBYTE)] = _setting(
        256 * 1024, "the most bytes of one field of a form", "256 KiB"
    )
    debug: Annotated[bool | None, types.SWITCH] = _setting(
        None, "`true` shows the inside of the program; refused in production", "as `FLASK_DEBUG`"
    )
    testing: Annotated[bool, types.SWITCH] = _setting(
        False, "`true` lets errors through to tests; refused in production", "`false`"
    )


@dataclass(frozen=True)
class Configuration:
    """The settings that were read: JobFair's, Flask's, and a sentence for each invalid one.

    An invalid setting has its default value here.
    """

    settings: Settings
    flask: Mapping[str, Any]
    wrong: Mapping[str, str]

    def for_flask(self) -> dict[str, Any]:
        """All settings, by their names in `app.config`. Raises InvalidSettings."""
        if self.wrong:
            raise InvalidSettings("\n".join(self.wrong.values()))
        own = {name.upper(): value for name, value in self.settings if value is not None}
        return {**self.flask, **own}


def read(overrides: Mapping[str, Any] | None = None) -> Configuration:
    """Read the environment. Never raises.

    `overrides` are settings by Flask's names. They win over the environment; those of JobFair are
    validated too.
    """
    given = {name.lower(): value for name, value in (overrides or {}).items()}
    flask, wrong = {**FLASK_DEFAULTS, "DEBUG": get_debug_flag()}, {}
    for name, text, expected in _for_flask(os.environ):
        try:
            flask[name] = expected(text)
        except PydanticCustomError as error:
            wrong[name] = f"{PREFIX}{name} {error}"
    try:
        settings = Settings(**given)
    except ValidationError as error:
        sentences = {str(each["loc"][0]).lower(): each["msg"] for each in error.errors()}
        wrong |= {name: f"{variable(name)} {sentence}" for name, sentence in sentences.items()}
        defaults = {name: Settings.model_fields[name].default for name in sentences}
        settings = Settings(**given | defaults)
    return Configuration(settings, flask | dict(overrides or {}), wrong)


def variable(name: str) -> str:
    """The environment variable of a setting."""
    alias = Settings.model_fields[name].validation_alias
    return str(alias) if alias else f"{PREFIX}{name.upper()}"


def _for_flask(environ: Mapping[str, str]) -> Iterator[tuple[str, str, types.SettingType]]:
    """The settings of Flask and its extensions in the environment, each with its type.

    The type is that of the default; JSON where there is no default.
    """
    defaults = {**Flask.default_config, **FLASK_DEFAULTS}
    given = {
        key.removeprefix(PREFIX): text
        for key, text in environ.items()
        if key.startswith(PREFIX) and text
    }
    for name, text in given.items():
        if name.lower() in Settings.model_fields:
            continue
        if name in defaults or name.startswith(EXTENSIONS):
            yield name, text, types.BY_TYPE.get(type(defaults.get(name)), types.JSON)
