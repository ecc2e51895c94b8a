"""The overview, and the fair's phase."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair import clock
from jobfair.blueprints.admin.pages import (
    FOUND,
    OVERVIEW,
    confirmation,
    redirect_with_message,
)
from jobfair.db.transactions import revision
from jobfair.domain.state import Phase
from jobfair.live.fragments import replacing
from jobfair.queries.admin import (
    alerts,
    chart,
    directory,
    overview,
    retention,
)
from jobfair.queries.projections import interview_counts
from jobfair.services import fair
from jobfair.web.refusals import refuse
from jobfair.web.responses import Shown, wants_fragments
from jobfair.web.security.authentication import admin_only, current_actor
from jobfair.wording import phases

FOUND_SHOWN = 6

blueprint = Blueprint("overview", __name__, url_prefix="/admin")


def load() -> dict[str, Any]:
    """What the overview keeps showing."""
    return {
        "figures": overview.figures(),
        "retention": retention.retention_period(),
        "alerts": alerts.alerts(),
        "bars": chart.bars(interview_counts.began_by_quarter(), clock.now()),
        "longest": overview.longest_queues(),
    }


def shown() -> Shown:
    """The overview, as an action on it answers."""
    return Shown(OVERVIEW, url_for("admin.overview.index"), load)


@blueprint.get("/")
@admin_only
def index() -> str:
    search = request.args.get("q", "")
    found = {"search": search, **_found(search)}
    if wants_fragments():
        return replacing(FOUND.fragments(found), revision())
    return shown().render(**found)


@blueprint.post("/end")
@admin_only
def change_end() -> Response | tuple[str, int]:
    """Say on which day the fair ends; blank for none."""
    typed = request.form.get("ends_on", "").strip()
    try:
        ends_on = date.fromisoformat(typed) if typed else None
    except ValueError:
        return _again({"ends_on": _("Give a day such as 2026-11-30.")})
    refusal = fair.set_end(current_actor(), ends_on)
    if refusal is not None:
        return _again(refuse(refusal).errors)
    return redirect_with_message(_("Saved"), _address())


def _again(errors: dict[str, str]) -> tuple[str, int]:
    form = {"search": "", **_found(""), "errors": errors, "values": request.form}
    return shown().render(**form), 400


def _address() -> str:
    return url_for("admin.overview.index")


def _found(search: str) -> dict[str, Any]:
    """The first companies and students that a search finds; none for a blank one."""
    return {
        "companies": directory.first_companies(search, FOUND_SHOWN),
        "students": directory.first_students(search, FOUND_SHOWN),
    }


@blueprint.get("/phase/<any(preparing, open, closed):phase>")
@admin_only
def confirm_phase(phase: str) -> str:
    running = overview.figures().running
    consequences = {
        Phase.PREPARING: _("Students join queues; nobody is called or starts an interview."),
        Phase.OPEN: _("Whoever is first at a stand with a free seat is called at once."),
        Phase.CLOSED: _("Nobody joins a queue, is called or starts an interview any more."),
    }
    titles = {
        Phase.PREPARING: _("Put the fair back in preparation?"),
        Phase.OPEN: _("Open the fair?"),
        Phase.CLOSED: _("Close the fair?"),
    }
    buttons = {
        Phase.PREPARING: _("Put back in preparation"),
        Phase.OPEN: _("Open the fair"),
        Phase.CLOSED: _("Close the fair"),
    }
    to = Phase(phase)
    said_of_running = ngettext(
        "%(num)d interview is running and may be finished.",
        "%(num)d interviews are running and may be finished.",
        running,
    )
    lines = [consequences[to], *([said_of_running] if running and to is not Phase.OPEN else [])]
    return confirmation(titles[to], lines, buttons[to], url_for("admin.overview.index"))


@blueprint.post("/phase/<any(preparing, open, closed):phase>")
@admin_only
def change_phase(phase: str) -> Response:
    fair.set_phase(current_actor(), Phase(phase))
    return redirect_with_message(phases.announcement(phase), url_for("admin.overview.index"))
