"""Rule 11: two accounts of one person become one."""

from __future__ import annotations

import pytest

from jobfair.domain.decisions.doubles import addresses_alike, names_alike
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """Alice has registered again as Alicia, who waits in two queues, once before Alice herself."""
    fair = Fair("Alicia", "Bob", "Alice", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Bob", "Alicia", "Chloé")
    fair.queue("Globex", "Alicia", "Bob", "Alice")
    return fair


def test_the_places_stay_where_they_were(fair: Fair) -> None:
    fair.merges("Alicia", "Alice")
    assert fair.line("Acme") == ["Bob", "Alice", "Chloé"]
    assert fair.line("Globex") == ["Alice", "Bob"]
    assert fair.called("Globex") == ["Alice"]


def test_the_better_of_two_places_counts(fair: Fair) -> None:
    fair.merges("Alice", "Alicia")
    assert fair.line("Globex") == ["Alicia", "Bob"]
    assert fair.line("Acme") == ["Bob", "Alicia", "Chloé"]


def test_who_is_in_an_interview_keeps_it_and_gets_the_places(fair: Fair) -> None:
    fair.queue("Globex", "Chloé")
    fair.leaves("Alicia", "Globex")
    fair.leaves("Bob", "Globex")
    fair.starts("Alice", "Globex")
    fair.merges("Alicia", "Alice")
    assert fair.inside("Globex") == ["Alice"]
    assert fair.line("Acme") == ["Bob", "Alice", "Chloé"]
    assert fair.called("Acme") == ["Bob"]


def test_an_interview_is_not_deleted_with_its_account(fair: Fair) -> None:
    fair.starts("Alicia", "Globex")
    for _ in range(2):
        with fair.refuses("has_interviews"):
            fair.merges("Alicia", "Alice")
        fair.completes("Alicia", "Globex") if fair.inside("Globex") else None
    fair.merges("Alice", "Alicia")
    assert fair.line("Globex") == ["Bob"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("alice martin", "martin alice", True),
        ("alice martin", "alice martins", True),
        ("alice martin", "alice matrin", True),
        ("alice martin", "alise martin", True),
        ("alice martin", "lice martin", True),
        ("alice martin", "alice marteau", False),
        ("alice martin", "alain martin", False),
        ("ana li", "ana lu", False),
        ("ana li", "li ana", True),
    ],
)
def test_names_that_may_be_one_persons(one: str, other: str, alike: bool) -> None:
    assert names_alike(one, other) is alike
    assert names_alike(other, one) is alike


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("alicemartin@gmail.example", True),
        ("alice.martin2+fair@univ.example", True),
        ("alice.marti@univ.example", False),
    ],
)
def test_addresses_that_may_be_one_persons(other: str, alike: bool) -> None:
    assert addresses_alike("alice.martin@univ.example", other) is alike


def test_short_addresses_say_nothing() -> None:
    assert not addresses_alike("bob@a.example", "bob@b.example")
