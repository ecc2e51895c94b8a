"""Rule 17: a fair may open by lot, and then nobody has a place before it opens."""

from __future__ import annotations

import hmac
from hashlib import sha256

import pytest

from jobfair.domain.decisions import lot
from jobfair.domain.events import LotDrawn, LotSealed, PlacesDealt, PutIntoLot, TurnCame
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase, StudentStatus
from tests.domain.a_hall import Concerns, Fair

SEED = bytes(range(32))


@pytest.fixture
def fair() -> Fair:
    """A fair by lot that is still prepared."""
    fair = Fair("Alice", "Bob", "Chloé", "Dan", phase=Phase.PREPARING, Acme=1, Globex=1)
    fair.by_lot()
    return fair


def drawn_order(fair: Fair, company: str, *students: str) -> list[str]:
    """Worked out here from the rule's own words."""
    assert fair.seed is not None
    seed, company_id = fair.seed, fair.companies[company]

    def ticket(student: str) -> bytes:
        message = f"{company_id}:{fair.entry(student, company).id}"
        return hmac.new(seed, message.encode(), "sha256").digest()

    return sorted(students, key=ticket)


def test_somebody_who_joins_has_no_position_and_is_told_no_number(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    assert fair.position("Alice", "Acme") is None
    (joined,) = fair.last
    assert "ahead" in str(joined.event)
    assert (joined.event.ahead, joined.event.told) == (None, None)  # type: ignore[union-attr]
    assert (fair.company("Acme").waiting, fair.company("Acme").last_position) == (2, 0)


def test_opening_deals_the_positions_in_the_order_of_the_hmacs(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob", "Chloé", "Dan")
    fair.queue("Globex", "Dan", "Chloé", "Bob", "Alice")
    fair.phase(Phase.OPEN)
    for company in ("Acme", "Globex"):
        order = drawn_order(fair, company, "Alice", "Bob", "Chloé", "Dan")
        assert fair.line(company) == order
        assert [fair.position(each, company) for each in order] == [1, 2, 3, 4]
        assert fair.called(company) == order[:1]


def test_the_message_is_the_company_and_the_entry_in_decimal() -> None:
    """So that ten lines of any language find the same."""
    expected = hmac.new(SEED, b"7:1234", sha256).hexdigest()
    assert lot.ticket(SEED, 7, 1234) == expected
    assert lot.digest(SEED) == "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"


def test_nobody_is_called_before_the_draw(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    assert fair.called_entries() == []
    fair.phase(Phase.OPEN)
    kinds = [type(each.event) for each in fair.last]
    assert kinds.index(LotDrawn) < kinds.index(PlacesDealt) < kinds.index(TurnCame)


def test_the_seed_that_is_published_is_the_one_that_was_promised(fair: Fair) -> None:
    (sealed,) = [each.event for each in fair.journal if isinstance(each.event, LotSealed)]
    fair.phase(Phase.OPEN)
    (drawn,) = [each.event for each in fair.last if isinstance(each.event, LotDrawn)]
    assert drawn.digest == sealed.digest == sha256(bytes.fromhex(drawn.seed)).hexdigest()
    seeds = [each for each in fair.journal if drawn.seed in str(each.event)]
    assert [type(each.event) for each in seeds] == [LotDrawn]


def test_somebody_who_joins_after_the_opening_queues_behind(fair: Fair) -> None:
    fair.queue("Acme", "Bob", "Chloé")
    fair.phase(Phase.OPEN)
    fair.joins("Alice", "Acme")
    assert fair.line("Acme")[-1] == "Alice"
    assert fair.position("Alice", "Acme") == 3


def test_somebody_who_leaves_before_the_draw_takes_no_number(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob", "Chloé", "Dan")
    fair.leaves("Alice", "Acme")
    fair.deletes_student("Bob")
    fair.removes("Dan", "Acme")
    fair.phase(Phase.OPEN)
    assert (fair.line("Acme"), fair.position("Chloé", "Acme")) == (["Chloé"], 1)
    assert fair.position("Alice", "Acme") is None


def test_a_paused_student_takes_part(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    fair.pauses("Alice")
    fair.phase(Phase.OPEN)
    assert sorted(fair.line("Acme")) == ["Alice", "Bob"]
    assert fair.called("Acme") == ["Bob"]


def test_a_queue_limit_counts_as_ever(fair: Fair) -> None:
    fair.queue_limit("Acme", 1)
    fair.joins("Alice", "Acme")
    with fair.refuses("queue_full"):
        fair.joins("Bob", "Acme")


@pytest.mark.parametrize("rank", [1, 2])
def test_organisers_cannot_order_what_is_not_drawn(fair: Fair, rank: int) -> None:
    fair.queue("Acme", "Alice", "Bob")
    with fair.refuses("not_drawn_yet"):
        fair.moves("Alice", "Acme", rank)
    with fair.refuses("not_drawn_yet"):
        fair.reorders("Acme", "Bob", "Alice")
    with fair.refuses("not_drawn_yet"):
        fair.adds("Chloé", "Acme", rank)
    fair.adds("Chloé", "Acme")
    assert fair.position("Chloé", "Acme") is None
    fair.phase(Phase.OPEN)
    fair.moves("Alice", "Acme", rank)
    assert fair.line("Acme")[rank - 1] == "Alice"


def test_a_queue_whose_places_are_given_can_be_ordered_while_others_are_drawn(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    fair.phase(Phase.OPEN)
    fair.phase(Phase.PREPARING)
    order = fair.line("Acme")
    fair.reorders("Acme", *reversed(order))
    with fair.refuses("not_drawn_yet"):
        fair.adds("Chloé", "Acme", 1)
    assert fair.line("Acme") == order[::-1]


def test_it_is_set_only_while_the_fair_is_prepared(fair: Fair) -> None:
    fair.phase(Phase.OPEN)
    for on in (True, False):
        with fair.refuses("lot_only_preparing"):
            fair.by_lot(on)
    fair.phase(Phase.CLOSED)
    with fair.refuses("lot_only_preparing"):
        fair.by_lot(False)


def test_somebody_who_waits_already_takes_part_once_it_is_switched_on() -> None:
    fair = Fair("Alice", "Bob", "Chloé", phase=Phase.PREPARING, Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.by_lot()
    put = [each.event for each in fair.last if isinstance(each.event, PutIntoLot)]
    assert [dict(each.before).values() for each in put]
    assert {fair.position(each, "Acme") for each in ("Alice", "Bob", "Chloé")} == {None}
    fair.phase(Phase.OPEN)
    assert fair.line("Acme") == drawn_order(fair, "Acme", "Alice", "Bob", "Chloé")


def test_switched_off_they_stand_in_order_of_arrival(fair: Fair) -> None:
    fair.queue("Acme", "Chloé", "Alice", "Bob")
    fair.by_lot(False)
    assert fair.line("Acme") == ["Chloé", "Alice", "Bob"]
    fair.joins("Dan", "Acme")
    assert [fair.position(each, "Acme") for each in ("Chloé", "Dan")] == [1, 4]
    fair.phase(Phase.OPEN)
    assert fair.called("Acme") == ["Chloé"]


def test_switching_it_twice_changes_nothing_and_promises_no_other_seed(fair: Fair) -> None:
    promised = fair.seed
    fair.by_lot()
    assert (fair.last, fair.seed) == ([], promised)
    fair.by_lot(False)
    fair.by_lot(False)
    assert fair.last == []


def test_closed_without_having_opened_the_draw_is_still_to_come(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    promised = fair.seed
    fair.phase(Phase.CLOSED)
    assert fair.position("Alice", "Acme") is None
    fair.phase(Phase.PREPARING)
    assert fair.seed == promised
    fair.phase(Phase.CLOSED)
    fair.phase(Phase.OPEN)
    assert fair.line("Acme") == drawn_order(fair, "Acme", "Alice", "Bob")


def test_prepared_again_the_drawn_places_stay_and_a_new_seed_deals_those_behind(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    fair.phase(Phase.OPEN)
    first, used = fair.line("Acme"), fair.seed
    fair.phase(Phase.PREPARING)
    fair.queue("Acme", "Dan", "Chloé")
    fair.phase(Phase.OPEN)
    assert fair.seed != used
    assert fair.line("Acme") == first + drawn_order(fair, "Acme", "Chloé", "Dan")


def test_reopened_after_a_break_nothing_is_drawn(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    fair.phase(Phase.OPEN)
    line = fair.line("Acme")
    fair.phase(Phase.CLOSED)
    fair.phase(Phase.OPEN)
    assert fair.line("Acme") == line
    assert not [each for each in fair.last if isinstance(each.event, LotDrawn)]


def test_an_interview_of_the_preparation_that_is_broken_off_has_a_place_after_it(
    fair: Fair,
) -> None:
    """Organisers may force one: nobody may wait in an open fair without a position."""
    fair.queue("Acme", "Bob")
    fair.forces("Alice", StudentStatus.IN_INTERVIEW, "Acme")
    fair.phase(Phase.OPEN)
    fair.forces("Alice", StudentStatus.AVAILABLE)
    assert fair.position("Alice", "Acme") in (1, 2)


def test_merged_accounts_keep_one_ticket_and_the_better_of_two_places(fair: Fair) -> None:
    fair.queue("Acme", "Alice", "Bob")
    fair.queue("Globex", "Alice")
    fair.merges("Alice", "Bob")
    assert (fair.line("Acme"), fair.line("Globex")) == (["Bob"], ["Bob"])
    assert fair.position("Bob", "Acme") is fair.position("Bob", "Globex") is None
    fair.phase(Phase.OPEN)
    fair.phase(Phase.PREPARING)
    fair.joins("Chloé", "Acme")
    fair.merges("Bob", "Chloé")
    assert (fair.position("Chloé", "Acme"), fair.position("Chloé", "Globex")) == (1, 1)


def test_a_fair_without_a_lot_opens_in_order_of_arrival() -> None:
    fair = Fair("Alice", "Bob", phase=Phase.PREPARING, Acme=1)
    fair.queue("Acme", "Bob", "Alice")
    fair.phase(Phase.OPEN)
    assert fair.called("Acme") == ["Bob"]
    assert fair.seed is None


def test_a_seed_is_needed_only_where_one_was_promised() -> None:
    fair = Fair(phase=Phase.PREPARING)
    assert isinstance(lot.switch_on(Fair().hall, SEED), Refusal)
    fair.act(lambda hall: lot.switch_off(hall), Concerns())
    assert fair.last == []
