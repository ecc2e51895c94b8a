"""A rehearsal: it plays the fair's own rules, the same for a seed, and finds what would help."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from jobfair.domain.decisions import joining, lot
from jobfair.domain.refusals import Code, Refusal
from jobfair.simulation import rehearsal
from jobfair.simulation.behaviour import Behaviour
from jobfair.simulation.plan import Limit, Longer, Opening, Plan, Seat, Stand
from jobfair.simulation.played_day import Day, play
from jobfair.simulation.rehearsal import Range, candidates, rehearse

CALM = Plan(tuple(Stand(f"Stand {number}") for number in range(6)), students=60, wishes=3)
CROWDED = Plan(
    (Stand("Wanted", wanted=6.0), *(Stand(f"Stand {number}") for number in range(5))),
    students=150,
    wishes=3,
)
SEED = 7


def unheard(_played: int, _days: int) -> None:
    """Who asked does not want to know how far it is."""


def test_a_day_of_one_seed_is_the_same_each_time() -> None:
    assert play(CALM, SEED) == play(CALM, SEED)
    assert play(CALM, SEED) != play(CALM, SEED + 1)


def test_the_figures_of_a_day_agree_with_each_other() -> None:
    day = play(CROWDED, SEED)
    assert day.interviews == len(day.waits) == sum(began for began, _wait in day.by_hour.values())
    assert 0 <= day.nobody <= CROWDED.students - day.enough
    assert 0 <= day.away <= day.idle <= len(CROWDED.stands) * 8 * 60
    # All that were met have seats: eight hours, six seats, some ten minutes each.
    assert day.interviews < 1.3 * len(CROWDED.stands) * 48


def test_its_days_are_played_by_the_rules_of_the_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = play(CALM, SEED)
    assert usual.interviews

    def nobody_joins(*_given: object) -> Refusal:
        return Refusal(Code.FAIR_CLOSED)

    monkeypatch.setattr(joining, "join", nobody_joins)
    assert play(CALM, SEED).interviews == 0


def test_no_stand_has_more_interviews_at_once_than_seats() -> None:
    one = replace(CALM, stands=(Stand("Alone", length=30.0),))
    day = play(one, SEED)
    # Of half an hour on average, and the way there: a seat more lets a day have twice as many.
    assert day.interviews < 22
    assert play(one, SEED, Seat(0, one.opens)).interviews > 1.6 * day.interviews


def test_a_queue_limit_keeps_the_queue_as_short() -> None:
    longest = max(play(CROWDED, SEED).waiting.values())
    assert longest > 10
    assert max(play(CROWDED, SEED, Limit(10)).waiting.values()) <= 10


def test_a_seat_from_an_hour_on_changes_nothing_before() -> None:
    seat = Seat(0, 13 * 60)
    usual, changed = play(CROWDED, SEED), play(CROWDED, SEED, seat)
    before = [(key, hour) for key, hour in usual.by_hour.items() if key[1] < 13]
    assert before == [(key, hour) for key, hour in changed.by_hour.items() if key[1] < 13]
    assert changed.interviews > usual.interviews


def test_half_an_hour_more_begins_more_interviews() -> None:
    assert play(CROWDED, SEED, Longer(30)).interviews > play(CROWDED, SEED).interviews


def test_a_draw_lets_nobody_be_early_in_every_queue() -> None:
    """Of those before the doors: at a rush the same person is first everywhere, by lot hardly."""
    hurried = replace(CALM, early=1.0, students=90, wishes=2)
    first = {}
    for opening in Opening:
        days = [play(replace(hurried, opening=opening), seed) for seed in range(6)]
        first[opening] = sum(day.away for day in days)
    # Who is called to two stands at once leaves a seat of one of them free, with a queue before it.
    assert first[Opening.LOT] != first[Opening.RUSH]


def test_the_draw_is_that_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    by_lot = replace(CALM, early=1.0, students=90, wishes=2, opening=Opening.LOT)
    drawn = play(by_lot, SEED)
    assert play(by_lot, SEED) == drawn
    monkeypatch.setattr(lot, "order", lambda _seed, _company_id, entry_ids: sorted(entry_ids))
    assert play(by_lot, SEED) != drawn


def test_the_luck_of_others_is_what_it_was() -> None:
    """So two days of a seed differ by the change: a seat where nobody wants to go is only idle."""
    apart = replace(CROWDED, stands=(*CROWDED.stands, Stand("Nobody's", wanted=0.0)))
    usual, changed = play(apart, SEED), play(apart, SEED, Seat(6, apart.opens))
    assert changed.idle > usual.idle
    assert replace(changed, idle=0) == replace(usual, idle=0)


@pytest.mark.system
def test_what_helps_a_crowded_stand_is_a_seat_there() -> None:
    outcome = rehearse(CROWDED, unheard)
    best = outcome.gains[0]
    assert isinstance(best.change, Seat)
    assert CROWDED.stands[best.change.stand].name == "Wanted"
    assert 0 < best.interviews.least <= best.interviews.mean <= best.interviews.most


@pytest.mark.system
def test_what_may_bring_nothing_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everybody is met anyway, no change helps."""
    roomy = replace(
        CALM,
        stands=tuple(replace(stand, slots=40) for stand in CALM.stands),
        behaviour=Behaviour(leaves_every=1e9, pauses_every=1e9),
        arrivals=60,
    )
    assert rehearse(roomy, unheard).gains == ()


def test_a_gain_is_measured_by_other_seeds_than_it_was_chosen_by() -> None:
    assert not set(rehearsal.CHOOSE_BY) & set(rehearsal.MEASURE_BY)


def test_a_seat_is_tried_from_when_it_is_needed() -> None:
    day = Day(0, 0, 0, 0.0, 0.0, (), {}, {(0, hour): 0 for hour in range(9, 17)}, {0: 30})
    day.waiting[0, 14] = 19
    # 180 minutes are left at 14:00, which are 18 interviews of ten.
    one = replace(CALM, stands=(Stand("Alone"),))
    assert Seat(0, 14 * 60) in candidates(one, [day])


def test_it_says_how_far_it_is_and_ends_when_it_is_told_to() -> None:
    told: list[tuple[int, int]] = []

    class Enough(Exception):
        pass

    def stop(played: int, days: int) -> None:
        told.append((played, days))
        if played == 3:
            raise Enough

    with pytest.raises(Enough):
        rehearse(CALM, stop)
    assert [played for played, _days in told] == [0, 1, 2, 3]
    assert all(days > 10 for _played, days in told)


@pytest.mark.system
def test_the_last_day_played_is_the_last_one_told() -> None:
    told: list[tuple[int, int]] = []
    rehearse(CALM, lambda played, days: told.append((played, days)))
    assert told[-1][0] == told[-1][1]
    assert [played for played, _days in told] == sorted(played for played, _days in told)


def test_a_range_holds_its_values() -> None:
    assert Range.of([3, 1, 2]) == Range(2, 1, 3)


@pytest.mark.system
def test_a_day_of_300_stands_and_3000_students_takes_30_seconds_at_most() -> None:
    large = replace(CALM, stands=CALM.stands * 50, students=3000, wishes=4)
    began = process_time()
    day = play(large, SEED)
    assert process_time() - began < 30
    assert day.interviews > 6000
