"""Opening by lot, through the services: what is stored, published and told, and when (rule 17)."""

from datetime import UTC, date, datetime, time
from hashlib import sha256

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.domain.decisions import lot
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Entry, Fair, JournalRow
from jobfair.ops import purge
from jobfair.queries.admin.records.paper import paper
from jobfair.queries.public import draws
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.fair import fair, opening_lot
from jobfair.services.queues import overrides, queues
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.replaying import replayed, stored

ADMIN = actors.admin(1)


@pytest.fixture
def prepared(app):
    """A fair by lot in preparation, and its company."""
    fair.set_phase(ADMIN, Phase.PREPARING)
    opening_lot.set_by_lot(ADMIN, True)
    return factories.company("TechCorp")


def crowd(company, *names):
    """Students who join in this order. Returns them by their entry."""
    people = [factories.student(each) for each in names]
    return {factories.entry(each, company): each for each in people}


def row():
    with db.engine.connect() as connection:
        return connection.execute(
            select(Fair.lot_digest, Fair.lot_seed, Fair.lot_drawn, Fair.phase)
        ).one()


def positions():
    with db.engine.connect() as connection:
        return dict(map(tuple, connection.execute(select(Entry.id, Entry.position))))


def kinds():
    with db.engine.connect() as connection:
        return (
            connection.execute(select(JournalRow.kind).order_by(JournalRow.number)).scalars().all()
        )


def test_the_digest_is_published_at_once_and_the_seed_with_the_opening(prepared):
    before = draws.draw()
    assert before.seed is None
    assert before.digest == sha256(bytes.fromhex(row().lot_seed)).hexdigest()
    crowd(prepared, "Ana", "Bob")
    fair.set_phase(ADMIN, Phase.OPEN)
    after = draws.draw()
    assert (after.digest, after.seed) == (before.digest, row().lot_seed)
    assert after.drawn_at is not None


def test_no_row_of_the_journal_has_the_seed_before_the_opening(prepared):
    crowd(prepared, "Ana")
    seed = row().lot_seed
    with db.engine.connect() as connection:
        written = connection.execute(select(JournalRow.data)).scalars().all()
    assert not [each for each in written if seed in str(each)]


def test_places_are_dealt_with_the_opening_and_the_journal_rebuilds_them(prepared):
    entries = crowd(prepared, *"ABCDEF")
    assert set(positions().values()) == {None}
    fair.set_phase(ADMIN, Phase.OPEN)
    seed = bytes.fromhex(row().lot_seed)
    order = lot.order(seed, prepared, entries)
    assert [each for each, _ in sorted(positions().items(), key=lambda item: item[1])] == order
    assert [each for each, _ in draws.dealt(prepared, row().lot_drawn)] == order
    with db.engine.connect() as connection:
        assert replayed(connection) == stored(connection)


def test_nobody_reads_an_order_before_it_is_drawn(prepared):
    entries = crowd(prepared, "Zoé", "Ana", "Bob")
    own = [places.dashboard(each.student_id).places[0] for each in entries.values()]
    assert {(each.position, each.ahead, each.after, each.wait) for each in own} == {
        (None, None, None, None)
    }
    stand = stands.stand(prepared)
    assert stand.undrawn
    # By last name: they are all called Martin, and then it is the first.
    assert [each.first_name for each in stand.waiting] == ["Ana", "Bob", "Zoé"]
    (sheet,) = paper().sheets
    assert sheet.undrawn
    assert [each.first_name for each in sheet.waiting] == ["Ana", "Bob", "Zoé"]


def test_somebody_who_joins_later_is_told_that_they_are_behind(prepared):
    crowd(prepared, "Ana", "Bob")
    fair.set_phase(ADMIN, Phase.OPEN)
    late = queues.join(factories.student("Late").actor, prepared)
    assert (late.position, late.ahead) == (3, 2)


