"""The overview, and the fair's phase."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.blueprints.admin.forms import EndEdit
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.fields.fair import ENDS_ON
from jobfair.live.pages.admin import OVERVIEW
from jobfair.queries.admin import overview, retention
from jobfair.services import fair
from jobfair.services.access.rights import Right
from jobfair.web.edit_forms import EditForm
from jobfair.web.open_pages import open_page
from jobfair.web.responses import browse, redirect_with_message, show
from jobfair.web.security.authentication import current_actor, needs
from jobfair.wording import phases

blueprint = Blueprint("overview", __name__)


@blueprint.get(OVERVIEW.address)
@needs(Right.LOOK)
def index() -> Response:
    return browse(open_page(OVERVIEW))


@blueprint.post("/admin/end")
@needs(Right.MANAGE)
def change_end() -> Response | tuple[str, int]:
    """Say on which day the fair ends; blank for none."""
    form = EditForm(
        [ENDS_ON],
        stored=lambda: {ENDS_ON.name: retention.retention_period().ends_on},
        page=partial(show, open_page(OVERVIEW)),
    )
    return form.submit(EndEdit, _set_end, OVERVIEW.address)


def _set_end(changes: Mapping[str, Any], seen: Mapping[str, str]) -> Refusal | None:
    return fair.set_end(current_actor(), changes[ENDS_ON.name], seen) if changes else None


@blueprint.get("/admin/phase/<any(preparing, open, closed):phase>")
@needs(Right.MANAGE)
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
@needs(Right.MANAGE)
def change_phase(phase: str) -> Response:
    fair.set_phase(current_actor(), Phase(phase))
    return redirect_with_message(phases.announcement(phase), OVERVIEW.address)
