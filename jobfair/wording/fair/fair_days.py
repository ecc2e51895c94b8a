"""When a fair is, in words."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from jobfair.wording import language

_DAY, _DAY_AND_MONTH, _WHOLE = "d", "d MMMM", "d MMMM y"


def fair_days(starts_on: date | None, ends_on: date | None) -> str:
    """The days of a fair, «12 to 13 March 2027»; empty where none is known."""
    if starts_on is None or ends_on is None:
        if starts_on:
            return _("From %(day)s", day=_written(starts_on))
        return _("Until %(day)s", day=_written(ends_on)) if ends_on else ""
    if starts_on == ends_on:
        return _written(ends_on)
    first = _written(starts_on, _unlike(starts_on, ends_on))
    return _("%(first)s to %(last)s", first=first, last=_written(ends_on))


def _unlike(day: date, last: date) -> str:
    """As much of a day as the last one does not say for it."""
    if day.year != last.year:
        return _WHOLE
    return _DAY if day.month == last.month else _DAY_AND_MONTH


def _written(day: date, pattern: str = _WHOLE) -> str:
    words = str(format_date(day, pattern))  # type: ignore[no-untyped-call]
    is_ordinal = day.day == 1 and language.current() == "fr"
    return words.replace("1", "1er", 1) if is_ordinal else words
