"""The overview, and the fair's phase."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.domain.state import Phase
from jobfair.live.pages.admin import OVERVIEW
from jobfair.queries.admin.fair import overview
from jobfair.services.access.rights import Right
from jobfair.services.fair import fair
from jobfair.web.pages.open_pages import open_page
from jobfair.web.pages.responses import browse, redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.wording.fair import phases

blueprint = Blueprint("overview", __name__)


@blueprint.get(OVERVIEW.address)
@needs(Right.LOOK)
def index() -> Response:
    return browse(open_page(OVERVIEW))


@blueprint.get("/admin/phase/<any(preparing, open, closed):phase>")
@needs(Right.MANAGE)
def confirm_phase(phase: str) -> str:
    running = overview.figures().running
    consequences = {
        Phase.PREPARING: _("Students join queues; nobody is called or starts an interview."),
        Phase.OPEN: _("The first student at a stand with a free seat is called at once."),
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
@needs(Right.MANAGE)
def change_phase(phase: str) -> Response:
    fair.set_phase(current_actor(), Phase(phase))
    return redirect_with_message(phases.announcement(phase), OVERVIEW.address)
