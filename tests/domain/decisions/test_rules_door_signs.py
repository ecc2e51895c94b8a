"""What a stand says to its own queue: one thing at a time, and not for longer than it is true."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobfair.domain.events import CompanyStatusChanged, DoorSignPutUp, DoorSignTakenDown
from jobfair.domain.reasons import SignDownBecause
from jobfair.domain.state import DoorSign, Phase
from tests.domain.a_hall import Fair, now


@pytest.fixture
def fair() -> Fair:
    """Alice called, Bob behind."""
    fair = Fair("Alice", "Bob", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob")
    return fair


@pytest.mark.parametrize(
    ("sign", "minutes"),
    [
        (DoorSign.BACK_IN_10, 10),
        (DoorSign.BACK_IN_20, 20),
        (DoorSign.LUNCH, 45),
        (DoorSign.LATE, 30),
        (DoorSign.OWN_WORDS, 30),
    ],
)
def test_a_sign_ends_by_the_time_it_names(fair: Fair, sign: DoorSign, minutes: int) -> None:
    at = now(fair.hall)
    text = "Room 4" if sign is DoorSign.OWN_WORDS else None
    fair.says("Acme", sign, text)
    acme = fair.company("Acme")
    assert (acme.sign, acme.sign_text) == (sign, text)
    assert acme.sign_until == at + timedelta(minutes=minutes)
    left = minutes - (now(fair.hall) - at) // timedelta(minutes=1)
    fair.sign_time_passes("Acme", left - 1)
    assert fair.last == []
    assert fair.company("Acme").sign is sign
    fair.sign_time_passes("Acme", left)
    assert [each.event for each in fair.last] == [DoorSignTakenDown(acme.id, "ran_out")]
    acme = fair.company("Acme")
    assert (acme.sign, acme.sign_text, acme.sign_until) == (None, None, None)


def test_there_is_one_sign_at_a_time(fair: Fair) -> None:
    fair.says("Acme", DoorSign.OWN_WORDS, "We are in room 4")
    fair.says("Acme", DoorSign.BACK_IN_20)
    assert [type(each.event) for each in fair.last] == [DoorSignPutUp]
    assert fair.company("Acme").sign is DoorSign.BACK_IN_20
    assert fair.company("Acme").sign_text is None


def test_it_is_taken_down_by_hand_and_twice_is_no_error(fair: Fair) -> None:
    fair.says("Acme", DoorSign.LUNCH)
    fair.says_no_more("Acme")
    assert [each.event for each in fair.last] == [DoorSignTakenDown(fair.company("Acme").id)]
    fair.says_no_more("Acme")
    assert fair.last == []


@pytest.mark.parametrize("all_at_once", [False, True])
def test_it_ends_when_the_stand_recruits_again(fair: Fair, all_at_once: bool) -> None:
    fair.pauses_all() if all_at_once else fair.stand_pauses("Acme")
    fair.says("Acme", DoorSign.BACK_IN_10)
    fair.resumes_all() if all_at_once else fair.stand_resumes("Acme")
    down = DoorSignTakenDown(fair.company("Acme").id, SignDownBecause.RECRUITING)
    assert down in [each.event for each in fair.last]
    assert fair.company("Acme").sign is None


def test_a_pause_leaves_it_and_so_does_a_resume_of_who_recruits(fair: Fair) -> None:
    fair.says("Acme", DoorSign.LATE)
    fair.stand_resumes("Acme")
    assert fair.last == []
    fair.stand_pauses("Acme")
    assert CompanyStatusChanged in [type(each.event) for each in fair.last]
    assert fair.company("Acme").sign is DoorSign.LATE


def test_it_concerns_no_turn_and_no_other_stand(fair: Fair) -> None:
    called, globex = fair.called("Acme"), fair.company("Globex")
    fair.says("Acme", DoorSign.BACK_IN_20)
    assert fair.told == []
    assert fair.called("Acme") == called
    assert fair.company("Globex") == globex


@pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.OPEN])
def test_it_is_said_before_the_fair_too(fair: Fair, phase: Phase) -> None:
    fair.phase(phase)
    fair.says("Acme", DoorSign.LATE)
    assert fair.company("Acme").sign is DoorSign.LATE


def test_after_the_fair_nobody_is_told_anything(fair: Fair) -> None:
    fair.says("Acme", DoorSign.LATE)
    fair.phase(Phase.CLOSED)
    with fair.refuses("fair_closed"):
        fair.says("Acme", DoorSign.BACK_IN_10)
    fair.says_no_more("Acme")
    assert fair.company("Acme").sign is None
