"""Which map shows a company, and what its stand's place is worth when things move."""

import pytest
from sqlalchemy import func, select

from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.models import JournalRow, MapPlace
from jobfair.queries.admin.fair.hall_maps import plan
from jobfair.queries.public.hall_maps import marked
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import hall_maps
from jobfair.unit_of_work import actors
from tests.support import factories

SPOT = (3450, 2000)
BY = actors.SYSTEM


@pytest.fixture
def acme(app):
    return factories.company("Acme", stand="C3")


def put_up(hall=""):
    hall_maps.set_map(BY, hall, factories.HALL_MAP)


def move(company_id, hall):
    companies.edit(BY, company_id, {"hall": hall})


def count(model):
    with db.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(model)).scalar_one()


def test_a_stand_is_marked_where_it_was_placed_last(acme):
    put_up()
    assert marked(acme) is None
    hall_maps.place(BY, acme, SPOT)
    hall_maps.place(BY, acme, (0, 10_000))
    found = marked(acme)
    assert (found.x, found.y) == (0, 10_000)
    assert (found.map.digest, found.map.width, found.map.height) == (
        factories.HALL_MAP.digest,
        800,
        600,
    )
    hall_maps.place(BY, acme, None)
    assert marked(acme) is None


def test_a_place_is_of_one_map_and_not_of_another(acme):
    """On the map of another hall, the same spot would lead people astray."""
    put_up()
    hall_maps.place(BY, acme, SPOT)
    move(acme, "Hall A")
    assert marked(acme), "without a map of its own, the hall is on that of the fair"
    put_up("Hall A")
    assert marked(acme) is None
    assert [each.x for each in plan("Hall A").plates] == [None]
    assert plan("").plates == ()
    hall_maps.place(BY, acme, (1, 2))
    move(acme, None)
    assert marked(acme) is None


def test_a_map_that_is_taken_down_marks_nothing_and_put_up_again_it_does(acme):
    put_up()
    hall_maps.place(BY, acme, SPOT)
    hall_maps.set_map(BY, "", None)
    assert marked(acme) is None
    put_up()
    assert marked(acme)


def test_without_a_map_nothing_can_be_placed(acme):
    put_up("Hall B")
    with pytest.raises(NotFound):
        hall_maps.place(BY, acme, SPOT)
    with pytest.raises(NotFound):
        hall_maps.place(BY, 99, SPOT)


def test_what_changes_nothing_is_not_written_down(acme):
    put_up()
    hall_maps.place(BY, acme, SPOT)
    before = count(JournalRow)
    put_up()
    hall_maps.place(BY, acme, SPOT)
    hall_maps.set_map(BY, "Hall A", None)
    assert count(JournalRow) == before


def test_a_deleted_company_leaves_no_place(acme):
    put_up()
    hall_maps.place(BY, acme, SPOT)
    companies.delete(BY, acme)
    assert count(MapPlace) == 0


def test_who_is_called_knows_which_of_the_stands_are_on_a_map(acme):
    put_up()
    other = factories.company("Other")
    for company_id in (acme, other):
        hall_maps.place(BY, company_id, SPOT)
    alice = factories.student("Alice")
    factories.entry(factories.student("Bob"), other)
    factories.entry(alice, other)
    assert places.dashboard(alice.student_id).on_map == frozenset(), "nobody calls her yet"
    factories.entry(alice, acme)
    assert places.dashboard(alice.student_id).on_map == {acme}
