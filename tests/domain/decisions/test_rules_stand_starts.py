"""A stand starts for a student who stands there without a phone: in turn, or out of it."""

from __future__ import annotations

import pytest

from jobfair.domain.events import InterviewStarted
from jobfair.domain.state import Phase, StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Three in line at one stand, Alice called; Chloé waits elsewhere too."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.queue("Globex", "Bob", "Chloé")
    return fair


def started(fair: Fair) -> InterviewStarted:
    event = fair.last[0].event
    assert isinstance(event, InterviewStarted)
    return event


def test_the_called_student_is_started_like_by_themself(fair: Fair) -> None:
    fair.starts_at_stand("Alice", "Acme")
    assert fair.inside("Acme") == ["Alice"]
    assert not started(fair).out_of_turn
    assert fair.told == []


def test_somebody_who_is_not_called_is_not_started_by_mistake(fair: Fair) -> None:
    with fair.refuses("not_your_turn"):
        fair.starts_at_stand("Chloé", "Acme")
    fair.absent("Alice", "Acme")
    with fair.refuses("set_aside"):
        fair.starts_at_stand("Alice", "Acme")


def test_out_of_turn_is_recorded_and_those_passed_over_lose_nothing(fair: Fair) -> None:
    fair.starts_at_stand("Chloé", "Acme", out_of_turn=True)
    assert started(fair).out_of_turn
    assert fair.inside("Acme") == ["Chloé"]
    assert fair.line("Acme") == ["Alice", "Bob"]
    assert fair.told == ["Alice no longer called by Acme: no_free_slot"]
    fair.completes("Chloé", "Acme")
    assert fair.called("Acme") == ["Alice"]


def test_who_was_set_aside_and_stands_there_is_taken(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    fair.starts_at_stand("Alice", "Acme", out_of_turn=True)
    assert fair.inside("Acme") == ["Alice"]


def test_in_turn_by_the_time_it_is_confirmed_is_in_turn(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    fair.starts_at_stand("Bob", "Acme", out_of_turn=True)
    assert not started(fair).out_of_turn


@pytest.mark.parametrize("out_of_turn", [False, True])
def test_the_other_rules_hold_out_of_turn_too(fair: Fair, out_of_turn: bool) -> None:
    def refused(code: str, **params: str) -> None:
        with fair.refuses(code, **params):
            fair.starts_at_stand("Bob", "Acme", out_of_turn)

    fair.pauses("Bob")
    refused("not_available", status="paused")
    fair.returns("Bob")
    fair.starts("Bob", "Globex")
    refused("not_available", status="in_interview")
    fair.completes("Bob", "Globex")
    fair.returns("Bob")
    fair.stand_pauses("Acme")
    refused("company_paused")
    fair.stand_resumes("Acme")
    fair.phase(Phase.CLOSED)
    refused("fair_not_open", phase="closed")
    fair.phase(Phase.OPEN)
    fair.starts("Alice", "Acme")
    refused("no_free_slot")
    fair.completes("Alice", "Acme")
    fair.leaves("Bob", "Acme")
    refused("not_waiting")


def test_a_deactivated_student_is_not_started(fair: Fair) -> None:
    fair.deactivates("Bob")
    with fair.refuses("not_available", status="inactive"):
        fair.starts_at_stand("Bob", "Acme", out_of_turn=True)
    assert fair.student("Bob").status is StudentStatus.AVAILABLE
