"""The company that a form is about: typed by its name, its stand or a part of either, or picked."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Input, Invalid, parse, text_of
from jobfair.fields.input.types import CompanyName, Id
from jobfair.live.fragments import Undo
from jobfair.live.page import OpenPage
from jobfair.queries.admin.lists import directory
from jobfair.queries.views import CompanyView
from jobfair.web.pages.responses import answer, show, wants_fragments
from jobfair.web.refusals import refuse
from jobfair.wording.refusals import Voice

PICKED = "company_id"
"""The field with which one of several companies is picked that fit what was typed."""

MOST_SHOWN = 6


class TypedCompany(Input):
    """A company, by what somebody types."""

    company: CompanyName


class PickedCompany(Input):
    """The same, picked."""

    company_id: Id


def chosen_company(form: Mapping[str, str]) -> int | Refusal:
    """The id of the company that a form means.

    Returns `unknown_company` where it means none, `several_companies` where it may mean more.
    """
    picked = parse(PickedCompany, form)
    if not isinstance(picked, Invalid):
        return picked.company_id
    meant = companies_meant(form)
    if not meant:
        return Refusal(RequestCode.UNKNOWN_COMPANY)
    return meant[0].id if len(meant) == 1 else Refusal(RequestCode.SEVERAL_COMPANIES)


def companies_meant(form: Mapping[str, str]) -> list[CompanyView]:
    """The companies to choose from, those that fit best first."""
    typed = parse(TypedCompany, {"company": text_of(form, "company")})
    return [] if isinstance(typed, Invalid) else directory.meant(typed.company, MOST_SHOWN)


def answer_typed(
    page: OpenPage, outcome: object, subject: str, message: str, undo: Undo | None = None
) -> Response | tuple[str, int]:
    """The answer to a form with a company in it.

    A refused one has the companies to choose from. Without a script it is shown at once, as a
    redirect would lose what was typed.
    """
    if not isinstance(outcome, Refusal):
        return answer(page, outcome, subject, message, undo=undo)
    several = outcome.code == RequestCode.SEVERAL_COMPANIES
    meant = companies_meant(request.form) if several else []
    typed = request.form.get("company", "")
    if wants_fragments():
        return answer(page, outcome, subject, message, typed=typed, meant=meant)
    refused = refuse(outcome, Voice.ABOUT_ANOTHER)
    told = {subject: refused.sentence}
    return show(page, refused=told, typed=typed, meant=meant), refused.status
