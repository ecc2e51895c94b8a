"""Companies that stand on one number of one hall, which is a mistake in most fairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jobfair.db.transactions import read_transaction
from jobfair.queries.projections import company_directory
from jobfair.queries.projections.company_directory import Listed
from jobfair.queries.views import CompanyView

By = Mapping[int, tuple[CompanyView, ...]]
"""By company, those that stand where it does, itself among them."""


def sharing(listed: Iterable[Listed]) -> By:
    """The companies that share their stand with another."""
    together: dict[tuple[str, str], list[CompanyView]] = {}
    for each in listed:
        if each.entry.stand:
            together.setdefault((each.entry.hall, each.entry.stand), []).append(each.company)
    shared = [tuple(each) for each in together.values() if len(each) > 1]
    return {company.id: companies for companies in shared for company in companies}


def others_at_stand(company_id: int) -> list[CompanyView]:
    """The other companies that stand where this one does."""
    return [each for each in _now().get(company_id, ()) if each.id != company_id]


def shared_stands() -> list[tuple[CompanyView, ...]]:
    """The companies of each stand that is shared."""
    return list(dict.fromkeys(_now().values()))


def _now() -> By:
    with read_transaction() as connection:
        return sharing(company_directory.shared.get().read(connection))
