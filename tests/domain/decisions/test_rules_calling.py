"""Being set aside and saying «Je suis là»."""

from __future__ import annotations

import pytest

from jobfair.domain.decisions import calling
from jobfair.domain.events import SetAside
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.state import StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Three in line at one stand, Alice called."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    return fair


def test_who_does_not_come_is_set_aside_and_the_next_is_called(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    assert fair.entry("Alice", "Acme").aside
    assert fair.told == ["Alice no longer called by Acme: aside", "Bob called by Acme"]


def test_who_passes_is_set_aside_the_same_way_for_a_reason_of_their_own(fair: Fair) -> None:
    fair.passes("Alice", "Acme")
    entry = fair.entry("Alice", "Acme")
    set_aside = SetAside(entry.id, entry.company_id, entry.student_id, AsideBecause.PASSED)
    assert fair.last[0].event == set_aside
    assert fair.called("Acme") == ["Bob"]


def test_an_entry_set_aside_keeps_its_place_until_its_student_says_here(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    fair.pauses("Alice")
    fair.returns("Alice")
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]
    assert fair.called("Acme") == ["Bob"]
    with fair.refuses("set_aside"):
        fair.starts("Alice", "Acme")
    fair.says_here("Alice", "Acme")
    assert fair.told == ["Bob no longer called by Acme: someone_ahead", "Alice called by Acme"]


def test_saying_here_without_having_been_set_aside_is_refused(fair: Fair) -> None:
    with fair.refuses("not_set_aside"):
        fair.says_here("Alice", "Acme")


def test_saying_here_while_paused_leaves_the_entry_greyed(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    fair.pauses("Alice")
    fair.says_here("Alice", "Acme")
    assert fair.called("Acme") == ["Bob"]
    fair.returns("Alice")
    assert fair.called("Acme") == ["Alice"]


def test_only_who_is_called_can_miss_or_pass_a_turn(fair: Fair) -> None:
    with fair.refuses("not_called"):
        fair.absent("Bob", "Acme")
    with fair.refuses("not_called"):
        fair.passes("Bob", "Acme")
    fair.absent("Alice", "Acme")
    with fair.refuses("not_called"):
        fair.absent("Alice", "Acme")


def test_an_interview_is_neither_missed_nor_passed(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    for act in (fair.absent, fair.passes, fair.says_here):
        with fair.refuses("in_interview"):
            act("Alice", "Acme")


def test_what_is_over_is_neither_missed_nor_passed(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    fair.leaves("Bob", "Acme")
    for act in (fair.absent, fair.passes, fair.says_here):
        with fair.refuses("already_done"):
            act("Alice", "Acme")
        with fair.refuses("not_waiting"):
            act("Bob", "Acme")


def test_an_interview_may_be_forced_on_who_was_set_aside(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    fair.forces("Alice", StudentStatus.IN_INTERVIEW, "Acme")
    assert fair.inside("Acme") == ["Alice"]


def test_having_left_while_set_aside_one_joins_again_afresh(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    fair.leaves("Alice", "Acme")
    fair.leaves("Bob", "Acme")
    fair.leaves("Chloé", "Acme")
    fair.joins("Alice", "Acme")
    assert fair.told == ["Alice called by Acme"]


def test_a_call_is_seen_once_and_only_while_it_lasts(fair: Fair) -> None:
    turn = fair.entry("Alice", "Acme").turn
    assert turn is not None
    fair.sees_call("Alice", "Acme")
    assert fair.entry("Alice", "Acme").seen
    fair.sees_call("Alice", "Acme")
    assert fair.last == []
    fair.absent("Alice", "Acme")
    fair.says_here("Alice", "Acme")
    again = fair.entry("Alice", "Acme")
    assert not again.seen
    assert calling.see(fair.hall, again.id, turn) == ()


def test_who_answers_has_seen(fair: Fair) -> None:
    fair.says_coming("Alice", "Acme")
    assert fair.entry("Alice", "Acme").seen
