"""A student who is about to be called is told once for an entry (rule 15)."""

from __future__ import annotations

import pytest

from jobfair.domain.state import Phase
from tests.domain.a_hall import Fair

CROWD = ("Ana", "Bob", "Cléo", "Dan", "Eve", "Finn")


def crowded(slots: int, phase: Phase = Phase.OPEN) -> Fair:
    """Six wait at Acme, in this order."""
    fair = Fair(*CROWD, phase=phase, Acme=slots)
    fair.queue("Acme", *CROWD)
    return fair


def told_by_now(fair: Fair) -> list[str]:
    return [name for name in CROWD if fair.entry(name, "Acme").told_soon]


@pytest.mark.parametrize(
    ("slots", "told"),
    [(1, ["Bob"]), (2, ["Cléo", "Dan"]), (3, ["Dan", "Eve"]), (6, [])],
)
def test_as_many_as_the_company_has_slots_and_at_most_two(slots: int, told: list[str]) -> None:
    assert told_by_now(crowded(slots)) == told


def test_the_next_one_is_told_as_the_first_starts() -> None:
    fair = crowded(1)
    fair.starts("Ana", "Acme")
    assert fair.warned == []
    fair.completes("Ana", "Acme")
    assert fair.told == ["Bob called by Acme"]
    assert fair.warned == ["Cléo soon at Acme"]


def test_who_joins_right_behind_is_told_at_once() -> None:
    fair = Fair("Ana", "Bob", "Cléo", Acme=1)
    fair.joins("Ana", "Acme")
    assert fair.warned == []
    fair.joins("Bob", "Acme")
    assert fair.warned == ["Bob soon at Acme"]
    fair.joins("Cléo", "Acme")
    assert fair.warned == []


def test_greyed_and_set_aside_ones_are_passed_over() -> None:
    fair = Fair(*CROWD, Acme=1)
    fair.pauses("Bob")
    fair.queue("Acme", *CROWD)
    assert told_by_now(fair) == ["Cléo"]
    fair.passes("Ana", "Acme")
    assert "Cléo called by Acme" in fair.told
    assert fair.warned == ["Dan soon at Acme"]


def test_once_for_an_entry_whatever_happens_to_it() -> None:
    fair = crowded(1)
    fair.reorders("Acme", "Ana", "Cléo", "Bob", "Dan", "Eve", "Finn")
    assert fair.warned == ["Cléo soon at Acme"]
    fair.reorders("Acme", "Ana", "Bob", "Cléo", "Dan", "Eve", "Finn")
    assert fair.warned == []
    fair.pauses("Bob")
    fair.returns("Bob")
    assert fair.warned == []
    fair.stand_pauses("Acme")
    fair.stand_resumes("Acme")
    assert fair.warned == []


def test_a_new_entry_is_told_anew() -> None:
    fair = Fair("Ana", "Bob", Acme=1)
    fair.queue("Acme", "Ana", "Bob")
    fair.leaves("Bob", "Acme")
    fair.joins("Bob", "Acme")
    assert fair.warned == ["Bob soon at Acme"]


def test_nobody_before_the_opening_and_all_who_are_next_with_it() -> None:
    fair = crowded(2, Phase.PREPARING)
    assert told_by_now(fair) == []
    fair.phase(Phase.OPEN)
    assert fair.warned == ["Cléo soon at Acme", "Dan soon at Acme"]


def test_nobody_by_a_stand_that_takes_a_break() -> None:
    fair = Fair("Ana", "Bob", Acme=1)
    fair.joins("Ana", "Acme")
    fair.stand_pauses("Acme")
    fair.adds("Bob", "Acme")
    assert fair.warned == []
    fair.stand_resumes("Acme")
    assert fair.warned == ["Bob soon at Acme"]


def test_with_more_running_than_slots_the_first_is_next() -> None:
    fair = crowded(2)
    fair.starts("Ana", "Acme")
    fair.starts("Bob", "Acme")
    fair.slots("Acme", 1)
    assert "Cléo" in told_by_now(fair)
    assert "Dan" in told_by_now(fair)
    fair.completes("Ana", "Acme")
    assert fair.told == []
    assert fair.warned == []


def test_somebody_behind_whose_turn_is_held_counts_as_called() -> None:
    fair = Fair(*CROWD, Acme=1)
    fair.queue("Acme", "Ana", "Bob", "Cléo")
    fair.passes("Ana", "Acme")
    fair.says_coming("Bob", "Acme")
    fair.says_here("Ana", "Acme")
    assert fair.called("Acme") == ["Bob"]
    assert fair.warned == ["Ana soon at Acme"]
