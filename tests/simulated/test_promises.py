"""The wait that was promised against the one that came, at whole fairs played by chance."""

from __future__ import annotations

import pytest

from tests.simulated.promised_fairs import KINDS, Kind, Promise, PromisedFair, score
from tests.support.chance import seed

USUAL_SEED = 2026


@pytest.fixture(scope="module")
def promises() -> dict[str, list[Promise]]:
    """What was promised at one fair of each kind, and what came."""
    made = {}
    chosen = seed(USUAL_SEED)
    for kind in KINDS:
        fair = PromisedFair(kind, chosen)
        fair.play()
        made[kind.name] = fair.promises
    return made


def test_the_real_wait_falls_into_the_range_8_times_out_of_10(
    promises: dict[str, list[Promise]],
) -> None:
    every = score("all", [each for made in promises.values() for each in made], 0)
    assert every.promises > 10_000
    assert every.kept >= 0.80
    # A range from nothing to for ever would always be right.
    assert every.width <= 1.1 * every.wait
    assert every.relative <= 1.35
    # Wrong as often this way as that, within reason.
    assert every.early < 0.12
    assert every.late < 0.12


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_kind_of_fair_is_far_from_it(kind: Kind, promises: dict[str, list[Promise]]) -> None:
    assert score(kind.name, promises[kind.name], 0).kept >= 0.60


def test_a_fair_of_one_seed_is_the_same_each_time(promises: dict[str, list[Promise]]) -> None:
    again = PromisedFair(KINDS[0], seed(USUAL_SEED))
    again.play()
    assert again.promises == promises[KINDS[0].name]


def test_promises_that_were_too_short_are_not_forgotten_when_the_student_leaves() -> None:
    assert Promise(0, 5, 15, came=10).kept is True
    assert Promise(0, 5, 15, came=20).kept is False
    assert Promise(0, 5, 15, over=20).kept is False
    assert Promise(0, 5, 15, over=10).kept is None
