"""One company in an organiser's hands, through JSON."""

import pytest

from jobfair.queries.admin import roster
from jobfair.queries.fair import messages
from jobfair.queries.stand import stands
from tests.support import factories, pictures
from tests.support.programs import Program, refused, wrong_fields


@pytest.fixture
def organiser(client, admin):
    return Program(client, admin)


@pytest.fixture
def one(techcorp):
    return f"/api/companies/admin/companies/{techcorp}/"


def test_a_queue_is_closed_and_opened(organiser, one):
    closed = organiser.post(f"{one}close_queue/").json
    assert closed["queue_open"] is False
    assert organiser.get(one).json["queue_open"] is False
    opened = organiser.post(f"{one}open_queue/").json
    assert opened["queue_open"] is True
    assert opened["message"] != closed["message"]


def test_a_stand_leaves_and_somebody_who_waits_is_told(organiser, one, alice, techcorp):
    factories.entry(alice, techcorp)
    assert wrong_fields(organiser.post(f"{one}leave/", {"text": " "})) == {"text"}
    left = organiser.post(f"{one}leave/", {"text": "TechCorp has left"}).json
    assert (left["status"], left["queue_open"], left["has_left"]) == ("paused", False, True)
    assert [each.text for each in messages.sent()] == ["TechCorp has left"]


def test_two_companies_swap_their_stands(organiser, client):
    a, b = factories.company("A", stand="1"), factories.company("B", stand="2", hall="Nord")
    swap = f"/api/companies/admin/companies/{a}/swap/"
    swapped = organiser.post(swap, {"company": b}).json
    assert [(each["id"], each["stand"], each["hall"]) for each in swapped] == [
        (a, "2", "Nord"),
        (b, "1", None),
    ]
    assert wrong_fields(organiser.post(swap, {"company": a})) == {"company"}
    assert refused(organiser.post(swap, {"company": 999_999})) == (404, "not_found")


def test_a_pin_is_set_and_taken_away(organiser, one, client, techcorp):
    assert organiser.get(one).json["asks_pin"] is False
    assert wrong_fields(organiser.put(f"{one}pin/", {"pin": "1234"})) == {"pin"}
    assert organiser.put(f"{one}pin/", {"pin": "2580"}).status_code == 204
    assert organiser.get(one).json["asks_pin"] is True
    stand = f"/api/companies/{factories.token(techcorp)}/"
    assert refused(client.get(stand)) == (401, "pin_required")
    for _twice in range(2):
        assert organiser.delete(f"{one}pin/").status_code == 204
    assert client.get(stand).status_code == 200


def test_a_logo_is_given_and_taken_away(organiser, one, techcorp):
    picture = {"data": pictures.png(), "content_type": "image/png"}
    made = organiser.call("PUT", f"{one}logo/", **picture).json
    assert set(made["logo"]) == {"small", "large"}
    assert organiser.delete(f"{one}logo/").status_code == 204
    assert organiser.get(one).json["logo"] is None
    assert roster.company(techcorp).profile.logo is None


def test_it_says_when_the_link_was_opened(organiser, one, client, techcorp):
    assert organiser.get(one).json["link_opened_at"] is None
    client.get(f"/company/{factories.token(techcorp)}")
    assert organiser.get(one).json["link_opened_at"].endswith("Z")


def test_one_that_is_not_there(organiser):
    nowhere = "/api/companies/admin/companies/999999/"
    for call in ("close_queue/", "open_queue/"):
        assert refused(organiser.post(f"{nowhere}{call}")) == (404, "not_found")
    assert refused(organiser.put(f"{nowhere}pin/", {"pin": "2580"})) == (404, "not_found")
    assert refused(organiser.post(f"{nowhere}leave/", {"text": "Gone"})) == (404, "not_found")


def entries_of(company_id):
    return [row.id for row in stands.stand(company_id).waiting]


def test_an_entry_is_moved(organiser, techcorp, alice, bob):
    first, second = factories.entry(alice, techcorp), factories.entry(bob, techcorp)
    move = f"/api/admin/queues/{second}/move/"
    assert organiser.post(move, {"position": 1}).status_code == 200
    assert entries_of(techcorp) == [second, first]
    assert wrong_fields(organiser.post(move, {"position": 0})) == {"position"}
    assert refused(organiser.post("/api/admin/queues/999999/move/", {"position": 1}))[0] == 404


def test_who_did_not_come_is_set_aside_and_brought_back(organiser, techcorp, alice):
    entry = f"/api/admin/queues/{factories.entry(alice, techcorp)}/"
    assert organiser.post(f"{entry}absent/").status_code == 200
    assert refused(organiser.post(f"{entry}absent/"))[0] == 400
    assert organiser.post(f"{entry}present/").status_code == 200
    assert stands.stand(techcorp).callable_count == 1


def test_an_entry_is_completed_and_its_end_taken_back(organiser, techcorp, alice):
    entry = f"/api/admin/queues/{factories.interview(alice, techcorp)}/"
    assert organiser.post(f"{entry}complete/").status_code == 200
    assert refused(organiser.post(f"{entry}complete/")) == (400, "already_done")
    assert organiser.post(f"{entry}undo_completion/").status_code == 200
    assert stands.stand(techcorp).company.running == 1


@pytest.mark.parametrize("role", ["desk", "viewer"])
def test_the_desk_helps_in_the_queue_and_a_viewer_looks(client, role, techcorp, alice):
    entry = f"/api/admin/queues/{factories.entry(alice, techcorp)}/"
    answer = Program(client, factories.member(role)).post(f"{entry}absent/")
    assert answer.status_code == {"desk": 200, "viewer": 403}[role]
