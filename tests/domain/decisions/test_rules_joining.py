"""Joining a queue and leaving it: rules 1, 4 and 8."""

from __future__ import annotations

import pytest

from jobfair.domain.decisions import joining, overrides
from jobfair.domain.events import Event, Joined
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import EntryState, Phase, StudentStatus
from tests.domain.a_hall import Fair


@pytest.fixture
def fair() -> Fair:
    """A fair with one small stand and a queue of three, Alice called."""
    fair = Fair("Alice", "Bob", "Chloé", "David", Acme=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    return fair


def test_rule_1_position_is_the_order_of_arrival(fair: Fair) -> None:
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]
    assert [fair.position(each, "Acme") for each in ("Alice", "Bob", "Chloé")] == [1, 2, 3]


def test_rule_1_positions_stay_when_someone_ahead_leaves(fair: Fair) -> None:
    fair.leaves("Alice", "Acme")
    assert [fair.position(each, "Acme") for each in ("Bob", "Chloé")] == [2, 3]


def test_rule_1_the_counter_never_goes_back(fair: Fair) -> None:
    fair.leaves("Chloé", "Acme")
    fair.joins("David", "Acme")
    assert fair.position("David", "Acme") == 4


def test_rule_1_each_company_counts_for_itself(fair: Fair) -> None:
    fair.new_company("Globex")
    fair.queue("Globex", "Chloé", "Alice")
    assert fair.line("Globex") == ["Chloé", "Alice"]
    assert fair.position("Alice", "Globex") == 2


def test_rule_1_nobody_waits_twice_in_one_queue(fair: Fair) -> None:
    with fair.refuses("already_joined"):
        fair.joins("Alice", "Acme")


