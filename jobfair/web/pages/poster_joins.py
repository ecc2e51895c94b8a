"""Joins the queue of a poster's company in one step with registering or signing in.

The poster leads to a form that names the company in `join`. If the address must be proved first,
the wish is kept until then.
"""

from __future__ import annotations

from flask import flash, request, session

from jobfair.domain.refusals import Code, Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.input.types import LARGEST_ID
from jobfair.queries.stand import stands
from jobfair.queries.views import CompanyView
from jobfair.services.access.sign_ins import Session
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.actors import Actor
from jobfair.web.pages import joining
from jobfair.web.refusals import refuse

WISH = "joins"


def wanted() -> CompanyView | None:
    """The company whose queue this form joins too, if any."""
    return _company(request.values.get("join", type=int))


def after_sign_in(user: Session, joins: int | None = None) -> None:
    """Join the queue that the form named, and leave a message for the next page, the company's.

    `joins` is the company, if an earlier form named it.

    Somebody who has a place already, or must choose a password first, sees on that page how things
    are.
    """
    session.pop(WISH, None)
    company = wanted() or _company(joins)
    if company is None or user.student_id is None or user.password_to_change:
        return
    outcome = _join(actors.student(user.student_id), company)
    if isinstance(outcome, str):
        flash(outcome, "success")
    elif outcome is None:
        return
    elif outcome.code is RequestCode.ADDRESS_NOT_CONFIRMED:
        session[WISH] = company.id
    elif outcome.code is not Code.ALREADY_JOINED:
        session["refused"] = {f"company-{company.id}": refuse(outcome).sentence}


def after_proof(actor: Actor) -> str | None:
    """Join the queue that waited for the address to be proved. Returns a message; None if there was
    no such queue, or it is refused: then the company's page says why."""
    company = _company(session.pop(WISH, None))
    outcome = None if company is None else _join(actor, company)
    return outcome if isinstance(outcome, str) else None


def _join(actor: Actor, company: CompanyView) -> str | Refusal | None:
    try:
        outcome = joining.join(actor, company.id)
    except NotFound:
        return None
    if isinstance(outcome, Refusal):
        return outcome
    return joining.words(outcome)


def _company(company_id: int | None) -> CompanyView | None:
    if company_id is None or not 0 < company_id <= LARGEST_ID:
        return None
    try:
        return stands.company_by_id(company_id)
    except NotFound:
        return None
