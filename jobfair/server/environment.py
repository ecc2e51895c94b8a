"""Whether the environment's settings are safe to serve with; each problem is a sentence.

Nothing but the standard library: gunicorn.conf.py imports it before the gevent
worker has patched anything.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

SECRET_LENGTH = 32
PASSWORD_LENGTH = 8
LEAST_VARIETY = 10
"""Different characters of a secret; one that was made by chance has more."""

DEMO_PASSWORD = "demo-jobfair"  # noqa: S105 - public, and refused for that

WORKERS = "JOBFAIR_WORKERS"
PRODUCTION = "JOBFAIR_PRODUCTION"

WHOLE_NUMBERS = {
    WORKERS: 1,
    "JOBFAIR_TRUSTED_PROXIES": 0,
    "JOBFAIR_KEEP_DAYS": 0,
    "JOBFAIR_MAX_CONTENT_LENGTH": 1,
    "JOBFAIR_MAX_FORM_MEMORY_SIZE": 1,
}
"""Each with the least that it may be."""

SECONDS = ("JOBFAIR_HEARTBEAT_SECONDS",)
SWITCHES = (PRODUCTION, "JOBFAIR_SESSION_COOKIE_SECURE", "JOBFAIR_RATELIMIT_ENABLED")
DEBUGGING = ("JOBFAIR_DEBUG", "JOBFAIR_TESTING", "FLASK_DEBUG")

# An @ in a password ends it too soon, and is refused here rather than looked up as a machine.
_USER = r"(?:[^:/@]*(?::[^@]*)?@)?"
_HOST = r"(?:\[[^\]/]+\]|[^\[\]:/?@]*)(?::\d+)?"
_DATABASE = re.compile(
    rf"sqlite://(?:/[^?]*)?(?:\?.*)?|(?:postgres|postgresql)(?:\+psycopg)?://{_USER}{_HOST}/[^?]+(?:\?.*)?"
)
_SMTP = re.compile(rf"smtps?://{_USER}{_HOST}/?")
_REDIS = re.compile(rf"rediss?://{_USER}{_HOST}(?:/\d*)?(?:\?.*)?|unix://.+")


def workers(environ: Mapping[str, str]) -> int:
    """How many processes are asked for; 1 where that is no number, which `problems` tells."""
    asked = environ.get(WORKERS) or "1"
    return int(asked) if _is_whole(asked, 1) else 1


def problems(environ: Mapping[str, str], workers: int) -> list[str]:
    """What stands against serving with these settings, all of it; empty when nothing does.

    Some settings are wrong anywhere. Production, which several workers imply, asks for more. No
    sentence repeats a value that may hold a password.
    """
    found = [*_unreadable(environ), *_unmailable(environ)]
    if workers > 1 or environ.get(PRODUCTION) in ("true", "1"):
        found += [*_guessable(environ), *_telling(environ)]
    if workers > 1:
        found += [*_unshared(environ, workers)]
    return found


def _unreadable(environ: Mapping[str, str]) -> Iterator[str]:
    for name, least in WHOLE_NUMBERS.items():
        if environ.get(name) and not _is_whole(environ[name], least):
            yield f"{name} must be a whole number, {least} or more; it is «{environ[name]}»."
    for name in SECONDS:
        if name in environ and not _is_time(environ[name]):
            yield f"{name} must be a number of seconds; it is «{environ[name]}»."
    for name in SWITCHES:
        if environ.get(name, "") not in ("", "true", "false", "1", "0"):
            yield f"{name} must be true or false; it is «{environ[name]}»."
    zone = environ.get("JOBFAIR_BABEL_DEFAULT_TIMEZONE")
    if zone is not None and not _is_zone(zone):
        yield f"JOBFAIR_BABEL_DEFAULT_TIMEZONE must be a zone such as Europe/Paris; it is «{zone}»."
    if not _DATABASE.fullmatch(environ.get("JOBFAIR_DATABASE_URL") or "sqlite://"):
        yield (
            "JOBFAIR_DATABASE_URL must look like postgresql://user:password@host:5432/database, or "
            "sqlite:////a/path; @ : / ? # and % in a password are written %40 %3A %2F %3F %23 %25."
        )
    if not _REDIS.fullmatch(environ.get("JOBFAIR_REDIS_URL") or "redis://"):
        yield "JOBFAIR_REDIS_URL must look like redis://host:6379/0."


def _unmailable(environ: Mapping[str, str]) -> Iterator[str]:
    url = environ.get("JOBFAIR_SMTP_URL", "")
    if not url:
        return
    if not _SMTP.fullmatch(url):
        yield "JOBFAIR_SMTP_URL must look like smtp://user:password@host:587, or smtps://…:465."
    if not environ.get("JOBFAIR_MAIL_FROM"):
        yield "JOBFAIR_SMTP_URL is set, so JOBFAIR_MAIL_FROM must say whom mails come from."
    if not environ.get("JOBFAIR_PUBLIC_URL", "").startswith(("https://", "http://")):
        yield (
            "JOBFAIR_SMTP_URL is set, so JOBFAIR_PUBLIC_URL must say where links in mails lead, "
            "such as https://fair.example."
        )


def _guessable(environ: Mapping[str, str]) -> Iterator[str]:
    secret = environ.get("JOBFAIR_SECRET_KEY", "")
    making = "`openssl rand -hex 32` makes one"
    if not secret:
        yield f"JOBFAIR_SECRET_KEY is not set, and it signs every session: {making}."
    elif len(secret) < SECRET_LENGTH:
        yield f"JOBFAIR_SECRET_KEY is shorter than {SECRET_LENGTH} characters: {making}."
    elif len(set(secret)) < LEAST_VARIETY:
        yield f"JOBFAIR_SECRET_KEY can be guessed: {making}."
    password = environ.get("JOBFAIR_ADMIN_PASSWORD", "")
    if password and len(password) < PASSWORD_LENGTH:
        yield f"JOBFAIR_ADMIN_PASSWORD is shorter than {PASSWORD_LENGTH} characters."
    if password == DEMO_PASSWORD:
        yield "JOBFAIR_ADMIN_PASSWORD is that of the demo, which everybody knows: take another."


def _telling(environ: Mapping[str, str]) -> Iterator[str]:
    for name in DEBUGGING:
        if _is_on(environ.get(name, "")):
            yield f"{name} is on, and shows the inside of the program to whoever finds an error."


def _unshared(environ: Mapping[str, str], workers: int) -> Iterator[str]:
    if not environ.get("JOBFAIR_REDIS_URL"):
        yield (
            f"JobFair cannot run {workers} workers without Redis: "
            f"set JOBFAIR_REDIS_URL, or {WORKERS}=1."
        )
    if (environ.get("JOBFAIR_DATABASE_URL") or "sqlite://").startswith("sqlite"):
        yield (
            f"JobFair cannot run {workers} workers on SQLite: "
            f"set JOBFAIR_DATABASE_URL to a PostgreSQL database, or {WORKERS}=1."
        )


def _is_whole(text: str, least: int) -> bool:
    # Digits alone: Python would also take 1_000 and a number in Arabic writing.
    return text.isascii() and text.isdigit() and int(text) >= least


def _is_time(text: str) -> bool:
    try:
        return 0 < float(text) < math.inf
    except ValueError:
        return False


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def _is_on(text: str) -> bool:
    # Flask reads its own variable by words and ours as JSON, where any other word is on too.
    if text.lower() in ("", "0", "false", "no"):
        return False
    try:
        return bool(json.loads(text))
    except ValueError:
        return True
