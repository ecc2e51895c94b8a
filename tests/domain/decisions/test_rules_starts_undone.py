"""Taking back, within a minute, that an interview started (rule 13)."""

from __future__ import annotations

import pytest

from jobfair.domain.state import EntryState, StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Alice, first at Acme and second at Globex, has just started at Acme; Bob waits behind her."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob")
    fair.queue("Globex", "Chloé", "Alice")
    fair.starts("Alice", "Acme")
    return fair


def test_the_entry_waits_again_where_it_was_and_its_student_is_available(fair: Fair) -> None:
    fair.undoes_start("Alice", "Acme")
    entry, alice = fair.entry("Alice", "Acme"), fair.student("Alice")
    assert (entry.state, entry.position, entry.slot) == (EntryState.WAITING, 1, None)
    assert entry.started_at is None
    assert (alice.status, alice.company_id) == (StudentStatus.AVAILABLE, None)
    assert fair.line("Acme") == ["Alice", "Bob"]


def test_it_is_called_again_at_once_where_it_is_first_and_that_call_counts_from_now(
    fair: Fair,
) -> None:
    first_turn = fair.journal[-2].number
    fair.undoes_start("Alice", "Acme")
    entry = fair.entry("Alice", "Acme")
    assert fair.told == ["Alice called by Acme"]
    assert entry.called_at == fair.last[0].at
    assert entry.turn is not None
    assert entry.turn > first_turn
    assert not entry.seen


def test_it_is_not_called_again_where_rule_9_calls_somebody_else(fair: Fair) -> None:
    fair.reorders("Acme", "Bob")
    fair.slots("Acme", 2)
    assert fair.called("Acme") == ["Bob"]
    fair.says_coming("Bob", "Acme")
    fair.slots("Acme", 1)
    fair.undoes_start("Alice", "Acme")
    # The seat was hers alone: Bob was called to none while she had it.
    assert fair.called("Acme") == ["Alice"]


def test_nobody_is_called_by_a_stand_that_takes_a_break(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    fair.undoes_start("Alice", "Acme")
    assert fair.told == []
    assert fair.entry("Alice", "Acme").called_at is None
    fair.stand_resumes("Acme")
    assert fair.told == ["Alice called by Acme"]


def test_her_other_queues_have_her_back(fair: Fair) -> None:
    fair.leaves("Chloé", "Globex")
    assert fair.called("Globex") == []
    fair.undoes_start("Alice", "Acme")
    assert sorted(fair.told) == ["Alice called by Acme", "Alice called by Globex"]


def test_who_was_started_out_of_turn_waits_as_before() -> None:
    fair = Fair("Alice", "Bob", "Chloé", Acme=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.passes("Alice", "Acme")
    fair.starts_at_stand("Alice", "Acme", out_of_turn=True)
    fair.undoes_start("Alice", "Acme")
    assert fair.entry("Alice", "Acme").aside
    assert fair.called("Acme") == ["Bob"]
    fair.starts_at_stand("Chloé", "Acme", out_of_turn=True)
    fair.undoes_start("Chloé", "Acme")
    assert fair.told == ["Bob called by Acme"]
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]


@pytest.mark.parametrize("seconds", [0, 60])
def test_from_the_start_until_a_minute_later(fair: Fair, seconds: int) -> None:
    fair.undoes_start("Alice", "Acme", seconds)
    assert fair.inside("Acme") == []


@pytest.mark.parametrize("seconds", [-1, 61])
def test_after_a_minute_it_goes_on(fair: Fair, seconds: int) -> None:
    with fair.refuses("too_late", state="running"):
        fair.undoes_start("Alice", "Acme", seconds)


@pytest.mark.parametrize("seconds", [0, 61])
def test_once_completed_it_stays_done(fair: Fair, seconds: int) -> None:
    fair.completes("Alice", "Acme")
    with fair.refuses("already_done"):
        fair.undoes_start("Alice", "Acme", seconds)


def test_what_waits_or_was_left_has_no_start(fair: Fair) -> None:
    with fair.refuses("not_in_interview"):
        fair.undoes_start("Bob", "Acme")
    fair.leaves("Bob", "Acme")
    with fair.refuses("not_in_interview"):
        fair.undoes_start("Bob", "Acme")
    fair.undoes_start("Alice", "Acme")
    with fair.refuses("not_in_interview"):
        fair.undoes_start("Alice", "Acme")


def test_an_end_that_was_undone_makes_no_new_start(fair: Fair) -> None:
    fair.completes("Alice", "Acme")
    fair.undoes("Alice", "Acme")
    with fair.refuses("too_late", state="running"):
        fair.undoes_start("Alice", "Acme", seconds=61)
    fair.undoes_start("Alice", "Acme", seconds=60)
    assert fair.called("Acme") == ["Alice"]


def test_of_a_deactivated_student_the_entry_waits_greyed(fair: Fair) -> None:
    fair.deactivates("Alice")
    fair.undoes_start("Alice", "Acme")
    assert fair.student("Alice").status is StudentStatus.AVAILABLE
    assert fair.told == ["Bob called by Acme"]
