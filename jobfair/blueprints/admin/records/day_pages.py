"""The day again: the hall at any minute, and one stand's board, of the fair or a past edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import render_template, request
from flask_babel import gettext as _

from jobfair import clock
from jobfair.fields.input.types import LARGEST_ID
from jobfair.queries.admin.figures.past_editions import PastEdition
from jobfair.queries.admin.records.day_again import DayThen
from jobfair.queries.standings import not_yet
from jobfair.wording.times import local_time

STEPS = (-5, 5)
"""Minutes that a button goes back or on."""


def show(
    day_then: Callable[[datetime, int | None], DayThen],
    latest: Callable[[], datetime],
    edition: PastEdition | None = None,
) -> tuple[str, int]:
    """The hall at the minute that was asked for, or at the latest.

    A time that cannot be read, or is to come, is refused; its field keeps it.
    """
    moment, error = _asked()
    moment = latest() if moment is None else moment
    company_id = request.args.get("company", type=int)
    if company_id is not None and not 0 < company_id <= LARGEST_ID:
        company_id = None
    found = day_then(moment, company_id)
    local = moment.astimezone(local_time.zone())
    page = render_template(
        "admin/day_again.html",
        day=found,
        typed=request.args.get("at", "") if error else f"{local:%Y-%m-%dT%H:%M}",
        error=error,
        slider=_slider(found, local),
        company_id=company_id,
        steps=STEPS,
        edition=edition,
    )
    return page, 400 if error else 200


def _asked() -> tuple[datetime | None, str | None]:
    typed = request.args.get("at", "").strip()
    if not typed:
        return None, None
    try:
        moment = local_time.typed(typed)
    except ValueError:
        return None, _("Give a date and a time such as 2026-11-23 09:30.")
    if moment > clock.now():
        return None, not_yet()
    step = request.args.get("step", 0, type=int)
    if step in STEPS:
        moment = min(moment + timedelta(minutes=step), clock.now())
    return moment, None


def _slider(found: DayThen, local: datetime) -> dict[str, int]:
    """The minutes of the day that can be looked at, and the one that is."""
    here = _minute(local)
    first, last = (
        here if each is None else _minute(each.astimezone(local_time.zone()))
        for each in (found.first, found.last)
    )
    # The last change is seen at the end of its minute, once that has come.
    now = clock.now().astimezone(local.tzinfo)
    last = last if _minute(now) == last and now.date() == local.date() else last + 1
    return {"first": min(first, here), "last": max(last, here), "here": here}


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
