"""The fair as input for a rehearsal, and the past rehearsals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import fmean
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.fair.rehearsals import FairAsSetUp
from jobfair.fields.input.folding import folded
from jobfair.models import Company, Fair, Rehearsal, RehearsalState, Student, User
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.admin.figures.statistics import (
    CompanyFigures,
    Hour,
    HourMap,
    StandHours,
    statistics,
)
from jobfair.queries.projections.company_directory import natural_order
from jobfair.simulation.plan import Plan, Stand
from jobfair.simulation.rehearsal import Outcome, StandHour

SILENT = timedelta(seconds=30)
"""The worker of a rehearsal reports every second or two; after this silence it has died."""

ENOUGH = 3
"""With this many past interviews of a stand, their mean length is used for the next ones."""

_PLAN, _OUTCOME = TypeAdapter(Plan), TypeAdapter(Outcome)


@dataclass(frozen=True, slots=True)
class RehearsalLine:
    """A rehearsal. `who` is the address of the person who asked, None once their account is gone.

    Of `days` to be played `played` are. `outcome` is None before it is done.
    """

    id: int
    who: str | None
    asked_at: datetime
    state: RehearsalState
    played: int
    days: int
    plan: Plan
    outcome: Outcome | None


def fair_as_set_up() -> FairAsSetUp:
    """The fair's stands, each with what is known of it from interviews here or before."""
    query = select(Company.name, Company.slots, Company.queue_limit, Company.stand)
    with read_transaction() as connection:
        found = connection.execute(query).all()
    return set_up(NewCompany(row.name, row.stand, row.slots, row.queue_limit) for row in found)


def set_up(companies: Iterable[NewCompany]) -> FairAsSetUp:
    """The fair with other companies, in the order of their stands."""
    hours = select(Fair.opens, Fair.closes)
    students = select(func.count()).select_from(Student).where(Student.active)
    with read_transaction() as connection:
        opens, closes = connection.execute(hours).one()
        count = connection.execute(students).scalar_one()
    known = _known()
    return FairAsSetUp(
        [
            Stand(each.name, each.slots, each.queue_limit, *_habits(each.name, known), each.stand)
            for each in sorted(companies, key=_order)
        ],
        count,
        opens,
        closes,
    )


def _order(company: NewCompany) -> tuple[Any, ...]:
    return company.stand is None, natural_order(company.stand or ""), folded(company.name)


def _known() -> dict[str, CompanyFigures]:
    """The figures of companies by name: of the fair that was here, else of the last edition."""
    found = _by_name(statistics().companies)
    editions = past_editions.editions()
    if editions and not found:
        report = past_editions.edition(editions[0].id)[1]
        found = _by_name(report.statistics.companies)
    return found


def _by_name(companies: Iterable[CompanyFigures]) -> dict[str, CompanyFigures]:
    return {folded(each.name): each for each in companies if each.figures.done >= ENOUGH}


def _habits(name: str, known: dict[str, CompanyFigures]) -> tuple[float, float]:
    """The minutes of an interview, 0 where nobody knows, and how much the stand is wanted."""
    if folded(name) not in known:
        return 0.0, 1.0
    figures = known[folded(name)].figures
    length = (figures.mean_length or timedelta()) / timedelta(minutes=1)
    usual = fmean(_wanted(each) for each in known.values())
    return round(length, 1), round(_wanted(known[folded(name)]) / usual, 2)


def _wanted(of: CompanyFigures) -> int:
    return of.figures.done + of.figures.broken_off + of.figures.given_up


def rehearsals() -> list[RehearsalLine]:
    """Every rehearsal that is kept, the newest first."""
    with read_transaction() as connection:
        return _lines(connection)


def rehearsal(rehearsal_id: int) -> RehearsalLine:
    """One of them. Raises NotFound."""
    with read_transaction() as connection:
        found = _lines(connection, Rehearsal.id == rehearsal_id)
    if not found:
        raise NotFound("rehearsal")
    return found[0]


def _lines(connection: Connection, *conditions: Any) -> list[RehearsalLine]:
    query = (
        select(Rehearsal.__table__, User.email)
        .join(User, User.id == Rehearsal.user_id, isouter=True)
        .where(*conditions)
        .order_by(Rehearsal.id.desc())
    )
    return [
        RehearsalLine(
            row.id,
            row.email,
            row.asked_at,
            state_now(row.state, row.heard_at),
            row.played,
            row.days,
            _PLAN.validate_python(row.plan),
            None if row.outcome is None else _OUTCOME.validate_python(row.outcome),
        )
        for row in connection.execute(query)
    ]


def state_now(state: RehearsalState, heard_at: datetime) -> RehearsalState:
    """A rehearsal's state: one that was silent for too long counts as failed."""
    lost = state is RehearsalState.RUNNING and clock.now() - heard_at > SILENT
    return RehearsalState.FAILED if lost else state


def plan_as_stored(plan: Plan) -> Any:
    """A plan as JSON."""
    return _PLAN.dump_python(plan, mode="json")


def outcome_as_stored(outcome: Outcome) -> Any:
    """An outcome as JSON."""
    return _OUTCOME.dump_python(outcome, mode="json")


def hour_map(plan: Plan, outcome: Outcome, zone: tzinfo) -> HourMap:
    """The hours of the stands as those of a report; the map says nothing of their day."""
    day = clock.now().astimezone(zone).replace(minute=0, second=0, microsecond=0)
    return HourMap(
        tuple(day.replace(hour=hour % 24).astimezone(UTC) for hour in outcome.hours),
        tuple(
            StandHours(number, stand.name, stand.place, None, tuple(map(_hour, played.hours)))
            for number, (stand, played) in enumerate(zip(plan.stands, outcome.stands, strict=True))
        ),
    )


def _hour(of: StandHour | None) -> Hour | None:
    return None if of is None else Hour(round(of.began), timedelta(minutes=of.wait))
