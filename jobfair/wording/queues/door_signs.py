"""What a stand may say to its own queue, and how those who wait read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from jobfair.domain.state import DoorSign
from jobfair.wording.times.local_time import hour

READY: Mapping[DoorSign, LazyString] = MappingProxyType(
    {
        DoorSign.BACK_IN_10: lazy_gettext("Back in 10 min"),
        DoorSign.BACK_IN_20: lazy_gettext("Back in 20 min"),
        DoorSign.LUNCH: lazy_gettext("Lunch, 45 min"),
        DoorSign.LATE: lazy_gettext("Running late"),
    }
)
"""The ready ones as a stand chooses them."""


def said(sign: DoorSign, text: str | None, until: datetime) -> str:
    """What the sign says, in the reader's language: a time, as minutes are wrong a minute later."""
    match sign:
        case DoorSign.BACK_IN_10 | DoorSign.BACK_IN_20:
            return gettext("Back at %(hour)s", hour=hour(until))
        case DoorSign.LUNCH:
            return gettext("Lunch break, back at %(hour)s", hour=hour(until))
        case DoorSign.LATE:
            return gettext("We are running late. Thank you for waiting!")
        case DoorSign.OWN_WORDS:
            return text or ""