def test_nobody_is_called_before_the_draw(prepared):
    crowd(prepared, "Ana", "Bob")
    fair.set_phase(ADMIN, Phase.OPEN)
    written = kinds()
    assert written.index("lot_drawn") < written.index("places_dealt") < written.index("turn_came")


def test_the_hour_alone_draws_as_well(app):
    day = date(2026, 11, 26)
    with clock.at(datetime(2026, 11, 25, 12, tzinfo=UTC)):
        fair.set_phase(ADMIN, Phase.PREPARING)
        opening_lot.set_by_lot(ADMIN, True)
        fair.set_details(ADMIN, {"starts_on": day, "ends_on": day, "opens": time(9), "zone": "UTC"})
        crowd(factories.company(), "Ana", "Bob")
    fair.keep_hours(datetime(2026, 11, 26, 9, tzinfo=UTC))
    assert (row().phase, sorted(positions().values())) == (Phase.OPEN, [1, 2])
    assert draws.draw().seed


def test_organisers_cannot_order_what_is_not_drawn(prepared):
    entries = list(crowd(prepared, "Ana", "Bob"))
    refused = Refusal("not_drawn_yet")
    assert overrides.move(ADMIN, prepared, entries[1], 1) == refused
    assert overrides.reorder(ADMIN, prepared, entries[::-1]) == refused
    newcomer = factories.student("Zoé").student_id
    assert overrides.add_entry(ADMIN, newcomer, prepared, 1) == refused
    assert set(positions().values()) == {None}


def test_it_cannot_be_changed_once_the_fair_is_open(prepared):
    fair.set_phase(ADMIN, Phase.OPEN)
    before = row()
    for by_lot in (True, False):
        assert opening_lot.set_by_lot(ADMIN, by_lot) == Refusal("lot_only_preparing")
    assert row() == before


def test_prepared_again_another_seed_is_promised_and_the_old_places_stay(prepared):
    entries = crowd(prepared, "Ana", "Bob")
    fair.set_phase(ADMIN, Phase.OPEN)
    first, drawn = row(), positions()
    fair.set_phase(ADMIN, Phase.PREPARING)
    assert row().lot_digest != first.lot_digest
    assert (row().lot_drawn, draws.draw().seed) == (None, None)
    (late,) = crowd(prepared, "Late")
    assert {**positions(), late: None} == {**drawn, late: None}
    fair.set_phase(ADMIN, Phase.OPEN)
    assert positions()[late] == len(entries) + 1


def test_switched_off_the_seed_is_gone(prepared):
    crowd(prepared, "Ana", "Bob")
    opening_lot.set_by_lot(ADMIN, False)
    assert tuple(row())[:3] == (None, None, None)
    assert sorted(positions().items()) == [(each, at) for at, each in enumerate(positions(), 1)]
    assert draws.draw() is None


def test_the_next_fair_opens_by_lot_if_somebody_says_so(prepared):
    crowd(prepared, "Ana")
    fair.set_phase(ADMIN, Phase.OPEN)
    purge.purge(everything=False)
    assert tuple(row()) == (None, None, None, Phase.PREPARING)
    assert factories.entry(factories.student("New"), prepared)
    assert set(positions().values()) == {1}


def test_what_an_entry_has_drawn(prepared):
    entries = crowd(prepared, *"ABC")
    assert draws.ticket(draws.draw(), prepared, min(entries)) is None
    fair.set_phase(ADMIN, Phase.OPEN)
    draw = draws.draw()
    tickets = [draws.ticket(draw, prepared, each) for each in entries]
    assert sorted(each.rank for each in tickets) == [1, 2, 3]
    assert sorted(tickets, key=lambda each: each.hmac) == sorted(
        tickets, key=lambda each: each.rank
    )
    (late,) = crowd(prepared, "Late")
    assert (draws.ticket(draw, prepared, late).rank, tickets[0].of) == (None, 3)
    for entry_id, person in entries.items():
        (own,) = draws.own_tickets(draw, person.student_id)
        assert own == draws.ticket(draw, prepared, entry_id)
