"""Deleting a company or a student: rule 10."""

from __future__ import annotations

import pytest

from jobfair.domain.events import CompanyDeleted, Left, StudentDeleted
from jobfair.domain.reasons import LeftBecause
from jobfair.domain.state import Presence, StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Alice in an interview at Acme and in line at Globex; Bob called by both."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=2, Globex=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.queue("Globex", "Alice", "Bob")
    fair.starts("Alice", "Acme")
    return fair


def test_rule_10_deleting_a_company_makes_those_in_an_interview_available(fair: Fair) -> None:
    fair.deletes_company("Acme")
    assert fair.student("Alice").status is StudentStatus.AVAILABLE
    assert fair.student("Alice").company_id is None
    assert fair.entry("Alice", "Globex").presence is Presence.AVAILABLE
    assert fair.called("Globex") == ["Alice"]


def test_rule_10_somebody_who_was_called_by_a_deleted_company_is_told(fair: Fair) -> None:
    fair.deletes_company("Acme")
    assert fair.told == [
        "Bob no longer called by Acme: left",
        "Bob no longer called by Globex: someone_ahead",
        "Alice called by Globex",
    ]


def test_rule_10_a_deleted_company_takes_its_queue_with_it(fair: Fair) -> None:
    acme = fair.companies["Acme"]
    fair.completes("Alice", "Acme")
    fair.deletes_company("Acme")
    assert acme not in fair.hall.companies
    assert list(fair.hall.entries_of(acme)) == []
    assert fair.last[-1].event == CompanyDeleted(acme, "Acme")
    left = [each.event for each in fair.last if isinstance(each.event, Left)]
    assert {event.reason for event in left} == {LeftBecause.COMPANY_DELETED}
    assert len(left) == 2


def test_rule_10_deleting_a_student_frees_the_slot_and_the_places(fair: Fair) -> None:
    fair.slots("Acme", 1)
    fair.deletes_student("Alice")
    assert "Alice called by Globex" not in fair.told
    assert fair.told == ["Bob called by Acme"]
    assert fair.inside("Acme") == []
    assert fair.line("Globex") == ["Bob"]


def test_rule_10_a_deleted_student_takes_every_entry_along(fair: Fair) -> None:
    alice = fair.students["Alice"]
    fair.completes("Alice", "Acme")
    fair.deletes_student("Alice")
    assert alice not in fair.hall.students
    assert list(fair.hall.entries_by(alice)) == []
    assert fair.last[-1].event == StudentDeleted(alice, "Alice")
    left = [each.event for each in fair.last if isinstance(each.event, Left)]
    assert [event.reason for event in left] == [LeftBecause.STUDENT_DELETED]


def test_rule_10_the_positions_of_a_deleted_student_are_not_given_again(fair: Fair) -> None:
    fair.deletes_student("Chloé")
    fair.new_student("David")
    fair.joins("David", "Acme")
    assert fair.position("David", "Acme") == 4


def test_rule_10_deleting_someone_called_calls_the_next(fair: Fair) -> None:
    fair.slots("Acme", 2)
    fair.deletes_student("Bob")
    assert "Chloé called by Acme" in fair.told


def test_undoing_a_list_keeps_somebody_who_had_an_interview(fair: Fair) -> None:
    fair.new_student("Dan")
    fair.queue("Globex", "Dan")
    fair.starts("Bob", "Globex")
    fair.completes("Bob", "Globex")
    fair.deletes_without_interview("Alice", "Bob", "Chloé", "Dan")
    assert [fair.name(each) for each in fair.hall.students] == ["Alice", "Bob"]
    assert fair.line("Acme") == ["Bob"]


def test_it_deletes_nobody_else(fair: Fair) -> None:
    fair.deletes_without_interview("Alice", "Bob")
    assert [fair.name(each) for each in fair.hall.students] == ["Alice", "Chloé"]
