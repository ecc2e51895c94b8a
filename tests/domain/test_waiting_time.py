"""How long the wait may be: a range, or nothing. That it holds is shown in tests/simulated."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist

import pytest

from jobfair.domain import waiting_time
from jobfair.domain.waiting_time import (
    Ahead,
    DurationModel,
    NoRange,
    Range,
    Unsaid,
    WaitForecast,
    duration_model,
)

TEN_MINUTES = [600.0] * 20


def known(lengths: list[float] | None = None) -> DurationModel:
    found = duration_model(lengths or TEN_MINUTES, lengths or TEN_MINUTES)
    assert found is not None
    return found


def a_seat(*held: float, slots: int = 1) -> WaitForecast:
    return WaitForecast(known(), slots, running=len(held), held=held)


def test_nothing_is_said_before_there_are_a_few_lengths() -> None:
    assert duration_model([], []) is None
    assert duration_model([600.0] * 7, [600.0] * 7) is None
    assert duration_model([], [600.0] * 8) is not None


def test_a_company_without_lengths_is_taken_for_one_like_the_others() -> None:
    found = duration_model([], [900.0] * 30)
    assert found is not None
    assert found.mean == pytest.approx(900, rel=0.2)


def test_its_own_lengths_win_over_the_fairs() -> None:
    slow = duration_model([1800.0] * 15, [600.0] * 100 + [1800.0] * 15)
    unknown = duration_model([], [600.0] * 100 + [1800.0] * 15)
    assert slow is not None
    assert unknown is not None
    assert slow.mean == pytest.approx(1800, rel=0.15)
    assert slow.doubt < unknown.doubt


def test_a_slip_of_a_finger_does_not_count_as_an_interview_of_no_length() -> None:
    assert duration_model([0.0, -5.0, 600.0], [0.0] * 20) is not None


def test_who_is_next_waits_for_what_is_left_of_the_interview() -> None:
    fresh, long_run = a_seat(10), a_seat(540)
    assert fresh.wait(Ahead()) == (5, 15)
    assert long_run.wait(Ahead()) == (0, 10)


def test_an_interview_that_runs_over_is_not_expected_to_end_at_once() -> None:
    mean, _ = known().rest(2 * 600)
    assert mean > 60


def test_more_ahead_is_a_longer_wait_and_more_seats_a_shorter_one() -> None:
    one = a_seat(300).wait(Ahead(ready=4))
    more = a_seat(300).wait(Ahead(ready=8))
    seats = a_seat(300, 300, 300, slots=3).wait(Ahead(ready=8))
    assert one is not None
    assert more is not None
    assert seats is not None
    assert one[1] < more[1]
    assert seats[1] < more[1]
    assert one[0] <= 45 <= one[1]


def test_those_ahead_who_are_away_count_for_less_than_those_who_are_there() -> None:
    ready = a_seat(300).wait(Ahead(ready=6))
    away = a_seat(300).wait(Ahead(ready=2, paused=1, elsewhere=1, aside=1))
    none = a_seat(300).wait(Ahead(ready=2))
    gone = a_seat(300).wait(Ahead(ready=2, inactive=4))
    assert ready is not None
    assert away is not None
    assert none is not None
    assert none[1] < away[1] < ready[1]
    assert gone == none


def test_who_would_be_called_now_is_told_no_wait() -> None:
    assert a_seat(slots=1).wait(Ahead()) is None
    assert a_seat(300, slots=2).wait(Ahead(paused=3)) is None
    assert a_seat(300, slots=2).estimate(Ahead(paused=3)) == Unsaid(NoRange.AT_ONCE)


def test_what_is_hours_away_or_could_be_anything_is_not_said() -> None:
    assert a_seat(300).wait(Ahead(ready=60)) is None
    unsure = duration_model([], [60.0, 3600.0] * 10)
    assert unsure is not None
    assert WaitForecast(unsure, 1, 1, [10.0]).wait(Ahead(ready=1, paused=9)) is None
    vague = WaitForecast(unsure, 1, 1, [10.0]).estimate(Ahead(ready=1, paused=9))
    assert isinstance(vague, Unsaid)
    assert vague.because is NoRange.TOO_VAGUE


def test_a_range_is_coarse_so_that_it_seldom_changes() -> None:
    for ahead in range(25):
        wait = a_seat(300).wait(Ahead(ready=ahead))
        if wait is None:
            continue
        low, high = wait
        assert low < high
        assert low % (15 if low >= 60 else 5) == 0
        assert high % (15 if high > 60 else 5) == 0


# The figures themselves. They were tried together: who changes one prints the table of
# docs/estimates.md again, and these with it.


@pytest.mark.parametrize("own", [[], [600.0], [300.0, 1200.0], [300.0, 600.0, 1200.0]])
def test_a_companys_durations_weigh_as_much_as_they_are_sure(own: list[float]) -> None:
    """A normal mean of logarithms, known from before by the fair, and its usual posterior."""
    fair = [*own, 500.0, 700.0, 800.0, 400.0, 900.0, 650.0, 550.0, 450.0]
    logs = [log(each) for each in own]
    of_fair = sum(map(log, fair)) / len(fair)
    of_own = sum(logs) / max(1, len(logs)) or of_fair
    squares = sum((each - of_own) * (each - of_own) for each in logs)
    # Six durations that differ by 0.5 are taken for granted; of its own, one gives the mean.
    variance = (6 * 0.25 + squares) / {0: 6, 1: 6, 2: 7, 3: 8}[len(own)]
    precision = {"own": len(own) / variance, "fair": 1 / 0.16}
    total = precision["own"] + precision["fair"]
    found = duration_model(own, fair)
    assert found is not None
    assert found.middle == pytest.approx(
        of_own * precision["own"] / total + of_fair * precision["fair"] / total
    )
    assert found.spread == pytest.approx(sqrt(variance))
    assert found.doubt == pytest.approx(total**-0.5)


@pytest.mark.parametrize("spread", [0.3, 0.5, 0.8])
@pytest.mark.parametrize("elapsed", [1, 60, 600, 1200])
def test_what_is_left_is_what_adding_up_all_durations_gives(elapsed: float, spread: float) -> None:
    model = DurationModel(log(600), spread, 0.1)
    normal = NormalDist(log(600), spread)
    steps = [elapsed * exp(each / 2000) for each in range(24_000)]
    weighed = [
        ((before + after) / 2 - elapsed, normal.cdf(log(after)) - normal.cdf(log(before)))
        for before, after in pairwise(steps)
    ]
    all_ = sum(weight for _, weight in weighed)
    mean = sum(left * weight for left, weight in weighed) / all_
    variance = sum((left - mean) ** 2 * weight for left, weight in weighed) / all_
    assert model.rest(elapsed) == pytest.approx((mean, variance), rel=0.002)


def test_what_is_left_is_asked_from_a_second_on_and_up_to_three_deviations() -> None:
    model = DurationModel(log(600), 0.5, 0.1)
    assert model.rest(0) == model.rest(1) != model.rest(2)
    farthest = 600 * exp(1.5)
    assert model.rest(10 * farthest) == model.rest(farthest) != model.rest(0.9 * farthest)


def test_interviews_of_one_length_leave_next_to_no_doubt() -> None:
    assert DurationModel(log(600), 0.0005, 0.1).rest(1) == pytest.approx((599, 0.09), rel=0.001)


@pytest.mark.parametrize(
    ("minutes", "slots", "running", "calls", "ahead", "wait"),
    [
        # One seat: an interview that began five minutes ago, and this many before.
        (10, 1, [5], [], Ahead(), (0, 10)),
        (10, 1, [5], [], Ahead(ready=2), (15, 35)),
        (10, 1, [5], [], Ahead(ready=8), (45, 90)),
        # Those who are away may come back, the longer it lasts the more of them.
        (10, 1, [5], [], Ahead(ready=2, paused=2), (25, 55)),
        (10, 1, [5], [], Ahead(ready=2, elsewhere=2), (20, 45)),
        (10, 1, [5], [], Ahead(ready=2, aside=2), (20, 45)),
        # Several seats: one of them is free sooner.
        (15, 2, [5], [5], Ahead(ready=2), (10, 20)),
        (30, 3, [10, 1, 0], [], Ahead(ready=8, elsewhere=1), (55, 105)),
        (30, 3, [10, 10], [], Ahead(ready=1), (5, 15)),
        (30, 2, [40, 30], [], Ahead(elsewhere=1, aside=1), (0, 10)),
        # Nobody's turn is sooner than a second, and who is next is before no others who drift.
        (10, 3, [], [], Ahead(ready=4), (0, 5)),
        (15, 1, [10], [], Ahead(elsewhere=3, aside=1), (5, 25)),
    ],
)
def test_what_is_promised(
    minutes: int, slots: int, running: list[int], calls: list[int], ahead: Ahead, wait: Range
) -> None:
    held = [60.0 * each for each in running + calls]
    seats = WaitForecast(known([60.0 * minutes] * 20), slots, len(running), held)
    assert seats.wait(ahead) == wait


@pytest.mark.parametrize(
    ("low", "high", "wait"),
    [
        (5, 15, (5, 15)),
        (9.9, 10.1, (5, 15)),
        (20, 59, (20, 60)),
        (20, 61, (20, 75)),
        (59, 61, (55, 75)),
        (60, 75, (60, 75)),
        (69, 130, (60, 135)),
        # At most 240 minutes, and four times as many as at least, from 30 on.
        (180, 240, (180, 240)),
        (180, 241, Unsaid(NoRange.TOO_FAR, 217.5)),
        (5, 30, (5, 30)),
        (0, 30, (0, 30)),
        (5, 31, Unsaid(NoRange.TOO_VAGUE, 20)),
        (10, 40, (10, 40)),
        (10, 41, Unsaid(NoRange.TOO_VAGUE, 27.5)),
    ],
)
def test_a_range_is_rounded_outwards_and_not_said_where_it_is_vague(
    low: float, high: float, wait: Range | Unsaid
) -> None:
    assert waiting_time._rounded(low * 60, high * 60) == wait
