"""The figures of the interviews: how many, how long, after what wait, at which hours.

They come from the journal, so an interview that took place counts, whatever was removed since.

- done: interviews that the company, or an organiser, ended as done. A place marked as done
  without an interview is none. One from paper is done until an organiser removes it again, as
  that is how a mistake in entering it is put right.
- length: of the interviews done, from start to end.
- wait: of every interview that began, from joining the queue to the start; if an interview of
  the same place was broken off before, from then. One from paper, whose student was in no queue,
  had none.
- no-show: a call that ended because nobody came, as the stand or the team said, or as it ran out.
- completion rate: done / (done + broken off + given up). Given up are places left, or taken
  away by an organiser, without any interview; waiting places and running interviews count nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.fields.companies.company_profiles import words
from jobfair.fields.input.folding import folded
from jobfair.fields.students.introductions import WORDS
from jobfair.models import Company, Student
from jobfair.queries import introductions
from jobfair.queries.admin import name_lookup
from jobfair.queries.projections.company_directory import natural_order
from jobfair.queries.projections.interview_counts import (
    QUARTER,
    Begun,
    Count,
    InterviewCounts,
    caught_up,
)

HOUR = timedelta(hours=1)
_STUDIES = [each.name for each in WORDS].index("studies")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one company, or of the whole fair; a mean or median of nothing is None."""

    done: int = 0
    broken_off: int = 0
    running: int = 0
    given_up: int = 0
    no_shows: int = 0
    mean_length: timedelta | None = None
    median_length: timedelta | None = None
    mean_wait: timedelta | None = None
    median_wait: timedelta | None = None

    @property
    def completion_rate(self) -> float | None:
        """Between 0 and 1; None while nothing has ended."""
        ended = self.done + self.broken_off + self.given_up
        return self.done / ended if ended else None


@dataclass(frozen=True, slots=True)
class CompanyFigures:
    """A company and its figures; also of a deleted company."""

    id: int
    name: str
    deleted: bool
    figures: Figures


@dataclass(frozen=True, slots=True)
class SectorFigures:
    """The companies of one sector: how many there are, and their figures together."""

    name: str
    companies: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class StudiesFigures:
    """The students who show the same studies: how many, and how many interviews they had.

    `name` is None for those who show none, and those who are deleted, who are not in `students`.
    """

    name: str | None
    students: int
    done: int


@dataclass(frozen=True, slots=True)
class Hour:
    """What began at one stand in one hour: how many interviews, after what mean wait."""

    began: int
    mean_wait: timedelta | None


@dataclass(frozen=True, slots=True)
class StandHours:
    """A company's hours, in the order of `HourMap.starts`; None where nothing began.

    `stand` and `hall` are None for a deleted company too.
    """

    id: int
    name: str
    stand: str | None
    hall: str | None
    hours: tuple[Hour | None, ...]


