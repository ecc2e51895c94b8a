"""One company: its link, its settings, its door, its end (flow 6, rules 6, 8, 10)."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.blueprints.admin.forms import CompanyEdit
from jobfair.db.transactions import current_phase
from jobfair.domain.state import CompanyStatus
from jobfair.fields.companies.companies import IN_FORMS
from jobfair.live.pages.admin import COMPANY
from jobfair.queries.admin import roster
from jobfair.queries.stand import stands
from jobfair.services.access.rights import Right
from jobfair.services.companies import companies
from jobfair.web.pages.edit_forms import EditForm
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer, browse, redirect_with_message, show
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.wording.queues import stands as stand_words

blueprint = Blueprint("company", __name__, url_prefix=COMPANY.address)


@blueprint.get("")
@needs(Right.LOOK)
def index(company_id: int) -> Response:
    return browse(open_page(COMPANY, company_id=company_id))


@blueprint.post("")
@needs(Right.MANAGE)
def edit(company_id: int) -> AnyResponse | tuple[str, int]:
    form = EditForm(
        IN_FORMS,
        stored=lambda: roster.company(company_id).fields,
        page=partial(show, open_page(COMPANY, company_id=company_id)),
    )
    write = partial(companies.edit, current_actor(), company_id)
    return form.submit(CompanyEdit, write, _address(company_id))


@blueprint.post("/pause")
@needs(Right.MANAGE)
def pause(company_id: int) -> Response:
    message = _("Paused: nobody is called")
    return _changed(company_id, {"status": CompanyStatus.PAUSED}, message)


@blueprint.post("/resume")
@needs(Right.MANAGE)
def resume(company_id: int) -> Response:
    message = stand_words.resumed(current_phase())
    return _changed(company_id, {"status": CompanyStatus.RECRUITING}, message)


@blueprint.post("/queue/close")
@needs(Right.MANAGE)
def close_queue(company_id: int) -> Response:
    recruiting = stands.company_by_id(company_id).recruiting
    message = stand_words.queue_closed(current_phase(), recruiting)
    return _changed(company_id, {"queue_open": False}, message)


@blueprint.post("/queue/open")
@needs(Right.MANAGE)
def open_queue(company_id: int) -> Response:
    recruiting = stands.company_by_id(company_id).recruiting
    message = stand_words.queue_opened(current_phase(), recruiting)
    return _changed(company_id, {"queue_open": True}, message)


@blueprint.get("/link")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_new_link(company_id: int) -> str:
    company = stands.company_by_id(company_id)
    return confirmation(
        _("Give %(name)s a new link?", name=company.name),
        [_("The old link dies at once, on every screen where it is open.")],
        _("Make a new link"),
        _address(company_id),
    )


@blueprint.post("/link")
@needs(Right.MANAGE)
@recently_confirmed
def new_link(company_id: int) -> AnyResponse:
    companies.regenerate_token(current_actor(), company_id)
    return redirect_with_message(
        _("Here is the new link. The old one is dead."), _address(company_id)
    )


@blueprint.get("/delete")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_delete(company_id: int) -> str:
    stand = stands.stand(company_id)
    return confirmation(
        _("Delete %(name)s?", name=stand.company.name),
        _concerned(stand.company.running, stand.company.waiting, stand.done_count),
        _("Delete the company"),
        _address(company_id),
    )


@blueprint.post("/delete")
@needs(Right.MANAGE)
@recently_confirmed
def delete(company_id: int) -> AnyResponse:
    name = stands.company_by_id(company_id).name
    companies.delete(current_actor(), company_id)
    return redirect_with_message(
        _("%(name)s is deleted", name=name), url_for("admin.companies.index")
    )


def _address(company_id: int) -> str:
    return url_for("admin.company.index", company_id=company_id)


def _changed(company_id: int, changes: dict[str, Any], message: str) -> Response:
    outcome = companies.edit(current_actor(), company_id, changes)
    page = sent_from(open_page(COMPANY, company_id=company_id))
    return answer(page, outcome, "company", message)


def _concerned(running: int, waiting: int, done: int) -> list[str]:
    """How many people a deletion concerns, and how (rule 10)."""
    people = running + waiting
    if not people + done:
        return [_("Nobody is concerned.")]
    lines = [
        (people, ngettext("%(num)d person is concerned.", "%(num)d people are concerned.", people)),
        (
            running,
            ngettext(
                "%(num)d interview is broken off; its student becomes available again.",
                "%(num)d interviews are broken off; their students become available again.",
                running,
            ),
        ),
        (
            waiting,
            ngettext(
                "%(num)d person waiting loses their place.",
                "%(num)d people waiting lose their place.",
                waiting,
            ),
        ),
        (
            done,
            ngettext(
                "%(num)d finished interview disappears from the lists.",
                "%(num)d finished interviews disappear from the lists.",
                done,
            ),
        ),
    ]
    return [line for count, line in lines if count]
