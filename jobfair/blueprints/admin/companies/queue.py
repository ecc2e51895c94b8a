"""A company's queue in an organiser's hands: adding, moving, completing, removing (rule 11)."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from jobfair.blueprints.admin.called import did_not_come, is_here_again
from jobfair.blueprints.admin.forms import Placement, Rank
from jobfair.domain.refusals import Code, Refusal
from jobfair.exceptions import Problem, RequestCode
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.live.page import OpenPage
from jobfair.live.pages.admin import COMPANY
from jobfair.queries.stand import stands
from jobfair.services.access.rights import Right
from jobfair.services.queues import overrides
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("queue", __name__, url_prefix=f"{COMPANY.address}/entries")


@blueprint.post("")
@needs(Right.HELP)
def add(company_id: int) -> Response:
    page = _page(company_id).searching(request.form.get("student", ""))
    given = parse(Placement, request.form)
    if isinstance(given, Invalid):
        raise Problem(RequestCode.INVALID, reason=next(iter(given.errors.values())))
    outcome = overrides.add_entry(current_actor(), given.student_id, company_id, given.rank)
    return answer(page, outcome, f"candidate-{given.student_id}", _("Added to the queue"))


@blueprint.post("/<int:entry_id>/complete")
@needs(Right.HELP)
def complete(company_id: int, entry_id: int) -> Response:
    outcome = overrides.complete_for(current_actor(), entry_id)
    return answer(_page(company_id), outcome, f"entry-{entry_id}", _("Interview done"))


@blueprint.post("/<int:entry_id>/undo")
@needs(Right.HELP)
def undo_completion(company_id: int, entry_id: int) -> Response:
    """Take back that an interview ended, which somebody did by mistake."""
    outcome = overrides.undo_completion_for(current_actor(), entry_id)
    return answer(_page(company_id), outcome, f"entry-{entry_id}", _("The interview goes on"))


@blueprint.post("/<int:entry_id>/remove")
@needs(Right.HELP)
def remove(company_id: int, entry_id: int) -> Response:
    outcome = overrides.remove_entry(current_actor(), entry_id)
    return answer(_page(company_id), outcome, f"entry-{entry_id}", _("Removed from the queue"))


@blueprint.post("/<int:entry_id>/absent")
@needs(Right.HELP)
def absent(company_id: int, entry_id: int) -> Response:
    return did_not_come(_page(company_id), entry_id)


@blueprint.post("/<int:entry_id>/present")
@needs(Right.HELP)
def present(company_id: int, entry_id: int) -> Response:
    return is_here_again(_page(company_id), entry_id)


@blueprint.post("/order")
@needs(Right.HELP)
def reorder(company_id: int) -> Response:
    """Put the first entries of the queue into the order in which the organiser left them."""
    outcome = _reordered(company_id, request.form.get("order", ""))
    return answer(_page(company_id), outcome, "waiting", _("Moved"))


@blueprint.post("/<int:entry_id>/move")
@needs(Right.HELP)
def move(company_id: int, entry_id: int) -> Response:
    """Put an entry at a rank, or right before or after another one that the organiser saw."""
    if "rank" in request.form:
        return _move_to_rank(company_id, entry_id)
    before = request.form.get("before", type=int)
    after = request.form.get("after", type=int)
    outcome = _moved(company_id, entry_id, before, after)
    return answer(_page(company_id), outcome, f"entry-{entry_id}", _("Moved"))


def _move_to_rank(company_id: int, entry_id: int) -> Response:
    given = parse(Rank, request.form)
    if isinstance(given, Invalid) or given.rank is None:
        raise Problem(RequestCode.INVALID, reason=_("Choose a rank, from 1."))
    outcome = overrides.move(current_actor(), company_id, entry_id, given.rank)
    return answer(_page(company_id), outcome, f"entry-{entry_id}", _("Moved"))


def _reordered(company_id: int, typed: str) -> Committed | Refusal:
    """Of a long queue the page shows the head alone; those who stand behind it stay there."""
    wanted = typed.split(",")
    order = {str(row.id): row.id for row in stands.stand(company_id, stands.ALL).waiting}
    head, rest = list(order)[: len(wanted)], list(order)[len(wanted) :]
    if sorted(head) != sorted(wanted):
        return Refusal(Code.STALE_ORDER)
    return overrides.reorder(
        current_actor(), company_id, [order[each] for each in (*wanted, *rest)]
    )


def _moved(
    company_id: int, entry_id: int, before: int | None, after: int | None
) -> Committed | Refusal:
    order = [row.id for row in stands.stand(company_id, stands.ALL).waiting]
    beside = after if before is None else before
    if beside not in order or entry_id not in order or beside == entry_id:
        return Refusal(Code.STALE_ORDER)
    order.remove(entry_id)
    order.insert(order.index(beside) + (before is None), entry_id)
    return overrides.reorder(current_actor(), company_id, order)


def _page(company_id: int) -> OpenPage:
    return sent_from(open_page(COMPANY, company_id=company_id))
