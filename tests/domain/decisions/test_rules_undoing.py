"""Taking back, within a minute, that the last interview of a stand ended."""

from __future__ import annotations

import pytest

from jobfair.domain.state import EntryState, StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Alice's interview at a stand has just ended, Bob is called; she waits elsewhere too."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob")
    fair.queue("Globex", "Alice", "Chloé")
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    return fair


def test_the_interview_runs_on_since_it_began(fair: Fair) -> None:
    began = fair.entry("Alice", "Acme").started_at
    fair.undoes("Alice", "Acme")
    entry, alice = fair.entry("Alice", "Acme"), fair.student("Alice")
    assert (entry.state, entry.started_at, entry.slot) == (EntryState.RUNNING, began, 1)
    assert (entry.ended, entry.completed_at) == (None, None)
    assert (alice.status, alice.company_id) == ("in_interview", fair.companies["Acme"])


def test_turns_follow_by_themselves(fair: Fair) -> None:
    fair.returns("Alice")
    assert sorted(fair.called_entries()) == [("Alice", "Globex"), ("Bob", "Acme")]
    fair.undoes("Alice", "Acme")
    assert fair.told == [
        "Bob no longer called by Acme: no_free_slot",
        "Alice no longer called by Globex: in_interview",
        "Chloé called by Globex",
    ]


def test_it_ends_again_like_any_interview(fair: Fair) -> None:
    fair.undoes("Alice", "Acme")
    fair.completes("Alice", "Acme")
    assert fair.student("Alice").status is StudentStatus.PAUSED
    assert fair.called("Acme") == ["Bob"]
    fair.undoes("Alice", "Acme")
    assert fair.inside("Acme") == ["Alice"]


def test_after_a_minute_it_stays_done(fair: Fair) -> None:
    with fair.refuses("too_late", state="done"):
        fair.undoes("Alice", "Acme", seconds=61)
    with fair.refuses("too_late", state="done"):
        fair.undoes("Alice", "Acme", seconds=-1)


@pytest.mark.parametrize("seconds", [0, 60])
def test_from_the_moment_of_the_end_until_a_minute_later(fair: Fair, seconds: int) -> None:
    fair.undoes("Alice", "Acme", seconds)
    assert fair.inside("Acme") == ["Alice"]


def test_not_once_the_student_is_in_an_interview_elsewhere(fair: Fair) -> None:
    fair.returns("Alice")
    fair.starts("Alice", "Globex")
    with fair.refuses("in_interview_elsewhere"):
        fair.undoes("Alice", "Acme")


def test_not_once_the_slot_is_taken(fair: Fair) -> None:
    fair.starts("Bob", "Acme")
    with fair.refuses("no_free_slot"):
        fair.undoes("Alice", "Acme")
    fair.slots("Acme", 2)
    fair.undoes("Alice", "Acme")
    assert fair.entry("Alice", "Acme").slot == 2


def test_only_the_last_one_of_the_stand(fair: Fair) -> None:
    fair.starts("Bob", "Acme")
    fair.completes("Bob", "Acme")
    with fair.refuses("not_the_last"):
        fair.undoes("Alice", "Acme")
    fair.undoes("Bob", "Acme")


def test_nothing_is_undone_of_what_runs_was_removed_or_had_no_interview(fair: Fair) -> None:
    fair.undoes("Alice", "Acme")
    with fair.refuses("nothing_to_undo"):
        fair.undoes("Alice", "Acme")
    fair.completes("Alice", "Acme")
    fair.removes("Alice", "Acme")
    with fair.refuses("nothing_to_undo"):
        fair.undoes("Alice", "Acme")
    fair.completes_for("Bob", "Acme")
    with fair.refuses("not_the_last"):
        fair.undoes("Bob", "Acme")


def test_a_stand_that_takes_a_break_may_undo(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    fair.undoes("Alice", "Acme")
    assert fair.inside("Acme") == ["Alice"]


def test_of_a_deactivated_student_the_interview_goes_on_like_any_of_theirs(fair: Fair) -> None:
    fair.deactivates("Alice")
    fair.undoes("Alice", "Acme")
    assert fair.inside("Acme") == ["Alice"]


def test_an_organiser_undoes_it_later_and_it_runs_on_since_it_began(fair: Fair) -> None:
    began = fair.entry("Alice", "Acme").started_at
    fair.starts("Bob", "Acme")
    fair.returns("Alice")
    fair.undoes_for("Alice", "Acme")
    entry = fair.entry("Alice", "Acme")
    assert (entry.state, entry.started_at, entry.slot) == (EntryState.RUNNING, began, 2)
    assert fair.student("Alice").status is StudentStatus.IN_INTERVIEW
    assert "Alice no longer called by Globex: in_interview" in fair.told
    fair.completes("Alice", "Acme")
    assert sorted(fair.inside("Acme")) == ["Bob"]


def test_what_an_organiser_cannot_undo(fair: Fair) -> None:
    fair.returns("Alice")
    fair.starts("Alice", "Globex")
    with fair.refuses("in_interview_elsewhere"):
        fair.undoes_for("Alice", "Acme")
    fair.completes_for("Bob", "Acme")
    for student, company in (("Bob", "Acme"), ("Chloé", "Globex"), ("Alice", "Globex")):
        with fair.refuses("nothing_to_undo"):
            fair.undoes_for(student, company)
