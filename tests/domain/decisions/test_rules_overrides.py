"""What an admin may force: rules 1, 4 and 11."""

from __future__ import annotations

import pytest

from jobfair.domain.decisions.overrides import move, reorder
from jobfair.domain.events import InterviewBrokenOff, Left
from jobfair.domain.reasons import LeftBecause
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import EntryState, Phase, StudentStatus
from tests.domain.a_hall import Fair

AVAILABLE, PAUSED, IN_INTERVIEW = (
    StudentStatus.AVAILABLE,
    StudentStatus.PAUSED,
    StudentStatus.IN_INTERVIEW,
)


@pytest.fixture
def fair() -> Fair:
    """Alice in an interview at Acme, Bob and Chloé behind her; Globex without a queue."""
    fair = Fair("Alice", "Bob", "Chloé", "David", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.starts("Alice", "Acme")
    return fair


@pytest.mark.parametrize("status", [AVAILABLE, PAUSED])
def test_rule_11_forced_out_of_an_interview_it_is_broken_off(
    fair: Fair, status: StudentStatus
) -> None:
    fair.forces("Alice", status)
    entry, alice = fair.entry("Alice", "Acme"), fair.student("Alice")
    assert (entry.state, entry.aside, entry.slot) == (EntryState.WAITING, True, None)
    assert (entry.started_at, entry.completed_at) == (None, None)
    assert (alice.status, alice.company_id) == (status, None)
    assert fair.company("Acme").free_slots == 1
    assert fair.told == ["Bob called by Acme"]


def test_rule_11_who_was_forced_out_waits_like_somebody_never_called(fair: Fair) -> None:
    fair.forces("Alice", AVAILABLE)
    entry = fair.entry("Alice", "Acme")
    assert (entry.turn, entry.called_at, entry.seen) == (None, None, False)
    assert (entry.coming_at, entry.held_until, entry.ended) == (None, None, None)


def test_rule_11_after_a_broken_off_interview_one_keeps_the_place(fair: Fair) -> None:
    fair.forces("Alice", AVAILABLE)
    assert fair.line("Acme") == ["Alice", "Bob", "Chloé"]
    fair.says_here("Alice", "Acme")
    assert fair.called("Acme") == ["Alice"]


def test_rule_11_forced_into_an_interview_outside_the_order(fair: Fair) -> None:
    fair.forces("Chloé", IN_INTERVIEW, "Acme")
    assert fair.inside("Acme") == ["Alice", "Chloé"]
    assert fair.company("Acme").running > fair.company("Acme").slots
    assert fair.student("Chloé").company_id == fair.companies["Acme"]


def test_rule_11_forced_into_an_interview_the_missing_entry_is_added_at_the_end(
    fair: Fair,
) -> None:
    fair.forces("David", IN_INTERVIEW, "Acme")
    assert fair.position("David", "Acme") == 4
    assert fair.inside("Acme") == ["Alice", "David"]
    assert fair.company("Acme").waiting == 2


def test_rule_11_each_interview_beyond_the_slots_has_a_slot_number_of_its_own(fair: Fair) -> None:
    for each in ("David", "Bob"):
        fair.forces(each, IN_INTERVIEW, "Acme")
    slots = {each: fair.entry(each, "Acme").slot for each in ("Alice", "David", "Bob")}
    assert slots == {"Alice": 1, "David": 2, "Bob": 3}


def test_rule_11_forced_into_an_interview_another_is_broken_off(fair: Fair) -> None:
    fair.forces("Alice", IN_INTERVIEW, "Globex")
    assert (fair.inside("Acme"), fair.inside("Globex")) == ([], ["Alice"])
    assert fair.entry("Alice", "Acme").aside
    assert fair.told == ["Bob called by Acme"]
    broken_off, joined, *_ = fair.last
    assert isinstance(broken_off.event, InterviewBrokenOff)
    assert fair.entry("Alice", "Globex").id == joined.number


def test_rule_11_forced_into_an_interview_that_is_done_is_refused(fair: Fair) -> None:
    fair.completes("Alice", "Acme")
    with fair.refuses("already_done"):
        fair.forces("Alice", IN_INTERVIEW, "Acme")


def test_rule_11_forced_into_an_interview_names_the_company(fair: Fair) -> None:
    with fair.refuses("company_required"):
        fair.forces("Bob", IN_INTERVIEW)


def test_rule_11_forced_into_the_interview_one_is_in_changes_nothing(fair: Fair) -> None:
    fair.forces("Alice", IN_INTERVIEW, "Acme")
    assert fair.last == []


def test_rule_11_somebody_who_was_called_is_told_when_another_is_forced_in(fair: Fair) -> None:
    fair.slots("Acme", 2)
    fair.forces("Chloé", IN_INTERVIEW, "Acme")
    assert fair.told == ["Bob no longer called by Acme: no_free_slot"]


def test_rule_11_who_is_called_and_forced_in_uses_the_turn_up(fair: Fair) -> None:
    fair.slots("Acme", 2)
    fair.forces("Bob", IN_INTERVIEW, "Acme")
    assert fair.told == []


def test_rule_11_a_paused_company_and_a_closed_fair_do_not_stop_an_admin(fair: Fair) -> None:
    fair.stand_pauses("Globex")
    fair.phase(Phase.CLOSED)
    fair.forces("David", IN_INTERVIEW, "Globex")
    assert fair.inside("Globex") == ["David"]


def test_rule_4_an_admin_may_end_and_begin_a_pause(fair: Fair) -> None:
    fair.forces("Bob", PAUSED)
    assert fair.student("Bob").status is PAUSED
    fair.forces("Bob", AVAILABLE)
    assert fair.student("Bob").status is AVAILABLE
    fair.forces("Bob", AVAILABLE)
    assert fair.last == []


def test_rule_11_everybody_available_means_the_active_and_paused(fair: Fair) -> None:
    fair.pauses("Bob")
    fair.pauses("David")
    fair.deactivates("David")
    fair.makes_all_available()
    statuses = {each: fair.student(each).status for each in ("Alice", "Bob", "David")}
    assert statuses == {"Alice": IN_INTERVIEW, "Bob": AVAILABLE, "David": PAUSED}
    assert fair.inside("Acme") == ["Alice"]


def test_rule_11_a_queue_made_available_is_those_whom_only_a_pause_keeps_there(fair: Fair) -> None:
    fair.completes("Alice", "Acme")
    fair.absent("Bob", "Acme")
    for each in ("Bob", "Chloé", "David"):
        fair.pauses(each)
    fair.makes_queue_available("Acme")
    statuses = {each: fair.student(each).status for each in ("Alice", "Bob", "Chloé", "David")}
    assert statuses == {"Alice": PAUSED, "Bob": PAUSED, "Chloé": AVAILABLE, "David": PAUSED}
    assert fair.called("Acme") == ["Chloé"]


@pytest.mark.parametrize("status", [PAUSED, AVAILABLE])
def test_rule_11_a_queue_made_available_leaves_alone_whom_something_else_keeps_away(
    fair: Fair, status: StudentStatus
) -> None:
    fair.queue("Globex", "Chloé", "David", "Alice")
    fair.forces("David", status)
    fair.deactivates("David")
    fair.makes_queue_available("Globex")
    assert fair.last == []
    statuses = {each: fair.student(each).status for each in ("Alice", "Chloé", "David")}
    assert statuses == {"Alice": IN_INTERVIEW, "Chloé": AVAILABLE, "David": status}


def test_rule_11_reordering_hands_their_own_positions_out_anew(fair: Fair) -> None:
    fair.queue("Acme", "David")
    fair.reorders("Acme", "David", "Bob", "Chloé")
    assert fair.line("Acme") == ["David", "Bob", "Chloé"]
    assert [fair.position(each, "Acme") for each in ("David", "Bob", "Chloé")] == [2, 3, 4]
    assert fair.position("Alice", "Acme") == 1


def test_rule_11_reordering_counts_greyed_and_set_aside_entries(fair: Fair) -> None:
    fair.completes("Alice", "Acme")
    fair.absent("Bob", "Acme")
    fair.pauses("Chloé")
    fair.reorders("Acme", "Chloé", "Bob")
    assert fair.line("Acme") == ["Chloé", "Bob"]
    assert fair.entry("Bob", "Acme").aside


def test_rule_11_reordering_to_the_same_order_changes_nothing(fair: Fair) -> None:
    fair.reorders("Acme", "Bob", "Chloé")
    assert fair.last == []


@pytest.mark.parametrize(
    ("rank", "order"),
    [
        (1, ["Chloé", "Bob", "David"]),
        (2, ["Bob", "Chloé", "David"]),
        (9, ["Bob", "David", "Chloé"]),
    ],
)
def test_rule_11_a_rank_is_counted_among_the_waiting(
    fair: Fair, rank: int, order: list[str]
) -> None:
    fair.queue("Acme", "David")
    fair.moves("Chloé", "Acme", rank)
    assert fair.line("Acme") == order


def test_rule_11_who_is_in_an_interview_has_no_rank(fair: Fair) -> None:
    entry, acme = fair.entry("Alice", "Acme"), fair.companies["Acme"]
    assert move(fair.hall, acme, entry.id, 1) == Refusal(Code.NOT_WAITING)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("Bob",), id="one missing"),
        pytest.param((), id="none"),
        pytest.param(("Chloé", "Bob", "Alice"), id="with the running one"),
        pytest.param(("Chloé", "Bob", "Bob"), id="one twice"),
        pytest.param(("Chloé", "Chloé"), id="one instead of another"),
    ],
)
def test_rule_11_any_other_list_is_a_stale_order(fair: Fair, names: tuple[str, ...]) -> None:
    with fair.refuses("stale_order"):
        fair.reorders("Acme", *names)


