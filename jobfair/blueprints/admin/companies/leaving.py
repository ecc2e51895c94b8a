"""A stand leaves before the end: one action closes it, and tells its students where else to go."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.blueprints.admin.forms import Saying
from jobfair.fields.input.parsing import Invalid, parse, text_of
from jobfair.live.pages.admin import COMPANY
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.stand import stands
from jobfair.queries.views import CompanyView
from jobfair.services.access.rights import Right
from jobfair.services.companies import companies
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs

OFFERED = 3
"""Other companies that the message proposes: those where fewest wait."""

LONGEST = 500
"""What a message holds."""

blueprint = Blueprint("leaving", __name__, url_prefix=f"{COMPANY.address}/leaving")


@blueprint.get("")
@needs(Right.MANAGE)
def confirm(company_id: int) -> str | Response:
    company = stands.company_by_id(company_id)
    if company.has_left:
        return redirect_with_message(
            _("%(name)s has left already", name=company.name), _address(company_id)
        )
    return _question(company, _proposal(company), None)


@blueprint.post("")
@needs(Right.MANAGE)
def leave(company_id: int) -> Response | tuple[str, int]:
    company = stands.company_by_id(company_id)
    given = parse(Saying, request.form)
    if isinstance(given, Invalid):
        return _question(company, text_of(request.form, "text"), given.errors["text"]), 400
    companies.leave(current_actor(), company_id, given.text)
    message = _("%(name)s has left: paused, its queue closed, its students told", name=company.name)
    return redirect_with_message(message, _address(company_id))


def _question(company: CompanyView, text: str, error: str | None) -> str:
    lines = [
        _("Its queue is closed and it is paused: nobody joins or is called."),
        ngettext(
            "%(num)d student who waits there is told, and keeps the place.",
            "%(num)d students who wait there are told, and keep their places.",
            company.waiting,
        ),
        *_those_in_interview(company.running),
        _("«Resume» for all does not bring it back; its own page does."),
    ]
    return confirmation(
        _("%(name)s leaves the fair?", name=company.name),
        lines,
        _("It leaves"),
        _address(company.id),
        template="admin/leaving.html",
        text=text,
        error=error,
    )


def _those_in_interview(running: int) -> list[str]:
    line = ngettext(
        "%(num)d interview is running there: it goes on until the stand ends it, or you on its "
        "page.",
        "%(num)d interviews are running there: they go on until the stand ends them, or you on its "
        "page.",
        running,
    )
    return [line] if running else []


def _proposal(company: CompanyView) -> str:
    """What those who wait are told, with others of the sector that take people."""
    said = _("%(name)s has left the fair.", name=company.name)
    offered = [
        _("%(name)s (stand %(stand)s)", name=each.name, stand=each.stand)
        if each.stand
        else each.name
        for each in company_list.alike(company.id)[:OFFERED]
    ]
    for number in range(len(offered), 0, -1):
        others = _("Of the same sector: %(companies)s.", companies=", ".join(offered[:number]))
        if len(said) + len(others) < LONGEST:
            return f"{said} {others}"
    return said


def _address(company_id: int) -> str:
    return url_for("admin.company.index", company_id=company_id)
