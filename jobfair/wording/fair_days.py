"""When a fair is, in words."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _


def fair_days(starts_on: date | None, ends_on: date | None) -> str:
    """The days of a fair, «12 March 2027»; empty where none is known."""
    first, last = _written(starts_on), _written(ends_on)
    if not first or not last:
        return _("From %(day)s", day=first) if first else _until(last)
    if first == last:
        return first
    return _("%(first)s to %(last)s", first=first, last=last)


def _written(day: date | None) -> str:
    return "" if day is None else str(format_date(day, "long"))  # type: ignore[no-untyped-call]


def _until(last: str) -> str:
    return _("Until %(day)s", day=last) if last else ""
