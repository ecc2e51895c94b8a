"""The overview, and the fair's phase."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair import words
from jobfair.answers import Shown
from jobfair.blueprints.admin.pages import OVERVIEW, actor, confirmation, said, show
from jobfair.domain.state import Phase
from jobfair.identity import admin_only
from jobfair.queries import overview
from jobfair.services import fair

blueprint = Blueprint("overview", __name__, url_prefix="/admin")


def load() -> dict[str, object]:
    """What the overview shows."""
    return {"figures": overview.figures()}


@blueprint.get("/")
@admin_only
def index() -> str:
    shown = Shown(OVERVIEW, url_for("admin.overview.index"), load)
    return show(shown)


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
    fair.set_phase(actor(), Phase(phase))
    return said(words.phase_changed(phase), url_for("admin.overview.index"))
