"""Being available, paused, in an interview or deactivated: rules 2, 3, 4, 10 and 12."""

from __future__ import annotations

import pytest

from jobfair.domain.state import Phase, Presence, StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Two stands with the same three in line, in another order; Alice and Chloé called."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.queue("Globex", "Chloé", "Bob", "Alice")
    return fair


def test_rule_2_a_greyed_entry_is_skipped(fair: Fair) -> None:
    fair.pauses("Alice")
    assert fair.called("Acme") == ["Bob"]
    assert fair.told == ["Alice no longer called by Acme: paused", "Bob called by Acme"]


def test_rule_2_a_greyed_entry_keeps_its_position_and_takes_its_turn_again(fair: Fair) -> None:
    fair.pauses("Alice")
    assert fair.position("Alice", "Acme") == 1
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]
    fair.returns("Alice")
    assert fair.told == ["Bob no longer called by Acme: someone_ahead", "Alice called by Acme"]


def test_rule_2_an_interview_greys_the_other_entries_until_it_is_over(fair: Fair) -> None:
    fair.starts("Chloé", "Globex")
    assert fair.entry("Chloé", "Acme").presence is Presence.IN_INTERVIEW
    fair.completes("Chloé", "Globex")
    assert fair.entry("Chloé", "Acme").presence is Presence.PAUSED
    fair.returns("Chloé")
    assert fair.entry("Chloé", "Acme").presence is Presence.AVAILABLE


def test_rule_3_a_student_called_twice_chooses(fair: Fair) -> None:
    fair.leaves("Chloé", "Globex")
    fair.leaves("Alice", "Acme")
    assert (fair.called("Acme"), fair.called("Globex")) == (["Bob"], ["Bob"])
    fair.starts("Bob", "Globex")
    assert fair.inside("Globex") == ["Bob"]
    assert fair.line("Acme") == ["Bob", "Chloé"]
    assert fair.told == ["Bob no longer called by Acme: in_interview", "Chloé called by Acme"]


def test_rule_4_only_the_student_ends_the_pause_after_an_interview(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    assert fair.student("Alice").status is StudentStatus.PAUSED
    fair.returns("Alice")
    assert fair.student("Alice").status is StudentStatus.AVAILABLE


def test_rule_4_nobody_pauses_twice_or_becomes_available_twice(fair: Fair) -> None:
    with fair.refuses("already_available"):
        fair.returns("Alice")
    fair.pauses("Alice")
    with fair.refuses("already_paused"):
        fair.pauses("Alice")


def test_rule_4_no_student_walks_out_of_an_interview_by_a_status(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    with fair.refuses("in_interview"):
        fair.pauses("Alice")
    with fair.refuses("in_interview"):
        fair.returns("Alice")


def test_rule_10_a_deactivated_student_is_greyed_and_keeps_the_place(fair: Fair) -> None:
    fair.deactivates("Alice")
    assert fair.told == ["Alice no longer called by Acme: inactive", "Bob called by Acme"]
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]
    with fair.refuses("not_available", status="inactive"):
        fair.starts("Alice", "Acme")
    fair.reactivates("Alice")
    assert fair.called("Acme") == ["Alice"]


def test_rule_10_deactivated_during_an_interview_it_goes_on_until_completed(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.deactivates("Alice")
    assert fair.inside("Acme") == ["Alice"]
    assert fair.called("Acme") == []
    fair.completes("Alice", "Acme")
    assert fair.called("Acme") == ["Bob"]
    assert fair.entry("Alice", "Globex").presence is Presence.INACTIVE


def test_rule_10_deactivating_twice_changes_nothing(fair: Fair) -> None:
    fair.deactivates("Alice")
    fair.deactivates("Alice")
    assert fair.last == []
    fair.reactivates("Alice")
    fair.reactivates("Alice")
    assert fair.last == []


def test_rule_12_a_paused_student_whose_turn_it_would_be_is_reminded_once(fair: Fair) -> None:
    fair.pauses("Bob")
    assert fair.told == []
    fair.leaves("Alice", "Acme")
    assert fair.told == [
        "Alice no longer called by Acme: left",
        "Chloé called by Acme",
        "Bob reminded of Acme",
    ]
    fair.leaves("Chloé", "Acme")
    assert fair.told == ["Chloé no longer called by Acme: left"]


def test_rule_12_nobody_is_reminded_because_something_else_happened(fair: Fair) -> None:
    fair.pauses("Bob")
    fair.pauses("Chloé")
    fair.leaves("Alice", "Acme")
    assert fair.told[-1] == "Bob reminded of Acme"
    fair.closes_queue("Acme")
    assert fair.told == []


def test_rule_12_behind_someone_who_is_called_there_is_nothing_to_remind_of(fair: Fair) -> None:
    fair.pauses("Bob")
    fair.pauses("Chloé")
    assert "Chloé reminded of Acme" not in fair.told
    assert "Bob reminded of Acme" not in fair.told


def test_rule_12_who_pauses_during_a_turn_knows_and_is_not_reminded(fair: Fair) -> None:
    fair.pauses("Alice")
    fair.leaves("Bob", "Acme")
    assert "Alice reminded of Acme" not in fair.told


def test_rule_12_only_who_pauses_during_a_turn_counts_as_reminded(fair: Fair) -> None:
    fair.pauses("Chloé")
    assert fair.entry("Chloé", "Globex").reminded
    assert not fair.entry("Chloé", "Acme").reminded
    fair.deactivates("Bob")
    fair.forces("Alice", StudentStatus.IN_INTERVIEW, "Globex")
    assert not fair.entry("Bob", "Globex").reminded
    assert not fair.entry("Alice", "Acme").reminded


def test_rule_12_a_new_pause_brings_a_new_reminder(fair: Fair) -> None:
    fair.pauses("Bob")
    fair.leaves("Alice", "Acme")
    fair.returns("Bob")
    fair.adds("Alice", "Acme", rank=1)
    fair.pauses("Bob")
    fair.leaves("Alice", "Acme")
    assert "Bob reminded of Acme" in fair.told


def test_rule_12_the_pause_after_an_interview_is_one_to_be_reminded_in(fair: Fair) -> None:
    fair.leaves("Chloé", "Globex")
    fair.leaves("Bob", "Globex")
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    assert fair.told == ["Bob called by Acme", "Alice reminded of Globex"]


def test_rule_12_a_set_aside_entry_is_not_reminded(fair: Fair) -> None:
    fair.passes("Alice", "Acme")
    fair.pauses("Alice")
    fair.leaves("Bob", "Acme")
    assert "Alice reminded of Acme" not in fair.told


def test_rule_12_who_is_set_aside_takes_nobodys_reminder(fair: Fair) -> None:
    fair.passes("Alice", "Acme")
    fair.pauses("Alice")
    fair.pauses("Chloé")
    fair.leaves("Bob", "Acme")
    assert fair.told == ["Bob no longer called by Acme: left", "Chloé reminded of Acme"]


@pytest.mark.parametrize("act", ["company pauses", "fair closes"])
def test_rule_12_where_nobody_is_called_nobody_is_reminded(fair: Fair, act: str) -> None:
    fair.pauses("Bob")
    if act == "company pauses":
        fair.stand_pauses("Acme")
    else:
        fair.phase(Phase.CLOSED)
    fair.leaves("Alice", "Acme")
    assert fair.told == []
