"""What time alone ends: a call that nobody answers, however the clock behaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobfair.domain.decisions.expiry import CallLength, ElapsedTime, expire
from jobfair.domain.events import BackupTaken, HoldEnded, SetAside
from jobfair.domain.reasons import AsideBecause
from tests.domain.a_hall import NINE, Fair, now

FIVE = timedelta(minutes=5)


@pytest.fixture
def fair() -> Fair:
    """Three in line at one stand, Alice just called."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    return fair


def test_a_call_that_ran_out_sets_aside_and_calls_the_next(fair: Fair) -> None:
    fair.time_passes(20)
    assert fair.told == []
    fair.minutes_go_by(20)
    entry = fair.entry("Alice", "Acme")
    fair.time_passes(20)
    aside = SetAside(entry.id, entry.company_id, entry.student_id, AsideBecause.RAN_OUT)
    assert [e.event for e in fair.journal if isinstance(e.event, SetAside)] == [aside]
    assert fair.told == ["Alice no longer called by Acme: aside", "Bob called by Acme"]


def test_nobody_loses_their_place_and_one_tap_brings_them_back(fair: Fair) -> None:
    fair.minutes_go_by(5)
    fair.time_passes(5)
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]
    fair.says_here("Alice", "Acme")
    assert fair.called("Acme") == ["Alice"]


def test_a_call_without_an_end_lasts(fair: Fair) -> None:
    fair.minutes_go_by(60)
    fair.time_passes(None)
    assert fair.called("Acme") == ["Alice"]


def test_coming_makes_a_call_last_at_least_until_the_holds_end(fair: Fair) -> None:
    fair.minutes_go_by(4)
    fair.says_coming("Alice", "Acme")
    fair.minutes_go_by(1)
    fair.time_passes(5)
    assert fair.called("Acme") == ["Alice"]
    fair.minutes_go_by(2)
    fair.time_passes(5)
    assert fair.entry("Alice", "Acme").aside
    assert fair.called("Acme") == ["Bob"]


def test_an_interview_that_runs_and_who_is_not_called_have_no_time_to_lose(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.minutes_go_by(60)
    fair.time_passes(1)
    assert fair.inside("Acme") == ["Alice"]
    assert fair.called("Acme") == []


@pytest.mark.parametrize(
    ("since", "started", "over"),
    [
        (-60, -5, True),  # watched all along
        (-60, -4, False),
        (-4, -60, False),  # nobody watched while it ran: the house was shut, or the clock leapt
        (-5, -60, True),
        (-4, 60, False),  # called by a clock that was ahead, and has been put back
        (-5, 60, True),
    ],
)
def test_only_time_that_was_watched_counts(since: int, started: int, over: bool) -> None:
    def at(minutes: int):
        return NINE + timedelta(minutes=minutes)

    assert ElapsedTime(NINE, at(since), CallLength(FIVE)).has_passed(at(started), FIVE) is over


def test_a_clock_that_leaps_sets_nobody_aside_at_once(fair: Fair) -> None:
    fair.minutes_go_by(60)
    fair.time_passes(5, since=now(fair.hall) - timedelta(minutes=2))
    assert fair.called("Acme") == ["Alice"]
    fair.time_passes(5, since=now(fair.hall) - FIVE)
    assert fair.called("Acme") == ["Bob"]


def test_at_the_moment_of_the_call_no_time_of_it_has_passed() -> None:
    assert not ElapsedTime(NINE, NINE - FIVE, CallLength(FIVE)).has_passed(NINE, FIVE)
    assert ElapsedTime(NINE, NINE - FIVE, CallLength(FIVE)).has_passed(NINE - FIVE, FIVE)


def test_nothing_is_due_of_who_is_not_called_or_is_gone(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    time = ElapsedTime(now(fair.hall) + timedelta(hours=1), NINE, CallLength(FIVE))
    for who in ("Alice", "Bob"):
        assert expire(fair.hall, fair.entry(who, "Acme").id, time) == ()
    assert expire(fair.hall, 9999, time) == ()


def test_nothing_is_due_of_a_call_that_lasts(fair: Fair) -> None:
    fair.minutes_go_by(3)
    fair.time_passes(20)
    assert fair.last == []
    assert fair.journal[-1].event == BackupTaken()


def test_a_hold_that_is_over_ends_once(fair: Fair) -> None:
    fair.says_coming("Alice", "Acme")
    fair.minutes_go_by(3)
    fair.time_passes(20)
    entry = fair.entry("Alice", "Acme")
    ended = HoldEnded(entry.id, entry.company_id, entry.student_id)
    assert fair.journal[-1].event == ended
    fair.time_passes(20)
    assert [each.event for each in fair.journal].count(ended) == 1


@pytest.mark.parametrize(
    ("since", "counted_from"),
    [
        (None, 0),
        (-1, 0),  # as long as now when it began
        (0, 0),
        (1, 1),  # changed while it was under way
        (2, 2),
        (3, 0),  # changed by a clock that was ahead
    ],
)
def test_a_call_counts_anew_from_a_change_of_its_length(
    since: int | None, counted_from: int
) -> None:
    def at(minutes: int):
        return NINE + timedelta(minutes=minutes)

    length = CallLength(FIVE, None if since is None else at(since))
    assert length.counted_from(NINE, at(2)) == at(counted_from)
    assert length.ends(NINE, at(2)) == at(counted_from) + FIVE


def test_a_call_without_an_end_runs_out_never() -> None:
    assert CallLength(None, NINE).ends(NINE, NINE + FIVE) is None


def test_what_a_process_does_follows_the_last_change_of_a_calls_length(fair: Fair) -> None:
    fair.minutes_go_by(6)
    entry, at = fair.entry("Alice", "Acme"), now(fair.hall)
    changed = CallLength(FIVE, at - timedelta(minutes=1))
    assert expire(fair.hall, entry.id, ElapsedTime(at, NINE, changed)) == ()
    before = CallLength(FIVE, NINE - FIVE)
    assert expire(fair.hall, entry.id, ElapsedTime(at, NINE, before)) != ()
