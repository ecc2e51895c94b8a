"""The overview, and the fair's phase."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.domain.state import Phase
from jobfair.live.pages.admin import OVERVIEW
from jobfair.queries.admin import overview
from jobfair.services import fair
from jobfair.web.open_pages import open_page
from jobfair.web.refusals import refuse
from jobfair.web.responses import browse, redirect_with_message, show
from jobfair.web.security.authentication import admin_only, current_actor
from jobfair.wording import phases

blueprint = Blueprint("overview", __name__)


@blueprint.get(OVERVIEW.address)
@admin_only
def index() -> str:
    return browse(open_page(OVERVIEW))


@blueprint.post("/admin/end")
@admin_only
def change_end() -> Response | tuple[str, int]:
    """Say on which day the fair ends; blank for none."""
    typed = request.form.get("ends_on", "").strip()
    try:
        ends_on = date.fromisoformat(typed) if typed else None
    except ValueError:
        return _form_again({"ends_on": _("Give a day such as 2026-11-30.")})
    refusal = fair.set_end(current_actor(), ends_on)
    if refusal is not None:
        return _form_again(refuse(refusal).errors)
    return redirect_with_message(_("Saved"), OVERVIEW.address)


def _form_again(errors: dict[str, str]) -> tuple[str, int]:
    return show(open_page(OVERVIEW), errors=errors, values=request.form), 400


@blueprint.get("/admin/phase/<any(preparing, open, closed):phase>")
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
    return confirmation(titles[to], lines, buttons[to], OVERVIEW.address)


@blueprint.post("/admin/phase/<any(preparing, open, closed):phase>")
@admin_only
def change_phase(phase: str) -> Response:
    fair.set_phase(current_actor(), Phase(phase))
    return redirect_with_message(phases.announcement(phase), OVERVIEW.address)
