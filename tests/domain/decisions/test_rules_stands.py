"""Pausing and resuming a company, and the fair's phases: rules 7 and 8."""

from __future__ import annotations

import pytest

from jobfair.domain.state import Phase
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Two slots, Alice in an interview, Bob called, Chloé behind."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=2)
    fair.queue("Acme", "Alice", "Bob")
    fair.starts("Alice", "Acme")
    fair.slots("Acme", 2)
    fair.queue("Acme", "Chloé")
    return fair


def test_rule_8_a_pause_keeps_everybodys_place_and_calls_nobody(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    assert fair.told == ["Bob no longer called by Acme: company_paused"]
    assert fair.line("Acme") == ["Bob", "Chloé"]
    with fair.refuses("company_paused"):
        fair.starts("Bob", "Acme")
    fair.leaves("Bob", "Acme")
    assert fair.told == []


def test_rule_8_a_pause_lets_running_interviews_finish(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    assert fair.inside("Acme") == ["Alice"]
    fair.completes("Alice", "Acme")
    assert fair.told == []


def test_rule_8_on_resume_the_callable_ones_are_called(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    fair.completes("Alice", "Acme")
    fair.stand_resumes("Acme")
    assert fair.told == ["Bob called by Acme", "Chloé called by Acme"]


def test_rule_8_who_was_set_aside_is_not_called_by_a_resume(fair: Fair) -> None:
    fair.absent("Bob", "Acme")
    fair.stand_pauses("Acme")
    fair.stand_resumes("Acme")
    assert fair.called("Acme") == ["Chloé"]


def test_resuming_all_undoes_exactly_that_pause() -> None:
    """A stand that left at noon stays away, and so does one that has decided for itself since."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Left=1, Since=1)
    for student, company in (("Alice", "Acme"), ("Bob", "Left"), ("Chloé", "Since")):
        fair.queue(company, student)
    fair.stand_pauses("Left")
    fair.pauses_all()
    fair.stand_resumes("Since")
    fair.stand_pauses("Since")
    fair.resumes_all()
    assert fair.told == ["Alice called by Acme"]
    fair.resumes_all()
    assert fair.last == []


def test_a_stand_that_leaves_closes_its_queue_and_calls_nobody(fair: Fair) -> None:
    fair.stand_leaves("Acme")
    assert fair.told == ["Bob no longer called by Acme: company_paused"]
    assert fair.line("Acme") == ["Bob", "Chloé"]
    assert not fair.company("Acme").queue_open
    fair.stand_leaves("Acme")
    assert fair.last == []


def test_a_stand_has_left_until_it_recruits_again(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    assert not fair.company("Acme").has_left
    fair.stand_leaves("Acme")
    assert fair.company("Acme").has_left
    fair.pauses_all()
    fair.resumes_all()
    assert fair.company("Acme").has_left
    fair.stand_resumes("Acme")
    assert not fair.company("Acme").has_left
    fair.stand_pauses("Acme")
    assert not fair.company("Acme").has_left


def test_a_stand_that_comes_back_calls_and_takes_people(fair: Fair) -> None:
    fair.stand_leaves("Acme")
    fair.stand_resumes("Acme")
    assert fair.told == ["Bob called by Acme"]
    assert fair.company("Acme").queue_open


def test_a_queue_that_a_pause_has_not_closed_stays_as_it_is(fair: Fair) -> None:
    fair.closes_queue("Acme")
    fair.stand_pauses("Acme")
    fair.stand_resumes("Acme")
    assert not fair.company("Acme").queue_open


def test_resuming_all_does_not_bring_back_who_left_during_the_pause() -> None:
    fair = Fair("Alice", "Bob", Acme=1, Left=1)
    fair.queue("Acme", "Alice")
    fair.queue("Left", "Bob")
    fair.pauses_all()
    fair.stand_leaves("Left")
    fair.resumes_all()
    assert fair.told == ["Alice called by Acme"]


def test_two_pauses_of_all_are_undone_together() -> None:
    fair = Fair("Alice", "Bob", Acme=1, Beta=1)
    fair.queue("Acme", "Alice")
    fair.queue("Beta", "Bob")
    fair.pauses_all()
    fair.stand_resumes("Beta")
    fair.pauses_all()
    fair.resumes_all()
    assert fair.told == ["Alice called by Acme", "Bob called by Beta"]


def test_pressing_the_same_button_twice_changes_nothing(fair: Fair) -> None:
    for press in (fair.stand_pauses, fair.stand_resumes, fair.closes_queue, fair.opens_queue):
        press("Acme")
        press("Acme")
        assert fair.last == []


def test_the_same_limit_changes_nothing(fair: Fair) -> None:
    fair.queue_limit("Acme", None)
    assert fair.last == []
    fair.queue_limit("Acme", 5)
    assert fair.company("Acme").queue_limit == 5
    fair.queue_limit("Acme", 5)
    assert fair.last == []


@pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.CLOSED])
def test_while_the_fair_is_not_open_nobody_starts(fair: Fair, phase: Phase) -> None:
    fair.phase(phase)
    assert fair.told == ["Bob no longer called by Acme: fair_not_open"]
    with fair.refuses("fair_not_open", phase=phase):
        fair.starts("Bob", "Acme")


def test_a_closed_fair_lets_running_interviews_finish_and_calls_nobody(fair: Fair) -> None:
    fair.phase(Phase.CLOSED)
    fair.completes("Alice", "Acme")
    assert fair.told == []
    assert fair.line("Acme") == ["Bob", "Chloé"]


def test_opening_the_fair_calls_the_callable_ones_everywhere() -> None:
    fair = Fair("Alice", "Bob", Acme=1, Globex=1, phase=Phase.PREPARING)
    fair.queue("Acme", "Alice", "Bob")
    fair.queue("Globex", "Bob", "Alice")
    fair.phase(Phase.OPEN)
    assert fair.told == ["Alice called by Acme", "Bob called by Globex"]
    fair.phase(Phase.OPEN)
    assert fair.last == []


def test_a_company_created_takes_entries_at_once() -> None:
    fair = Fair("Alice", "Bob")
    fair.new_company("Acme", slots=1, limit=1)
    fair.joins("Alice", "Acme")
    assert fair.told == ["Alice called by Acme"]
    with fair.refuses("queue_full"):
        fair.joins("Bob", "Acme")
