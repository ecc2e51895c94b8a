"""Two companies swap their stands in one move, and two on one stand are warned of."""

import re

import pytest
from sqlalchemy import select

from jobfair.extensions import db
from jobfair.models import JournalRow, MapPlace
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists.companies import CompanyFilter
from jobfair.queries.stand import stands
from jobfair.services.companies import companies
from jobfair.services.fair import hall_maps
from jobfair.unit_of_work import actors
from tests.support import factories


@pytest.fixture
def pair(app):
    one = factories.company("Acme", stand="A1", hall="Nord")
    other = factories.company("Bank", stand="B2", hall="Sud")
    hall_maps.set_map(actors.SYSTEM, "", factories.HALL_MAP)
    hall_maps.place(actors.SYSTEM, one, (100, 200))
    return one, other


def place(company_id):
    company = stands.company_by_id(company_id)
    with db.engine.connect() as connection:
        spot = connection.execute(
            select(MapPlace.x, MapPlace.y).where(MapPlace.company_id == company_id)
        ).first()
    return company.stand, company.hall, spot and tuple(spot)


def journal():
    with db.engine.connect() as connection:
        return connection.execute(
            select(JournalRow.kind, JournalRow.company_id).order_by(JournalRow.number)
        ).all()


def test_one_move_swaps_stand_hall_and_spot_and_is_undone(organiser, pair):
    one, _other = pair
    address = f"/admin/companies/{one}/swap"
    assert f'action="{address}"' in organiser.get(f"/admin/companies/{one}").text
    before, rows = [place(each) for each in pair], len(journal())
    answer = organiser.say(address, company="b2")
    assert (
        "Swapped: Acme (stand B2), Bank (stand A1). Those who are called see the new stand"
        in answer.text
    )
    assert [place(each) for each in pair] == before[::-1]
    assert sorted(journal()[rows:]) == sorted(
        (kind, each)
        for kind in ("company_moved", "company_profile_changed", "stand_placed")
        for each in pair
    )
    [undo] = re.findall(r'class="toast.*?action="([^"]+)"', answer.text, re.DOTALL)
    organiser.say(undo)
    assert [place(each) for each in pair] == before


@pytest.mark.parametrize("scripts", [True, False])
def test_what_cannot_be_swapped_is_said_and_what_was_typed_stays(organiser, pair, scripts):
    one, _other = pair
    factories.company("Bank of Two")
    send = organiser.say if scripts else organiser.post
    for typed, said in (
        ("acme", "Both have the same place already"),
        ("nowhere", "No company has this name or this stand"),
        ("ban", "Several companies are called so: choose one"),
    ):
        answer = send(f"/admin/companies/{one}/swap", company=typed)
        assert answer.status_code == 400
        assert said in answer.text
        assert f'value="{typed}"' in answer.text
    assert place(one)[0] == "A1"


def test_a_swap_with_nobody_is_not_found(organiser, pair):
    assert organiser.post(f"/admin/companies/{pair[0]}/swap", company_id="99").status_code == 404


def test_two_on_one_stand_are_warned_of_until_one_moves(organiser, pair):
    one, other = pair
    assert "is taken twice" not in organiser.get("/admin/").text
    companies.edit(actors.SYSTEM, other, {"stand": "a 1", "hall": "NORD"})
    assert "Stand A1 is taken twice:" in organiser.get("/admin/").text
    for company_id, name in ((one, "Bank"), (other, "Acme")):
        page = organiser.get(f"/admin/companies/{company_id}").text
        assert name in page.partition("On the same stand:")[2][:200]
    shared = company_list.found_companies(CompanyFilter(state="stand_shared"))
    assert [line.company.id for line in shared] == [one, other]
    assert organiser.get("/admin/companies").text.count("Taken twice</span>") == 2
    companies.edit(actors.SYSTEM, other, {"hall": "Sud"})
    assert "is taken twice" not in organiser.get("/admin/").text
    assert not company_list.found_companies(CompanyFilter(state="stand_shared"))
