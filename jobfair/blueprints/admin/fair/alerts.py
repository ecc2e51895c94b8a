"""The alerts, and the buttons beside each: what solves it, without leaving the page."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.blueprints.admin.called import did_not_come
from jobfair.domain.events import StudentStatusChanged
from jobfair.domain.refusals import Refusal
from jobfair.live.pages.admin import ALERTS, OVERVIEW
from jobfair.services.access.rights import Right
from jobfair.services.fair import alerts
from jobfair.services.queues import overrides
from jobfair.services.students import students
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer, browse
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("alerts", __name__, url_prefix=ALERTS.address)


@blueprint.get("")
@needs(Right.LOOK)
def index() -> Response:
    return browse(open_page(ALERTS))


@blueprint.post("/<alert>/taking")
@needs(Right.HELP)
def take(alert: str) -> Response:
    """Take an alert on: the others of the team see so."""
    outcome = alerts.take(current_actor(), alert)
    return answer(sent_from(open_page(OVERVIEW)), outcome, alert, _("You have taken this on"))


@blueprint.post("/<alert>/taking/end")
@needs(Right.HELP)
def give_back(alert: str) -> Response:
    outcome = alerts.give_back(current_actor(), alert)
    return answer(sent_from(open_page(OVERVIEW)), outcome, alert, _("Given back"))


@blueprint.post("/entries/<int:entry_id>/complete")
@needs(Right.HELP)
def complete(entry_id: int) -> Response:
    outcome = overrides.complete_for(current_actor(), entry_id)
    return answer(sent_from(open_page(OVERVIEW)), outcome, f"entry-{entry_id}", _("Interview done"))


@blueprint.post("/entries/<int:entry_id>/absent")
@needs(Right.HELP)
def absent(entry_id: int) -> Response:
    return did_not_come(sent_from(open_page(OVERVIEW)), entry_id)


@blueprint.post("/companies/<int:company_id>/available")
@needs(Right.HELP)
def make_available(company_id: int) -> Response:
    """Bring back the students who are skipped in the queue only because they are on a break."""
    outcome = students.make_queue_available(current_actor(), company_id)
    changed = 0 if isinstance(outcome, Refusal) else len(outcome.events(StudentStatusChanged))
    message = ngettext(
        "%(num)d student is available again", "%(num)d students are available again", changed
    )
    return answer(sent_from(open_page(OVERVIEW)), outcome, f"company-{company_id}", message)
