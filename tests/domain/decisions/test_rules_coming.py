"""«J'y vais»: while the hold lasts, nobody who returns ahead takes the turn away (rules 9, 14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from jobfair.domain.events import SaidComing
from jobfair.domain.state import Hall, StudentStatus
from jobfair.domain.turns import HeadTooShort, callable_entries
from tests.domain.a_hall import Fair
from tests.domain.watched_fair import WatchedFair


@pytest.fixture
def fair() -> Fair:
    """Alice on a break at the head of the line, so that Bob behind her is called."""
    fair = Fair("Alice", "Bob", "Chloé", "Dan", Acme=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé", "Dan")
    fair.pauses("Alice")
    return fair


def test_who_is_coming_is_not_called_off_by_who_returns_ahead(fair: Fair) -> None:
    fair.says_coming("Bob", "Acme")
    fair.returns("Alice")
    assert fair.told == []
    assert fair.called("Acme") == ["Bob"]
    with fair.refuses("not_your_turn"):
        fair.starts("Alice", "Acme")
    fair.starts("Bob", "Acme")
    assert fair.inside("Acme") == ["Bob"]


def test_who_returns_ahead_is_called_to_another_slot_that_is_free(fair: Fair) -> None:
    fair.slots("Acme", 2)
    fair.says_coming("Chloé", "Acme")
    fair.returns("Alice")
    assert fair.told == ["Bob no longer called by Acme: someone_ahead", "Alice called by Acme"]
    assert fair.called("Acme") == ["Alice", "Chloé"]


def test_a_hold_lasts_three_minutes(fair: Fair) -> None:
    fair.says_coming("Bob", "Acme")
    said = fair.last[0]
    entry = fair.entry("Bob", "Acme")
    assert said.event == SaidComing(entry.id, entry.company_id, entry.student_id)
    assert (entry.coming_at, entry.held_until) == (said.at, said.at + timedelta(minutes=3))


def test_answering_again_does_not_prolong(fair: Fair) -> None:
    fair.says_coming("Bob", "Acme")
    before = fair.entry("Bob", "Acme")
    fair.says_coming("Bob", "Acme")
    assert fair.last == []
    assert fair.entry("Bob", "Acme") == before


def test_once_the_hold_is_over_the_order_decides_again(fair: Fair) -> None:
    fair.says_coming("Bob", "Acme")
    fair.returns("Alice")
    assert fair.called("Acme") == ["Bob"]
    fair.minutes_go_by(3)
    fair.time_passes(None)
    assert fair.told == ["Bob no longer called by Acme: someone_ahead", "Alice called by Acme"]


def test_a_hold_that_is_over_is_not_asked_for_again_in_the_same_turn(fair: Fair) -> None:
    fair.says_coming("Bob", "Acme")
    fair.minutes_go_by(3)
    fair.time_passes(None)
    assert not fair.entry("Bob", "Acme").held
    assert fair.called("Acme") == ["Bob"]
    fair.says_coming("Bob", "Acme")
    fair.returns("Alice")
    assert fair.called("Acme") == ["Alice"]


def test_the_next_turn_may_be_held_again(fair: Fair) -> None:
    fair.says_coming("Bob", "Acme")
    fair.stand_pauses("Acme")
    assert fair.told == ["Bob no longer called by Acme: company_paused"]
    assert fair.entry("Bob", "Acme").coming_at is None
    fair.stand_resumes("Acme")
    fair.says_coming("Bob", "Acme")
    assert fair.entry("Bob", "Acme").held


@pytest.fixture
def called_twice() -> Fair:
    """Bob is called by two stands, and Alice, ahead of him at the first, has a break."""
    fair = WatchedFair("Alice", "Bob", Acme=1, Bolt=1)
    fair.queue("Acme", "Alice", "Bob")
    fair.queue("Bolt", "Bob")
    fair.pauses("Alice")
    fair.says_coming("Bob", "Acme")
    return fair


def test_one_comes_to_one_stand_at_a_time_and_the_other_turn_stays(called_twice: Fair) -> None:
    turn = called_twice.entry("Bob", "Acme").turn
    called_twice.says_coming("Bob", "Bolt")
    first, second = (called_twice.entry("Bob", each) for each in ("Acme", "Bolt"))
    assert (first.turn, first.coming_at, first.held_until) == (turn, None, None)
    assert second.held
    assert called_twice.told == []


def test_a_turn_that_is_no_longer_held_goes_to_who_returns_ahead(called_twice: Fair) -> None:
    called_twice.returns("Alice")
    assert called_twice.called("Acme") == ["Bob"]
    called_twice.says_coming("Bob", "Bolt")
    assert called_twice.told == [
        "Bob no longer called by Acme: someone_ahead",
        "Alice called by Acme",
    ]


def test_one_may_change_ones_mind_and_come_to_the_first(called_twice: Fair) -> None:
    called_twice.says_coming("Bob", "Bolt")
    called_twice.says_coming("Bob", "Acme")
    assert called_twice.entry("Bob", "Acme").held
    assert not called_twice.entry("Bob", "Bolt").held


def test_where_the_hold_has_run_out_one_is_no_longer_on_the_way_either(called_twice: Fair) -> None:
    called_twice.minutes_go_by(3)
    called_twice.time_passes(None)
    called_twice.says_coming("Bob", "Bolt")
    assert called_twice.entry("Bob", "Acme").coming_at is None


WAYS_TO_END: dict[str, Callable[[Fair], None]] = {
    "the stand says they did not come": lambda fair: fair.absent("Bob", "Acme"),
    "they pass": lambda fair: fair.passes("Bob", "Acme"),
    "they pause": lambda fair: fair.pauses("Bob"),
    "they leave": lambda fair: fair.leaves("Bob", "Acme"),
    "they are deactivated": lambda fair: fair.deactivates("Bob"),
    "they start": lambda fair: fair.starts("Bob", "Acme"),
}


@pytest.mark.parametrize("way", WAYS_TO_END)
def test_a_hold_does_not_outlast_its_turn(fair: Fair, way: str) -> None:
    fair.says_coming("Bob", "Acme")
    WAYS_TO_END[way](fair)
    entry = fair.entry("Bob", "Acme")
    assert (entry.turn, entry.coming_at, entry.held_until) == (None, None, None)


def test_of_more_holds_than_slots_the_earliest_position_keeps(fair: Fair) -> None:
    fair.slots("Acme", 3)
    for student in ("Dan", "Chloé", "Bob"):
        fair.says_coming(student, "Acme")
    fair.slots("Acme", 2)
    assert fair.told == ["Dan no longer called by Acme: someone_ahead"]
    fair.slots("Acme", 1)
    assert fair.called("Acme") == ["Bob"]


def test_a_slot_that_is_taken_ends_a_hold_like_any_turn(fair: Fair) -> None:
    fair.says_coming("Bob", "Acme")
    fair.forces("Dan", StudentStatus.IN_INTERVIEW, "Acme")
    assert fair.told == ["Bob no longer called by Acme: no_free_slot"]


def test_only_who_is_called_says_coming(fair: Fair) -> None:
    with fair.refuses("not_called"):
        fair.says_coming("Chloé", "Acme")
    fair.starts("Bob", "Acme")
    with fair.refuses("in_interview"):
        fair.says_coming("Bob", "Acme")
    fair.completes("Bob", "Acme")
    with fair.refuses("already_done"):
        fair.says_coming("Bob", "Acme")


def test_whom_a_hold_keeps_from_being_called_is_not_reminded_of_it() -> None:
    fair = Fair("Alice", "Bob", Acme=1)
    fair.queue("Acme", "Alice", "Bob")
    fair.absent("Alice", "Acme")
    fair.says_coming("Bob", "Acme")
    fair.pauses("Alice")
    fair.says_here("Alice", "Acme")
    assert fair.told == []
    fair.minutes_go_by(3)
    fair.time_passes(None)
    assert fair.told == ["Alice reminded of Acme"]


def test_held_entries_behind_the_head_do_not_pass_for_it(fair: Fair) -> None:
    """Of four in line the first is loaded, and the last, who is called."""
    fair.slots("Acme", 3)
    fair.says_coming("Dan", "Acme")
    acme = fair.company("Acme")
    bob, _chloe, dan = (fair.entry(each, "Acme") for each in ("Bob", "Chloé", "Dan"))
    entries = {each.id: each for each in (bob, dan)}
    short = Hall(companies={acme.id: acme}, entries=entries, beyond={acme.id: bob.position})
    with pytest.raises(HeadTooShort):
        callable_entries(short, acme.id)


def test_a_hold_far_behind_is_known_wherever_the_queue_is_looked_at() -> None:
    fair = WatchedFair("Alice", "Bob", "Chloé", "Dan", "Eve", "Finn", Acme=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé", "Dan", "Eve")
    for student in ("Alice", "Bob", "Chloé", "Dan"):
        fair.pauses(student)
    fair.says_coming("Eve", "Acme")
    for student in ("Alice", "Bob", "Chloé", "Dan"):
        fair.returns(student)
    fair.joins("Finn", "Acme")
    fair.leaves("Alice", "Acme")
    assert fair.called("Acme") == ["Eve"]
    fair.passes("Eve", "Acme")
    assert fair.called("Acme") == ["Bob"]
