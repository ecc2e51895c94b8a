"""Looking up companies and students by typed words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.fields.input.company_names import name_key
from jobfair.fields.input.folding import folded
from jobfair.models import Company
from jobfair.queries.admin.lists import students
from jobfair.queries.projections import company_directory
from jobfair.queries.projections.company_directory import named
from jobfair.queries.projections.search_words import searchable
from jobfair.queries.views import CompanyView, StudentView

View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class Found(Generic[View]):
    """The first of those that a search finds, and how many it finds."""

    first: list[View] = field(default_factory=list)
    total: int = 0


def first_companies(search: str, limit: int) -> Found[CompanyView]:
    """The companies that fit a search best; none for a blank one."""
    if not search.strip():
        return Found()
    with read_transaction() as connection:
        found = named(search, company_directory.shared.get().read(connection))
    return Found([each.company for each in found[:limit]], len(found))


def company_names() -> list[str]:
    """Every company's name, in order."""
    with read_transaction() as connection:
        return sorted(connection.execute(select(Company.name)).scalars(), key=folded)


def meant(typed: str, most: int) -> list[CompanyView]:
    """The companies that fit a typed name, stand, or part of either. If one has exactly this name
    or stand, only that one; else at most `most` of the best.
    """
    with read_transaction() as connection:
        found = named(typed, company_directory.shared.get().read(connection))
    exactly = [each for each in found if name_key(each.company.name) == name_key(typed)]
    exactly = exactly or [each for each in found if each.entry.rank(searchable(typed)) == 0]
    return [each.company for each in (exactly or found)[:most]]


def first_students(search: str, limit: int) -> Found[StudentView]:
    """The first students that a search finds, by last name; none for a blank one."""
    if not search.strip():
        return Found()
    with read_transaction() as connection:
        ids = students.found_ids(connection, search)
        return Found(students.views(connection, ids[:limit]), len(ids))
