"""One act on many companies of the list; see `blueprints.admin.many`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.blueprints.admin.many import Asked, Many
from jobfair.domain.events import ManyAct
from jobfair.live.pages.admin import COMPANIES
from jobfair.queries.admin.fair import overview
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists.companies import EVERY_COMPANY, CompanyFilter, ListedCompany
from jobfair.services.companies import many_companies
from jobfair.wording.admin.lists import COMPANY_STATES
from jobfair.wording.admin.many import OF_COMPANIES
from jobfair.wording.queues.stands import calls_lost

blueprint = Blueprint("many", __name__, url_prefix=f"{COMPANIES.address}/many")


def _filter(listed: Mapping[str, str]) -> CompanyFilter:
    q, state, hall, sector = (listed.get(each, "") for each in ("q", "state", "hall", "sector"))
    return CompanyFilter(q, state, hall, sector, "unopened" in listed)


def _of_filter(listed: Mapping[str, str]) -> list[Asked]:
    found = company_list.found_companies(_filter(listed), listed.get("sort", ""))
    return [_asked(each) for each in found]


def _filter_words(listed: Mapping[str, str]) -> list[str]:
    chosen = _filter(listed)
    said = [
        _("«%(search)s»", search=chosen.search) if chosen.search else "",
        str(COMPANY_STATES.get(chosen.state, "")),
        chosen.hall,
        chosen.sector,
        _("Link not opened") if chosen.unopened else "",
    ]
    return [each for each in said if each]


def _named(ids: Sequence[int] | None) -> list[Asked]:
    return [_asked(each) for each in _lines(ids)]


def _lines(ids: Sequence[int] | None) -> list[ListedCompany]:
    every = company_list.found_companies(EVERY_COMPANY)
    wanted = None if ids is None else set(ids)
    return [each for each in every if wanted is None or each.company.id in wanted]


def _asked(line: ListedCompany) -> Asked:
    return Asked(line.company.id, line.company.name, line.company.stand)


def _facts(act: ManyAct, ids: Sequence[int]) -> list[str]:
    found = _lines(ids)
    facts = [
        _(
            "%(running)d in interview, %(waiting)d waiting, %(done)d done",
            running=sum(each.company.running for each in found),
            waiting=sum(each.company.waiting for each in found),
            done=sum(each.done for each in found),
        )
    ]
    return [*facts, *calls_lost(overview.called(ids))] if act is ManyAct.PAUSE else facts


Many(
    field="company",
    here="companies",
    views="admin.many",
    list_view="admin.companies.index",
    heading=lambda: _("Companies"),
    labels=OF_COMPANIES,
    subject=many_companies.COMPANIES,
    do=many_companies.carry_out,
    take_back=many_companies.undo,
    counted=lambda n: ngettext("%(num)d company", "%(num)d companies", n),
    tick=lambda: _("Tick at least one company."),
    filters=("q", "state", "hall", "sector", "unopened", "sort"),
    of_filter=_of_filter,
    filter_words=_filter_words,
    named=_named,
    facts=_facts,
    left=lambda event: list(event.left),
).serve(blueprint)
