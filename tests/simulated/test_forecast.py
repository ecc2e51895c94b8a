"""What is forecast of the rest of a day against what comes, at fairs unlike those it supposes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jobfair.domain.state import Company, Entry, EntryState, Hall, Student
from jobfair.domain.waiting_time import DurationModel
from jobfair.simulation.behaviour import Behaviour, InterviewLength
from jobfair.simulation.forecast import LEAST_PLAYS, Forecast, Patience, RestOfDay
from tests.domain.a_hall import NINE
from tests.simulated.forecast_fairs import (
    UNLIKE,
    Counted,
    Told,
    by_fifth,
    played,
    share_within,
    where_many,
)
from tests.support.chance import seed, seeded

USUAL_SEED = 2026
PLAYS = 12


@pytest.fixture(scope="module")
def what_came() -> tuple[list[Told], list[Counted]]:
    """What was said at one fair of each kind, and what came."""
    told, counted = [], []
    chosen = seed(USUAL_SEED)
    for kind in UNLIKE:
        of_kind = played(kind, [chosen], PLAYS)
        told += of_kind[0]
        counted += of_kind[1]
    return told, counted


@pytest.mark.system
def test_of_those_who_are_told_a_fifth_about_so_many_are_met(
    what_came: tuple[list[Told], list[Counted]],
) -> None:
    fifths = by_fifth(what_came[0])
    for number, reached in enumerate(fifths):
        assert len(reached) > 100
        share = sum(reached) / len(reached)
        assert number * 0.2 - SLACK <= share <= (number + 1) * 0.2 + SLACK, number


SLACK = 0.05
"""One fair of each kind is few: the table of docs/estimates.md is of four."""


@pytest.mark.system
def test_as_many_are_not_met_as_was_said_of_companies(
    what_came: tuple[list[Told], list[Counted]],
) -> None:
    said, came = where_many(what_came[1])
    assert came == pytest.approx(said, rel=0.15)
    assert share_within(what_came[1]) >= 0.75


TEN_MINUTES = DurationModel(InterviewLength.about(10, 0.3).middle, 0.3, 0.1)
EVERYBODY_STAYS = Behaviour(leaves_every=10_000, breaks_every=10_000)


def a_queue(waiting: int = 20) -> Hall:
    hall = Hall(number=100)
    hall.put(Company(1, "TechCorp", waiting=waiting, last_position=waiting))
    for each in range(1, waiting + 1):
        hall.put(Student(each), Entry(each, 1, each, each, created_at=NINE))
    return hall


def forecast(hall: Hall, minutes: float = 60, plays: int = 60) -> Forecast | None:
    models = dict.fromkeys(hall.companies, TEN_MINUTES)
    left = iter(range(plays))
    rest = RestOfDay(hall, models, NINE, minutes * 60, seeded(1), Patience(), usual=EVERYBODY_STAYS)
    return rest.play_on(lambda: next(left, None) is not None)


def test_a_queue_of_twenty_is_met_as_far_as_the_time_goes() -> None:
    said = forecast(a_queue())
    assert said is not None
    assert said.chances[1] > 0.95
    assert said.chances[20] < 0.05
    chances = [said.chances[each] for each in range(1, 21)]
    assert sum(chances) == pytest.approx(20 - said.companies[1].unmet, abs=2)
    assert chances == pytest.approx(sorted(chances, reverse=True), abs=0.15)
    # Six in an hour; with two seats twice as many.
    assert 11 <= said.companies[1].unmet <= 15
    more = said.companies[1].more
    assert more is not None
    assert 4 <= more <= 8


def test_a_seat_more_is_tried_only_where_many_are_not_met() -> None:
    said = forecast(a_queue(6))
    assert said is not None
    assert said.companies[1].unmet < 2
    assert said.companies[1].more is None


def test_after_too_few_plays_nothing_is_said() -> None:
    assert forecast(a_queue(), plays=LEAST_PLAYS - 1) is None
    assert forecast(a_queue(), plays=LEAST_PLAYS) is not None


def test_the_hall_stays_as_it_is_and_the_same_chance_says_the_same() -> None:
    hall = a_queue()
    first = forecast(hall)
    assert hall == a_queue()
    assert forecast(hall) == first


def test_somebody_who_is_done_or_has_left_is_no_part_of_it() -> None:
    hall = a_queue(3)
    hall.put(replace(hall.entries[2], state=EntryState.LEFT))
    hall.put(replace(hall.companies[1], waiting=2))
    said = forecast(hall)
    assert said is not None
    assert set(said.chances) == {1, 3}


def test_how_soon_people_leave_is_learnt_from_those_who_have_left() -> None:
    drawn = [Patience(left=200, minutes=200 * 60).draw(240, seeded(each)) for each in range(50)]
    assert all(45 <= each <= 80 for each in drawn)
    unknown = [Patience().draw(240, seeded(each)) for each in range(200)]
    assert min(unknown) < 120
    assert max(unknown) > 480
