"""Starting and completing interviews, and the slots they take: rules 5, 6 and 7."""

from __future__ import annotations

import pytest

from jobfair.domain.state import EntryState, StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Two slots and four in line, Alice and Bob called."""
    fair = Fair("Alice", "Bob", "Chloé", "David", Acme=2, Globex=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé", "David")
    return fair


def test_rule_7_as_many_may_start_as_slots_are_free(fair: Fair) -> None:
    assert fair.called("Acme") == ["Alice", "Bob"]
    with fair.refuses("not_your_turn"):
        fair.starts("Chloé", "Acme")


def test_rule_7_among_the_called_the_order_of_starting_is_theirs(fair: Fair) -> None:
    fair.starts("Bob", "Acme")
    assert fair.inside("Acme") == ["Bob"]
    assert fair.called("Acme") == ["Alice"]
    assert fair.told == []


def test_rule_7_a_start_takes_the_slot_the_turn_and_the_student(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    entry, alice = fair.entry("Alice", "Acme"), fair.student("Alice")
    assert (entry.state, entry.turn, entry.slot) == (EntryState.RUNNING, None, 1)
    assert (alice.status, alice.company_id) == ("in_interview", fair.companies["Acme"])
    assert (fair.company("Acme").running, fair.company("Acme").waiting) == (1, 3)


def test_rule_7_without_a_free_slot_nobody_starts(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.starts("Bob", "Acme")
    with fair.refuses("no_free_slot"):
        fair.starts("Chloé", "Acme")


def test_rule_7_an_interview_is_not_started_twice(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    with fair.refuses("not_available", status="in_interview"):
        fair.starts("Alice", "Acme")


def test_rule_7_somebody_who_left_does_not_start(fair: Fair) -> None:
    fair.leaves("Alice", "Acme")
    with fair.refuses("not_waiting"):
        fair.starts("Alice", "Acme")


def test_rule_5_completing_ends_the_entry_pauses_the_student_and_frees_the_slot(
    fair: Fair,
) -> None:
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    entry, alice = fair.entry("Alice", "Acme"), fair.student("Alice")
    assert (entry.state, entry.slot) == (EntryState.DONE, None)
    assert entry.completed_at == fair.last[0].at
    assert (alice.status, alice.company_id) == (StudentStatus.PAUSED, None)
    assert fair.company("Acme").free_slots == 2
    assert fair.told == ["Chloé called by Acme"]


def test_rule_5_only_a_running_interview_is_completed(fair: Fair) -> None:
    with fair.refuses("not_in_interview"):
        fair.completes("Alice", "Acme")
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    with fair.refuses("not_in_interview"):
        fair.completes("Alice", "Acme")


def test_rule_5_an_interview_elsewhere_is_not_this_companys_to_complete(fair: Fair) -> None:
    fair.queue("Globex", "Alice")
    fair.starts("Alice", "Globex")
    with fair.refuses("not_in_interview"):
        fair.completes("Alice", "Acme")


def test_rule_5_an_admin_completes_an_interview_as_the_company_would(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.completes_for("Alice", "Acme")
    assert fair.student("Alice").status is StudentStatus.PAUSED
    assert fair.told == ["Chloé called by Acme"]


def test_rule_5_an_admin_completes_a_waiting_entry_and_nothing_else(fair: Fair) -> None:
    fair.queue("Globex", "Alice")
    fair.completes_for("Alice", "Acme")
    assert fair.entry("Alice", "Acme").state is EntryState.DONE
    assert fair.entry("Alice", "Acme").completed_at is not None
    assert fair.student("Alice").status is StudentStatus.AVAILABLE
    assert fair.called("Globex") == ["Alice"]
    assert fair.told == ["Alice no longer called by Acme: done", "Chloé called by Acme"]


def test_rule_5_an_admin_completes_nothing_twice(fair: Fair) -> None:
    fair.completes_for("Alice", "Acme")
    with fair.refuses("already_done"):
        fair.completes_for("Alice", "Acme")
    fair.leaves("Bob", "Acme")
    with fair.refuses("not_waiting"):
        fair.completes_for("Bob", "Acme")


def test_rule_6_a_slot_added_calls_the_next(fair: Fair) -> None:
    fair.slots("Acme", 3)
    assert fair.told == ["Chloé called by Acme"]


def test_rule_6_lowering_the_slots_ends_no_interview_and_stops_new_ones(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.starts("Bob", "Acme")
    fair.slots("Acme", 1)
    assert fair.inside("Acme") == ["Alice", "Bob"]
    assert fair.company("Acme").free_slots == 0
    fair.completes("Alice", "Acme")
    assert fair.called("Acme") == []
    fair.completes("Bob", "Acme")
    assert fair.called("Acme") == ["Chloé"]


def test_rule_6_the_same_number_of_slots_changes_nothing(fair: Fair) -> None:
    fair.slots("Acme", 2)
    assert fair.last == []


def test_interviews_hold_the_lowest_slot_number_that_is_not_held(fair: Fair) -> None:
    fair.slots("Acme", 3)
    for student in ("Alice", "Bob", "Chloé"):
        fair.starts(student, "Acme")
    fair.completes("Bob", "Acme")
    fair.starts("David", "Acme")
    held = {each: fair.entry(each, "Acme").slot for each in ("Alice", "Chloé", "David")}
    assert held == {"Alice": 1, "Chloé": 3, "David": 2}


def test_an_interview_beyond_the_slots_holds_a_number_of_its_own(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.starts("Bob", "Acme")
    fair.forces("David", StudentStatus.IN_INTERVIEW, "Acme")
    assert fair.entry("David", "Acme").slot == 3
    assert fair.company("Acme").free_slots == 0