def test_rule_11_an_unknown_entry_is_a_stale_order(fair: Fair) -> None:
    order = [each.id for each in fair.hall.waiting_at(fair.companies["Acme"])]
    unknown = [*order[:-1], 9999]
    assert reorder(fair.hall, fair.companies["Acme"], unknown) == Refusal("stale_order")


def test_rule_11_an_entry_added_by_an_admin_goes_to_the_end(fair: Fair) -> None:
    fair.adds("David", "Acme")
    assert fair.line("Acme") == ["Bob", "Chloé", "David"]
    assert fair.position("David", "Acme") == 4


@pytest.mark.parametrize(
    ("rank", "line"),
    [
        (1, ["David", "Bob", "Chloé"]),
        (2, ["Bob", "David", "Chloé"]),
        (3, ["Bob", "Chloé", "David"]),
        (9, ["Bob", "Chloé", "David"]),
    ],
)
def test_rule_1_an_entry_inserted_at_a_rank_moves_those_behind(
    fair: Fair, rank: int, line: list[str]
) -> None:
    fair.adds("David", "Acme", rank)
    assert fair.line("Acme") == line
    assert [fair.position(each, "Acme") for each in line] == [2, 3, 4]
    assert fair.company("Acme").last_position == 4


def test_rule_11_an_entry_inserted_before_who_is_called_takes_the_turn(fair: Fair) -> None:
    fair.completes("Alice", "Acme")
    fair.adds("David", "Acme", rank=1)
    assert fair.told == ["Bob no longer called by Acme: someone_ahead", "David called by Acme"]


