"""The organisers' list of companies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.domain.state import CompanyStatus
from jobfair.fields.input.folding import folded
from jobfair.models import Company
from jobfair.queries.admin.lists.page import Page, page_of, sort_by
from jobfair.queries.admin.lists.shared_stands import sharing
from jobfair.queries.projections import company_directory, interview_counts
from jobfair.queries.projections.company_directory import Choices, Listed, choices_of, named
from jobfair.queries.views import CompanyView


class CompanyState(StrEnum):
    """What companies can be filtered by. One may be in several states."""

    RECRUITING = "recruiting"
    PAUSED = "paused"
    HAS_LEFT = "has_left"
    QUEUE_CLOSED = "queue_closed"
    FULL = "full"
    IDLE = "idle"
    AWAITED = "awaited"
    MET = "met"
    STAND_SHARED = "stand_shared"


@dataclass(frozen=True, slots=True)
class CompanyFilter:
    """Which companies to list; what is left out does not matter.

    `state` is a CompanyState, `unopened` asks for those whose link was not opened yet.
    """

    search: str = ""
    state: str = ""
    hall: str = ""
    sector: str = ""
    unopened: bool = False

    def __bool__(self) -> bool:
        return bool(self.state or self.hall or self.sector or self.unopened)


EVERY_COMPANY = CompanyFilter()


@dataclass(frozen=True, slots=True)
class ListedCompany:
    """A company in the list, with how many interviews it has done, whether its screen was opened
    by its link, and whether another one has the same stand."""

    company: CompanyView
    stand_order: tuple[Any, ...]
    done: int
    opened: bool
    shares_stand: bool


@dataclass(frozen=True, slots=True)
class Companies:
    """A page of the companies that were found, their totals, and the possible filters."""

    page: Page[ListedCompany]
    running: int
    waiting: int
    done: int
    choices: Choices


_STATES: Mapping[str, Callable[[ListedCompany], bool]] = {
    CompanyState.RECRUITING: lambda line: line.company.recruiting,
    CompanyState.PAUSED: lambda line: line.company.shown_status == CompanyStatus.PAUSED,
    CompanyState.HAS_LEFT: lambda line: line.company.has_left,
    CompanyState.QUEUE_CLOSED: lambda line: not line.company.queue_open,
    CompanyState.FULL: lambda line: line.company.full,
    CompanyState.IDLE: lambda line: line.company.recruiting and not line.company.running,
    CompanyState.AWAITED: lambda line: line.company.waiting > 0,
    CompanyState.MET: lambda line: line.done > 0,
    CompanyState.STAND_SHARED: lambda line: line.shares_stand,
}

SORTS: Mapping[str, Callable[[ListedCompany], Any]] = {
    "name": lambda line: folded(line.company.name),
    "stand": lambda line: line.stand_order,
    "status": lambda line: (
        not line.company.recruiting,
        line.company.has_left,
        not line.company.queue_open,
        line.company.full,
    ),
    "running": lambda line: line.company.running,
    "waiting": lambda line: line.company.waiting,
    "done": lambda line: line.done,
}
"""What the list can be sorted by."""


def companies(chosen: CompanyFilter = EVERY_COMPANY, sort: str = "", number: int = 1) -> Companies:
    """A page of the companies that were chosen.

    Without a `sort` (one of `SORTS`) they come by name, those that are searched for by how well
    they fit: the stand first, then stands that begin so, then names.
    """
    found = found_companies(chosen, sort)
    with read_transaction() as connection:
        choices = choices_of(company_directory.shared.get().read(connection))
    return Companies(
        page_of(found, number),
        sum(line.company.running for line in found),
        sum(line.company.waiting for line in found),
        sum(line.done for line in found),
        choices,
    )


def found_companies(chosen: CompanyFilter, sort: str = "") -> list[ListedCompany]:
    """The companies of all pages, in their order."""
    with read_transaction() as connection:
        listed = company_directory.shared.get().read(connection)
        unopened = set(
            connection.execute(select(Company.id).where(Company.link_opened_at.is_(None))).scalars()
        )
    done, shared = interview_counts.done_by_company(), sharing(listed)
    lines = [
        ListedCompany(
            each.company,
            each.entry.stand_order,
            done.get(each.company.id, 0),
            each.company.id not in unopened,
            each.company.id in shared,
        )
        for each in named(chosen.search, listed)
        if _is_there(each, chosen)
    ]
    return sort_by([line for line in lines if _is_so(line, chosen)], sort, SORTS)


def alike(company_id: int) -> list[CompanyView]:
    """Other companies of the same sectors that take people, the shortest queue first."""
    with read_transaction() as connection:
        listed = company_directory.shared.get().read(connection)
    own = next((set(each.entry.sectors) for each in listed if each.company.id == company_id), set())
    others = [
        each.company
        for each in listed
        if each.company.id != company_id
        and own.intersection(each.entry.sectors)
        and each.company.recruiting
        and each.company.queue_open
        and not each.company.full
    ]
    return sorted(others, key=lambda company: company.waiting)


def _is_there(listed: Listed, chosen: CompanyFilter) -> bool:
    return (not chosen.hall or folded(chosen.hall) == listed.entry.hall) and (
        not chosen.sector or folded(chosen.sector) in listed.entry.sectors
    )


def _is_so(line: ListedCompany, chosen: CompanyFilter) -> bool:
    is_in_state = _STATES.get(chosen.state)
    return (is_in_state is None or is_in_state(line)) and not (chosen.unopened and line.opened)
