"""How long the wait may be: a range, or nothing. That it holds is shown in tests/simulated."""

from __future__ import annotations

import pytest

from jobfair.domain.waiting_time import (
    Ahead,
    DurationModel,
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


def test_what_is_hours_away_or_could_be_anything_is_not_said() -> None:
    assert a_seat(300).wait(Ahead(ready=60)) is None
    unsure = duration_model([], [60.0, 3600.0] * 10)
    assert unsure is not None
    assert WaitForecast(unsure, 1, 1, [10.0]).wait(Ahead(ready=1, paused=9)) is None


def test_a_range_is_coarse_so_that_it_seldom_changes() -> None:
    for ahead in range(25):
        wait = a_seat(300).wait(Ahead(ready=ahead))
        if wait is None:
            continue
        low, high = wait
        assert low < high
        assert low % (15 if low >= 60 else 5) == 0
        assert high % (15 if high > 60 else 5) == 0