def test_rule_11_an_admin_adds_where_a_student_could_not_join(fair: Fair) -> None:
    fair.closes_queue("Acme")
    fair.queue_limit("Acme", 2)
    fair.stand_pauses("Acme")
    fair.phase(Phase.CLOSED)
    fair.adds("David", "Acme")
    assert fair.line("Acme") == ["Bob", "Chloé", "David"]


def test_rule_1_an_admin_adds_nobody_twice(fair: Fair) -> None:
    with fair.refuses("already_joined"):
        fair.adds("Bob", "Acme", rank=1)
    fair.completes("Alice", "Acme")
    with fair.refuses("already_done"):
        fair.adds("Alice", "Acme")


def test_rule_11_a_waiting_entry_removed_calls_the_next(fair: Fair) -> None:
    fair.completes("Alice", "Acme")
    fair.removes("Bob", "Acme")
    assert fair.told == ["Bob no longer called by Acme: left", "Chloé called by Acme"]
    with fair.refuses("not_waiting"):
        fair.removes("Bob", "Acme")


def test_rule_11_a_running_entry_removed_frees_the_slot_and_the_student(fair: Fair) -> None:
    fair.removes("Alice", "Acme")
    assert fair.student("Alice").status is AVAILABLE
    assert fair.student("Alice").company_id is None
    assert fair.told == ["Bob called by Acme"]


@pytest.mark.parametrize("who", ["Alice", "Bob"])
def test_rule_11_a_removed_entry_holds_no_slot_and_says_who_removed_it(
    fair: Fair, who: str
) -> None:
    fair.removes(who, "Acme")
    left = fair.last[0].event
    assert isinstance(left, Left)
    assert left.reason == LeftBecause.REMOVED
    assert fair.entry(who, "Acme").slot is None


def test_rule_11_a_done_entry_removed_lets_the_student_join_again(fair: Fair) -> None:
    fair.completes("Alice", "Acme")
    fair.removes("Alice", "Acme")
    assert fair.told == []
    fair.joins("Alice", "Acme")
    assert fair.line("Acme") == ["Bob", "Chloé", "Alice"]
