"""Where somebody is signed in."""

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
"""In order, as each browser also says the names of those that come after it."""


@dataclass(frozen=True, slots=True)
class Device:
    """A living sign-in. `name` is empty where the device does not say what it is.

    `seen_at` is right to half an hour: a sign-in is renewed no more often. `here` is the one of
    who asks.
    """

    id: int
    name: str
    since: datetime
    seen_at: datetime
    here: bool


def devices(user_id: int, sign_in_id: int) -> list[Device]:
    """Where a user is signed in: first with the sign-in that asks, then the latest first."""
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
        Device(
            row.id,
            name(row.device),
            row.created_at,
            row.expires_at - lifetime,
            here=row.id == sign_in_id,
        )
        for row in rows
    ]


def name(user_agent: str) -> str:
    """What a device is called, from what it says of itself: `Firefox, Android`."""
    return ", ".join(filter(None, (_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))))


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((said for sign, said in names.items() if re.search(sign, user_agent)), "")