@dataclass(frozen=True, slots=True)
class HourMap:
    """The hours (UTC) from the first interview to the last, and each company in them.

    The companies are in the order of their stands, those without one last.
    """

    starts: tuple[datetime, ...]
    stands: tuple[StandHours, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """How many interviews began, and how many ended as done, from `start` (UTC) on."""

    start: datetime
    began: int
    done: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures at one moment.

    `companies` are by name, those without any figure too, then the deleted ones that have some.
    `quarters` is each quarter of an hour from the first interview to the last, empty ones
    included.
    """

    overall: Figures
    companies: tuple[CompanyFigures, ...]
    quarters: tuple[Span, ...]

    def hours(self, zone: tzinfo) -> tuple[Span, ...]:
        """The same by the full hours of a time zone."""
        began: Counter[datetime] = Counter()
        done: Counter[datetime] = Counter()
        for quarter in self.quarters:
            hour = hour_of(quarter.start, zone)
            began[hour] += quarter.began
            done[hour] += quarter.done
        return tuple(Span(start, began[start], done[start]) for start in sorted(began))

    def busiest_hours(self, zone: tzinfo, most: int = 3) -> list[Span]:
        """The hours in which most interviews began, the busiest first, ties by time."""
        busy = [hour for hour in self.hours(zone) if hour.began]
        return sorted(busy, key=lambda hour: (-hour.began, hour.start))[:most]


def statistics() -> Statistics:
    """Every figure of the fair.

    Reads what is new in the journal since the process last asked: 20 ms with 17,000 interviews,
    half a second the first time.
    """
    with caught_up() as counts:
        overall = _figures(counts.overall)
        by_company = {company_id: _figures(count) for company_id, count in counts.companies.items()}
        quarters = _quarters(counts.began, counts.done)
    return Statistics(overall, _named(by_company), quarters)


def of_company(company_id: int) -> Figures:
    """One company's figures."""
    return of_companies([company_id])[company_id]


def of_companies(company_ids: Iterable[int]) -> dict[int, Figures]:
    """The figures of each of these companies, at one moment."""
    with caught_up() as counts:
        return {each: _figures(counts.companies.get(each, Count())) for each in company_ids}


def by_sector() -> list[SectorFigures]:
    """The figures of each sector, most interviews first."""
    with read_transaction() as connection:
        named = connection.execute(select(Company.id, Company.sectors)).all()
    members: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for company_id, sectors in named:
        for sector in words(sectors):
            names.setdefault(folded(sector), sector)
            members.setdefault(folded(sector), []).append(company_id)
    with caught_up() as counts:
        found = [
            SectorFigures(names[each], len(ids), _figures(_together(counts, ids)))
            for each, ids in members.items()
        ]
    return sorted(found, key=lambda each: (-each.figures.done, folded(each.name)))


def by_studies() -> list[StudiesFigures]:
    """The interviews done by what students show of their studies, most first."""
    query = select(Student.id, introductions.TO_ORGANISERS[_STUDIES])
    with read_transaction() as connection:
        shown = {student_id: name or "" for student_id, name in connection.execute(query)}
    with caught_up() as counts:
        met = dict(counts.met)
    names = {folded(name): name for name in shown.values()} | {"": ""}
    people = Counter(map(folded, shown.values()))
    done: Counter[str] = Counter()
    for student_id, number in met.items():
        done[folded(shown.get(student_id, ""))] += number
    found = [
        StudiesFigures(names[each] or None, people[each], done[each]) for each in {*people, *done}
    ]
    return sorted(found, key=lambda each: (-each.done, folded(each.name or "")))


def by_hour(zone: tzinfo) -> HourMap:
    """What began at each stand in each full hour of a time zone."""
    with caught_up() as counts:
        begun = {
            company_id: _hours(quarters, zone) for company_id, quarters in counts.begun.items()
        }
    hours = sorted(set().union(*begun.values()))
    if not hours:
        return HourMap((), ())
    starts = tuple(hours[0] + HOUR * each for each in range((hours[-1] - hours[0]) // HOUR + 1))
    with read_transaction() as connection:
        present = {
            row.id: row
            for row in connection.execute(
                select(Company.id, Company.name, Company.stand, Company.hall)
            )
        }
        gone = name_lookup.companies(connection, set(begun) - set(present))
    lines = [(each, row.name, row.stand, row.hall) for each, row in present.items()]
    lines += [(each, name, None, None) for each, name in gone.items()]
    stands = (StandHours(*line, tuple(map(begun.get(line[0], {}).get, starts))) for line in lines)
    return HourMap(starts, tuple(sorted(stands, key=stand_order)))


def hours_of(company_id: int, zone: tzinfo) -> list[tuple[datetime, Hour]]:
    """What began at one stand in each full hour in which anything did, in order."""
    with caught_up() as counts:
        hours = _hours(counts.begun.get(company_id, {}), zone)
    return sorted(hours.items(), key=lambda each: each[0])


def _hours(quarters: Mapping[datetime, Begun], zone: tzinfo) -> dict[datetime, Hour]:
    hours: dict[datetime, Begun] = {}
    for quarter, begun in quarters.items():
        if begun.interviews:
            whole = hours.setdefault(hour_of(quarter, zone), Begun())
            whole.interviews += begun.interviews
            whole.waits += begun.waits
            whole.waited += begun.waited
    return {
        start: Hour(each.interviews, each.waited / each.waits if each.waits else None)
        for start, each in hours.items()
    }


def hour_of(quarter: datetime, zone: tzinfo) -> datetime:
    """The start of its hour. Time zones differ by whole quarters of an hour."""
    return quarter - timedelta(minutes=quarter.astimezone(zone).minute)


def stand_order(line: StandHours) -> tuple[object, ...]:
    """Where a company comes among the hours: by its stand, those without one last."""
    return line.stand is None, natural_order(folded(line.stand or "")), folded(line.name), line.id


def _together(counts: InterviewCounts, company_ids: Iterable[int]) -> Count:
    whole = Count()
    for company_id in company_ids:
        if company_id in counts.companies:
            whole.include(counts.companies[company_id])
    return whole


def _figures(count: Count) -> Figures:
    return Figures(
        len(count.lengths),
        count.broken_off,
        count.running,
        count.given_up,
        count.no_shows,
        _mean(count.lengths),
        median(count.lengths),
        _mean(count.waits),
        median(count.waits),
    )


def _mean(lengths: list[timedelta]) -> timedelta | None:
    return sum(lengths, timedelta()) / len(lengths) if lengths else None


def median(lengths: list[timedelta]) -> timedelta | None:
    """The middle length, or the mean of the two in the middle; None without any."""
    middle = sorted(lengths)[(len(lengths) - 1) // 2 : len(lengths) // 2 + 1]
    return _mean(middle)


def _named(by_company: dict[int, Figures]) -> tuple[CompanyFigures, ...]:
    with read_transaction() as connection:
        present = name_lookup.every_company(connection)
        gone = name_lookup.companies(connection, set(by_company) - set(present))
    return tuple(
        CompanyFigures(each, name, each not in present, by_company.get(each, Figures()))
        for each, name in (*present.items(), *gone.items())
    )


def _quarters(began: Counter[datetime], done: Counter[datetime]) -> tuple[Span, ...]:
    if not began:
        return ()
    # Where the clock was set back, an interview may end in a quarter before the first began.
    first, last = min([*began, *done]), max([*began, *done])
    starts = [first + QUARTER * each for each in range((last - first) // QUARTER + 1)]
    return tuple(Span(start, began[start], done[start]) for start in starts)
