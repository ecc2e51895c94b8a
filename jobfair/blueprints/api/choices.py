"""What programs choose from the team's lists by: what the pages' lists are filtered by."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from jobfair.fields.input.parsing import Criteria
from jobfair.fields.input.types import one_of
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists import students as student_list
from jobfair.queries.admin.lists.companies import (
    EVERY_COMPANY,
    CompanyFilter,
    CompanyState,
    found_companies,
)
from jobfair.queries.admin.lists.page import both_ways
from jobfair.queries.admin.lists.students import student_ids
from jobfair.queries.admin.students.registrations import MOST_MINUTES, AccountFilter, StudentState

Text = Annotated[str, Field(max_length=200)]


CompanySort: Any = one_of(*both_ways(company_list.SORTS))
StudentSort: Any = one_of(*both_ways(student_list.SORTS))


class CompanyChoice(Criteria):
    """What the list of companies can be filtered by; what is left out does not matter."""

    q: Text = ""
    state: Annotated[CompanyState, Field(strict=False)] | None = None
    hall: Text = ""
    sector: Text = ""
    unopened: bool = False

    @property
    def chosen(self) -> CompanyFilter:
        """The same, as the list reads it."""
        return CompanyFilter(self.q, self.state or "", self.hall, self.sector, self.unopened)

    def ids(self) -> set[int] | None:
        """The ids of those that are found; None where nothing is asked."""
        if self.chosen == EVERY_COMPANY:
            return None
        return {line.company.id for line in found_companies(self.chosen)}


class StudentChoice(Criteria):
    """The same for students. `since` is how many minutes ago they registered at most."""

    q: Text = ""
    state: Annotated[StudentState, Field(strict=False)] | None = None
    since: Annotated[int, Field(ge=0, le=MOST_MINUTES)] = 0
    domain: Text = ""
    unconfirmed: bool = False

    @property
    def chosen(self) -> AccountFilter:
        """The same without `q`, as the list reads it."""
        return AccountFilter(self.since, self.domain, self.unconfirmed, self.state or "")

    def ids(self) -> set[int] | None:
        """The ids of those that are found; None where nothing is asked."""
        if not (self.q or self.chosen):
            return None
        return set(student_ids(self.q, self.chosen))
