"""Two companies swap their stands, in one form."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from jobfair.blueprints.admin.chosen_company import PICKED, answer_typed, chosen_company
from jobfair.domain.refusals import Refusal
from jobfair.live.fragments import Undo
from jobfair.live.pages.admin import COMPANY
from jobfair.queries.stand import stands
from jobfair.queries.views import CompanyView
from jobfair.services.access.rights import Right
from jobfair.services.companies import stand_places
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("swapping", __name__, url_prefix=f"{COMPANY.address}/swap")


@blueprint.post("")
@needs(Right.MANAGE)
def swap(company_id: int) -> Response | tuple[str, int]:
    """Swap with the company that the form means, or the address, which takes a swap back."""
    page = sent_from(open_page(COMPANY, company_id=company_id))
    chosen = chosen_company(request.values)
    if isinstance(chosen, Refusal):
        return answer_typed(page, chosen, "swap", "")
    outcome = stand_places.swap(current_actor(), company_id, chosen)
    if isinstance(outcome, Refusal):
        return answer_typed(page, outcome, "swap", "")
    one, other = (stands.company_by_id(each) for each in (company_id, chosen))
    message = _(
        "Swapped: %(one)s, %(other)s. Those who are called see the new stand",
        one=_at(one),
        other=_at(other),
    )
    back = f"{url_for('admin.swapping.swap', company_id=company_id)}?{PICKED}={chosen}"
    return answer_typed(page, outcome, "swap", message, Undo(back, _("Undo")))


def _at(company: CompanyView) -> str:
    if company.stand is None:
        return _("%(name)s (no stand)", name=company.name)
    return _("%(name)s (stand %(stand)s)", name=company.name, stand=company.stand)
