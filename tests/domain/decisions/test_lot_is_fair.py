"""Nobody gains by being first, fast or many: a thousand fairs by lot, and what chance allows.

Three kinds of students join the same queue before the doors: those who come as they like, a script
that is a thousand times faster and so is always first, and one with many tabs, who leaves and joins
again and again. Were ranks dealt otherwise than by lot, one of them would stand out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from jobfair.domain.decisions import lot
from jobfair.domain.state import Phase
from tests.domain.a_hall import Concerns, Fair
from tests.support import chance

FAIRS = 1000
HONEST = tuple(f"Honest {number}" for number in range(8))
FAST, TABBED = "Fast", "Tabbed"
EVERYBODY = (FAST, *HONEST, TABBED)
REJOINS = 5

BOUND = 37.0
"""Of a chi-square with nine degrees of freedom one in 38,000 is above it: three are looked at, so
one run in 12,000 fails by chance."""

Order = Callable[[bytes, int, Iterable[int]], list[int]]


def played(random: chance.Random) -> list[str]:
    """One fair up to its opening. Returns who stands where."""
    fair = Fair(*EVERYBODY, phase=Phase.PREPARING, Acme=1)
    seed = random.randbytes(lot.SEED_BYTES)
    fair.seed = seed
    fair.act(lambda hall: lot.switch_on(hall, seed), Concerns())
    # The script is there before the first person has opened the page.
    fair.joins(FAST, "Acme")
    arriving = [*HONEST, *[TABBED] * REJOINS]
    random.shuffle(arriving)
    for who in arriving:
        if who == TABBED and TABBED in fair.line("Acme"):
            fair.leaves(who, "Acme")
        fair.joins(who, "Acme")
    fair.phase(Phase.OPEN)
    return fair.line("Acme")


def ranks_of(fairs: list[list[str]], who: str) -> Counter[int]:
    return Counter(line.index(who) for line in fairs)


def chi_square(ranks: Counter[int]) -> float:
    """How far the ranks are from being each as likely."""
    expected = ranks.total() / len(EVERYBODY)
    return sum((ranks[rank] - expected) ** 2 / expected for rank in range(len(EVERYBODY)))


def test_no_kind_of_student_gains_by_how_they_join() -> None:
    random = chance.seeded(17)
    fairs = [played(random) for _ in range(FAIRS)]
    found = {who: chi_square(ranks_of(fairs, who)) for who in (FAST, HONEST[0], TABBED)}
    assert max(found.values()) < BOUND, found
    # And in plain words: each is first about as often as anybody else.
    first = Counter(line[0] for line in fairs)
    assert all(abs(first[who] - FAIRS / len(EVERYBODY)) < 50 for who in EVERYBODY), first


@pytest.mark.parametrize(
    ("order", "who"),
    [
        (lambda _seed, _company, ids: sorted(ids), FAST),
        (lambda _seed, _company, ids: sorted(ids, reverse=True), TABBED),
    ],
    ids=["by entry id", "latest first"],
)
def test_the_measure_finds_a_deal_that_is_none(
    monkeypatch: pytest.MonkeyPatch, order: Order, who: str
) -> None:
    monkeypatch.setattr(lot, "order", order)
    random = chance.seeded(17)
    fairs = [played(random) for _ in range(100)]
    assert chi_square(ranks_of(fairs, who)) > 3 * BOUND


def test_the_same_entries_are_dealt_otherwise_by_each_seed() -> None:
    random = chance.seeded(17)
    seen = {
        tuple(lot.order(random.randbytes(lot.SEED_BYTES), 7, range(100, 104))) for _ in range(FAIRS)
    }
    assert len(seen) == 24


def test_a_ticket_of_one_company_says_nothing_about_another() -> None:
    """Who is first there is first elsewhere no more often than by chance."""
    random, both = chance.seeded(17), 0
    for _ in range(FAIRS):
        seed = random.randbytes(lot.SEED_BYTES)
        both += lot.order(seed, 1, range(10))[0] == lot.order(seed, 2, range(10))[0]
    assert abs(both - FAIRS / 10) < 50
