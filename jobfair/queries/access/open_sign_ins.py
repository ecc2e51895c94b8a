"""The browsers and programs in which somebody is signed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from jobfair import clock
from jobfair.db.transactions import autocommit
from jobfair.models import SignIn

_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Windows": "Windows",
    "Mac OS X|Macintosh": "Mac",
    "Linux|X11": "Linux",
}
_BROWSERS = {
    "Edg": "Edge",
    "OPR|Opera": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox|FxiOS": "Firefox",
    "Chrom|CriOS": "Chrome",
    "Safari": "Safari",
}
"""The order counts: each browser also gives the names of those below it."""


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """A sign-in that has not ended. `name` is that of its browser; empty where unknown.

    `seen_at` is exact to half an hour, as a sign-in is renewed no more often. `here` is true for
    the sign-in that asks.
    """

    id: int
    name: str
    since: datetime
    seen_at: datetime
    here: bool


def last_of(user_id: int) -> tuple[str, datetime] | None:
    """The browser and time of a user's last sign-in, ended or not; None before the first."""
    query = (
        select(SignIn.device, SignIn.created_at)
        .where(SignIn.user_id == user_id)
        .order_by(SignIn.id.desc())
        .limit(1)
    )
    with autocommit() as connection:
        row = connection.execute(query).first()
    return None if row is None else (name(row.device), row.created_at)


def of_user(user_id: int, sign_in_id: int) -> list[OpenSignIn]:
    """Where a user is signed in: the sign-in that asks first, then the newest first."""
    lifetime: timedelta = current_app.config["JWT_REFRESH_TOKEN_EXPIRES"]
    own = (
        select(SignIn.id, SignIn.device, SignIn.created_at, SignIn.expires_at)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
        .where(SignIn.expires_at > clock.now())
    )
    with autocommit() as connection:
        rows = list(connection.execute(own).all())
    rows.sort(key=lambda row: (row.id != sign_in_id, -row.id))
    return [
        OpenSignIn(
            row.id,
            name(row.device),
            row.created_at,
            row.expires_at - lifetime,
            here=row.id == sign_in_id,
        )
        for row in rows
    ]


def name(user_agent: str) -> str:
    """The browser and system that a User-Agent header names: `Firefox, Android`."""
    return ", ".join(filter(None, (_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))))


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((label for pattern, label in names.items() if re.search(pattern, user_agent)), "")