def test_rule_1_nobody_queues_during_their_interview_there(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    with fair.refuses("already_joined"):
        fair.joins("Alice", "Acme")


def test_rule_1_having_left_one_may_join_again_at_the_end(fair: Fair) -> None:
    fair.leaves("Alice", "Acme")
    fair.joins("Alice", "Acme")
    assert fair.line("Acme") == ["Bob", "Chloé", "Alice"]
    assert fair.position("Alice", "Acme") == 4


def test_rule_1_being_done_one_may_not_join_again(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    with fair.refuses("already_done"):
        fair.joins("Alice", "Acme")


def test_an_entry_knows_when_it_was_made_called_started_and_completed(fair: Fair) -> None:
    fair.leaves("Alice", "Acme")
    fair.starts("Bob", "Acme")
    fair.completes("Bob", "Acme")
    entry = fair.entry("Bob", "Acme")
    times = (entry.created_at, entry.called_at, entry.started_at, entry.completed_at)
    assert None not in times
    assert list(times) == sorted(time for time in times if time)


def test_rule_4_a_student_may_leave_while_waiting(fair: Fair) -> None:
    fair.leaves("Bob", "Acme")
    assert fair.line("Acme") == ["Alice", "Chloé"]
    assert fair.company("Acme").waiting == 2
    assert fair.entry("Bob", "Acme").state is EntryState.LEFT


@pytest.mark.parametrize("status", StudentStatus)
def test_rule_4_leaving_a_queue_changes_nothing_but_the_place(
    fair: Fair, status: StudentStatus
) -> None:
    fair.new_company("Globex")
    fair.queue("Globex", "Alice")
    fair.forces("Alice", status, "Acme" if status is StudentStatus.IN_INTERVIEW else None)
    before = fair.student("Alice")
    fair.leaves("Alice", "Globex")
    assert fair.student("Alice") == before


def test_an_entry_that_ended_knows_the_journal_row_that_ended_it(fair: Fair) -> None:
    fair.leaves("Bob", "Acme")
    assert fair.entry("Bob", "Acme").ended == fair.last[0].number
    fair.removes("Chloé", "Acme")
    assert fair.entry("Chloé", "Acme").ended == fair.last[0].number
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    assert fair.entry("Alice", "Acme").ended == fair.last[0].number
    fair.joins("David", "Acme")
    assert fair.entry("David", "Acme").ended is None
    fair.completes_for("David", "Acme")
    assert fair.entry("David", "Acme").ended == fair.last[0].number


def test_rule_4_a_student_may_not_leave_during_the_interview(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    with fair.refuses("in_interview"):
        fair.leaves("Alice", "Acme")


def test_rule_4_what_is_over_is_not_left(fair: Fair) -> None:
    fair.leaves("Bob", "Acme")
    with fair.refuses("not_waiting"):
        fair.leaves("Bob", "Acme")
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    with fair.refuses("already_done"):
        fair.leaves("Alice", "Acme")


def test_rule_4_one_tap_leaves_every_queue(fair: Fair) -> None:
    fair.new_company("Globex")
    fair.queue("Globex", "Alice", "Bob")
    fair.leaves_all("Alice")
    assert fair.line("Acme") == ["Bob", "Chloé"]
    assert fair.line("Globex") == ["Bob"]
    assert [line for line in fair.told if line.startswith("Bob")] == [
        "Bob called by Acme",
        "Bob called by Globex",
    ]


def test_rule_4_leaving_every_queue_lets_the_interview_go_on(fair: Fair) -> None:
    fair.new_company("Globex")
    fair.queue("Globex", "Alice")
    fair.starts("Alice", "Acme")
    fair.leaves_all("Alice")
    assert fair.line("Globex") == []
    assert fair.inside("Acme") == ["Alice"]


def test_rule_4_leaving_every_queue_without_any_changes_nothing(fair: Fair) -> None:
    fair.leaves_all("David")
    assert fair.last == []


def test_rule_8_a_paused_company_takes_no_new_entries(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    with fair.refuses("company_paused"):
        fair.joins("David", "Acme")


def test_a_closed_queue_takes_nobody_and_goes_on_calling(fair: Fair) -> None:
    fair.closes_queue("Acme")
    with fair.refuses("queue_closed"):
        fair.joins("David", "Acme")
    fair.starts("Alice", "Acme")
    fair.completes("Alice", "Acme")
    assert fair.told == ["Bob called by Acme"]
    fair.opens_queue("Acme")
    fair.joins("David", "Acme")
    assert fair.line("Acme")[-1] == "David"


def test_a_full_queue_takes_nobody(fair: Fair) -> None:
    fair.queue_limit("Acme", 3)
    with fair.refuses("queue_full"):
        fair.joins("David", "Acme")


def test_the_limit_counts_waiting_entries_not_interviews(fair: Fair) -> None:
    fair.queue_limit("Acme", 3)
    fair.starts("Alice", "Acme")
    fair.joins("David", "Acme")
    assert fair.line("Acme") == ["Bob", "Chloé", "David"]


def test_a_limit_below_the_queue_sends_nobody_away(fair: Fair) -> None:
    fair.queue_limit("Acme", 1)
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]
    assert fair.told == []


def test_someone_already_there_hears_so_before_anything_else(fair: Fair) -> None:
    fair.stand_pauses("Acme")
    fair.phase(Phase.CLOSED)
    with fair.refuses("already_joined"):
        fair.joins("Bob", "Acme")


def test_a_fair_in_preparation_takes_joins_and_calls_nobody() -> None:
    fair = Fair("Alice", Acme=1, phase=Phase.PREPARING)
    fair.joins("Alice", "Acme")
    assert fair.line("Acme") == ["Alice"]
    assert fair.told == []


def test_a_closed_fair_takes_no_joins(fair: Fair) -> None:
    fair.phase(Phase.CLOSED)
    with fair.refuses("fair_closed"):
        fair.joins("David", "Acme")


@pytest.mark.parametrize("status", [StudentStatus.PAUSED, StudentStatus.IN_INTERVIEW])
def test_who_joins_while_unavailable_is_greyed_from_the_start(
    fair: Fair, status: StudentStatus
) -> None:
    fair.new_company("Globex")
    fair.forces("David", status, "Acme" if status is StudentStatus.IN_INTERVIEW else None)
    fair.joins("David", "Globex")
    assert fair.entry("David", "Globex").presence.value == status.value
    assert fair.called("Globex") == []


def test_what_they_are_told_and_how_many_are_ahead_is_kept(fair: Fair) -> None:
    joined = _joined(joining.join(fair.hall, *_david(fair), (5, 20)))
    assert (joined.ahead, joined.told) == (3, (5, 20))


def test_that_nobody_knows_how_long_is_kept_too(fair: Fair) -> None:
    joined = _joined(joining.join(fair.hall, *_david(fair)))
    assert (joined.ahead, joined.told) == (3, None)


def test_somebody_who_is_put_there_is_told_nothing(fair: Fair) -> None:
    joined = _joined(overrides.add_entry(fair.hall, *_david(fair)))
    assert (joined.ahead, joined.told) == (None, None)


def _david(fair: Fair) -> tuple[int, int]:
    return fair.students["David"], fair.companies["Acme"]


def _joined(events: tuple[Event, ...] | Refusal) -> Joined:
    assert not isinstance(events, Refusal)
    [joined] = events
    assert isinstance(joined, Joined)
    return joined
