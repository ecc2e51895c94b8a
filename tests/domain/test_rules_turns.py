"""Rule 9: a student who becomes callable is told once, and so is one who no longer is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobfair.domain.events import TurnCame, TurnEnded
from jobfair.domain.reasons import TurnEndedBecause
from jobfair.domain.state import Hall, Phase, StudentStatus
from jobfair.domain.turns import HeadTooShort, callable_entries
from tests.domain.a_hall import Fair


def a_fair() -> Fair:
    """One stand, Alice called, Bob and Chloé behind her; another with Bob in line."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.queue("Globex", "Chloé", "Bob")
    return fair


def finishing(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")


def starting_elsewhere(fair: Fair) -> None:
    fair.queue("Globex", "Alice")
    fair.slots("Globex", 3)
    fair.starts("Alice", "Globex")


def bob_called_and_acme_paused(fair: Fair) -> None:
    fair.leaves("Alice", "Acme")
    fair.stand_pauses("Acme")
    fair.stand_resumes("Acme")


def the_fair_opening(fair: Fair) -> None:
    fair.phase(Phase.PREPARING)
    fair.leaves("Alice", "Acme")
    fair.phase(Phase.OPEN)


REASONS_TO_BE_CALLED: dict[str, Callable[[Fair], None]] = {
    "someone ahead finished": finishing,
    "someone ahead started elsewhere": starting_elsewhere,
    "someone ahead paused": lambda fair: fair.pauses("Alice"),
    "someone ahead was set aside": lambda fair: fair.absent("Alice", "Acme"),
    "someone ahead left": lambda fair: fair.leaves("Alice", "Acme"),
    "someone ahead was deactivated": lambda fair: fair.deactivates("Alice"),
    "a slot was added": lambda fair: fair.slots("Acme", 2),
    "the company resumed": bob_called_and_acme_paused,
    "the fair opened": the_fair_opening,
    "an admin reordered": lambda fair: fair.reorders("Acme", "Bob", "Alice", "Chloé"),
    "an admin removed someone ahead": lambda fair: fair.removes("Alice", "Acme"),
    "an admin completed someone ahead": lambda fair: fair.completes_for("Alice", "Acme"),
    "someone ahead was deleted": lambda fair: fair.deletes_student("Alice"),
}


@pytest.mark.parametrize("why", REASONS_TO_BE_CALLED)
def test_rule_9_somebody_who_becomes_callable_is_told_once(why: str) -> None:
    fair = a_fair()
    REASONS_TO_BE_CALLED[why](fair)
    assert fair.told.count("Bob called by Acme") == 1
    assert fair.called("Acme")[-1] == "Bob"
    fair.leaves("Chloé", "Acme")
    assert fair.told == []


def test_rule_9_joining_an_empty_queue_is_being_called() -> None:
    fair = Fair("Alice", Acme=1)
    fair.joins("Alice", "Acme")
    assert fair.told == ["Alice called by Acme"]


def test_rule_9_becoming_available_is_being_called_everywhere_at_once() -> None:
    fair = Fair("Alice", Acme=1, Globex=1)
    fair.pauses("Alice")
    fair.queue("Acme", "Alice")
    fair.queue("Globex", "Alice")
    fair.returns("Alice")
    assert fair.told == ["Alice called by Acme", "Alice called by Globex"]


def alice_comes_back(fair: Fair) -> None:
    fair.absent("Alice", "Acme")
    fair.says_here("Alice", "Acme")


def the_slot_is_taken(fair: Fair) -> None:
    fair.forces("Bob", StudentStatus.IN_INTERVIEW, "Acme")


REASONS_TO_END: dict[TurnEndedBecause, tuple[str, Callable[[Fair], None]]] = {
    TurnEndedBecause.ASIDE: ("Alice", lambda fair: fair.absent("Alice", "Acme")),
    TurnEndedBecause.PAUSED: ("Alice", lambda fair: fair.pauses("Alice")),
    TurnEndedBecause.IN_INTERVIEW: ("Alice", starting_elsewhere),
    TurnEndedBecause.INACTIVE: ("Alice", lambda fair: fair.deactivates("Alice")),
    TurnEndedBecause.LEFT: ("Alice", lambda fair: fair.leaves("Alice", "Acme")),
    TurnEndedBecause.DONE: ("Alice", lambda fair: fair.completes_for("Alice", "Acme")),
    TurnEndedBecause.COMPANY_PAUSED: ("Alice", lambda fair: fair.stand_pauses("Acme")),
    TurnEndedBecause.FAIR_NOT_OPEN: ("Alice", lambda fair: fair.phase(Phase.CLOSED)),
    TurnEndedBecause.NO_FREE_SLOT: ("Alice", the_slot_is_taken),
    TurnEndedBecause.SOMEONE_AHEAD: ("Bob", alice_comes_back),
}


@pytest.mark.parametrize("reason", TurnEndedBecause)
def test_rule_9_a_turn_that_ends_without_a_start_ends_for_a_reason(
    reason: TurnEndedBecause,
) -> None:
    fair = a_fair()
    who, act = REASONS_TO_END[reason]
    act(fair)
    assert fair.told.count(f"{who} no longer called by Acme: {reason}") == 1
    assert who not in fair.called("Acme")


def test_rule_9_fewer_slots_end_the_last_turn_for_someone_ahead() -> None:
    fair = a_fair()
    fair.slots("Acme", 2)
    fair.slots("Acme", 1)
    assert fair.told == ["Bob no longer called by Acme: someone_ahead"]


def test_rule_9_a_start_uses_the_turn_up_and_nobody_is_told_it_ended() -> None:
    fair = a_fair()
    fair.starts("Alice", "Acme")
    assert fair.told == []
    assert fair.entry("Alice", "Acme").turn is None


def test_rule_9_nobody_else_is_told() -> None:
    fair = a_fair()
    fair.leaves("Chloé", "Acme")
    assert fair.told == []
    fair.joins("Alice", "Globex")
    assert fair.told == []


def test_rule_9_a_turn_is_numbered_by_the_journal_row_that_began_it() -> None:
    fair = a_fair()
    fair.leaves("Alice", "Acme")
    came = next(each for each in fair.last if isinstance(each.event, TurnCame))
    entry = fair.entry("Bob", "Acme")
    assert came.event == TurnCame(entry.id, entry.company_id, entry.student_id)
    assert (entry.turn, entry.called_at) == (came.number, came.at)
    fair.stand_pauses("Acme")
    ended = fair.last[-1].event
    assert isinstance(ended, TurnEnded)
    assert ended.turn == came.number


@pytest.mark.parametrize("reason", TurnEndedBecause)
def test_rule_9_of_a_turn_that_is_over_nothing_is_left(reason: TurnEndedBecause) -> None:
    fair = a_fair()
    who, act = REASONS_TO_END[reason]
    fair.says_coming("Alice", "Acme")
    act(fair)
    entry = fair.entry(who, "Acme")
    assert (entry.turn, entry.called_at, entry.seen) == (None, None, False)
    assert (entry.coming_at, entry.held_until) == (None, None)


def test_rule_9_a_start_keeps_the_time_of_its_call_alone() -> None:
    fair = a_fair()
    fair.says_coming("Alice", "Acme")
    called = fair.entry("Alice", "Acme").called_at
    fair.starts("Alice", "Acme")
    entry = fair.entry("Alice", "Acme")
    assert called is not None
    assert (entry.turn, entry.called_at, entry.seen) == (None, called, False)
    assert (entry.coming_at, entry.held_until) == (None, None)


def test_rule_9_a_turn_taken_again_is_another_turn() -> None:
    fair = a_fair()
    first = fair.entry("Alice", "Acme").turn
    fair.pauses("Alice")
    fair.returns("Alice")
    second = fair.entry("Alice", "Acme").turn
    assert first is not None
    assert second is not None
    assert second > first


def test_rule_9_a_turn_that_goes_on_is_the_same_turn() -> None:
    fair = a_fair()
    before = fair.entry("Alice", "Acme")
    fair.slots("Acme", 2)
    fair.starts("Bob", "Acme")
    fair.closes_queue("Acme")
    assert fair.entry("Alice", "Acme") == before


def test_rule_9_turns_end_before_others_begin() -> None:
    fair = a_fair()
    fair.reorders("Acme", "Chloé", "Bob", "Alice")
    assert fair.told == ["Alice no longer called by Acme: someone_ahead", "Chloé called by Acme"]


def test_rule_9_turns_that_end_together_end_in_order_of_position() -> None:
    fair = a_fair()
    fair.slots("Acme", 3)
    fair.reorders("Acme", "Chloé", "Alice", "Bob")
    fair.stand_pauses("Acme")
    assert [line.split()[0] for line in fair.told] == ["Chloé", "Alice", "Bob"]


def test_a_turn_and_the_right_to_start_are_the_same_thing() -> None:
    fair = a_fair()
    for student in ("Bob", "Chloé"):
        with fair.refuses("not_your_turn"):
            fair.starts(student, "Acme")
    fair.starts("Alice", "Acme")
    assert fair.inside("Acme") == ["Alice"]


def test_a_head_too_short_to_tell_who_is_called_is_an_error_not_a_guess() -> None:
    fair = a_fair()
    fair.slots("Acme", 4)
    acme = fair.company("Acme")
    entries = {entry.id: entry for entry in fair.hall.waiting_at(acme.id)[:1]}
    short = Hall(companies={acme.id: acme}, entries=entries, beyond={acme.id: 1})
    with pytest.raises(HeadTooShort, match=f"^{acme.id}$"):
        callable_entries(short, acme.id)
    whole = Hall(companies={acme.id: acme}, entries=entries)
    assert [entry.id for entry in callable_entries(whole, acme.id)] == list(entries)


# Why a turn ended, until the next one


def test_whom_somebody_ahead_overtakes_is_so_until_the_next_call() -> None:
    fair = a_fair()
    fair.pauses("Alice")
    fair.says_coming("Bob", "Acme")
    fair.returns("Alice")
    assert not fair.entry("Bob", "Acme").overtaken
    fair.minutes_go_by(4)
    fair.time_passes(call_minutes=None)
    bob = fair.entry("Bob", "Acme")
    assert (bob.turn, bob.overtaken) == (None, True)
    fair.leaves("Alice", "Acme")
    bob = fair.entry("Bob", "Acme")
    assert bob.turn is not None
    assert not bob.overtaken


def test_who_stops_being_called_for_another_reason_is_not_overtaken() -> None:
    fair = a_fair()
    fair.stand_pauses("Acme")
    assert not fair.entry("Alice", "Acme").overtaken
