"""The halls through JSON: the screen's link, the maps, and the stands on them."""

import pytest

from tests.support import factories, pictures
from tests.support.programs import Program, refused, wrong_fields

SCREEN = "/api/admin/hall_screen/"
MAP = "/api/admin/halls/map/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def test_the_screens_link_is_made_and_withdrawn(organiser, client):
    assert organiser.get(SCREEN).json == {"names": "names", "access_url": None, "of_halls": {}}
    factories.company(hall="Nord")
    made = organiser.post(f"{SCREEN}link/").json
    address = made["access_url"].removeprefix("http://localhost")
    assert client.get(address).status_code == 200
    assert set(made["of_halls"]) == {"Nord"}
    other = organiser.post(f"{SCREEN}link/").json
    assert client.get(address).status_code == 404
    assert organiser.delete(f"{SCREEN}link/").status_code == 204
    assert client.get(other["access_url"].removeprefix("http://localhost")).status_code == 404


def test_the_screen_calls_by_name_or_by_code(organiser):
    assert organiser.patch(SCREEN, {"names": "codes"}).json["names"] == "codes"
    assert wrong_fields(organiser.patch(SCREEN, {"names": "faces"})) == {"names"}


def put_up(organiser, hall=""):
    return organiser.call(
        "PUT", MAP, data=pictures.png(), content_type="image/png", query_string={"hall": hall}
    )


def test_a_stand_is_placed_on_the_map_of_its_hall(organiser):
    company_id = factories.company("TechCorp", stand="A1", hall="Nord")
    spot = f"{MAP}stands/{company_id}/"
    assert refused(organiser.put(spot, {"x": 34.5, "y": 20})) == (404, "not_found")
    assert put_up(organiser, "Nord").json["map"]["width"]
    assert organiser.put(spot, {"x": 34.5, "y": 20}).status_code == 204
    (placed,) = organiser.get(MAP, query_string={"hall": "Nord"}).json["stands"]
    assert (placed["name"], placed["x"], placed["y"]) == ("TechCorp", 34.5, 20)
    assert wrong_fields(organiser.put(spot, {"x": 101, "y": -1})) == {"x", "y"}
    assert organiser.delete(spot).status_code == 204
    (taken_off,) = organiser.get(MAP, query_string={"hall": "Nord"}).json["stands"]
    assert (taken_off["x"], taken_off["y"]) == (None, None)


def test_a_map_is_taken_down(organiser):
    assert put_up(organiser).json["hall"] == ""
    assert organiser.delete(MAP).status_code == 204
    assert organiser.get(MAP).json["map"] is None


def test_no_company_is_in_a_hall_that_is_not_there(organiser):
    assert refused(put_up(organiser, "Sud")) == (404, "not_found")
    assert refused(organiser.get(MAP, query_string={"hall": "Sud"})) == (404, "not_found")


def test_a_map_that_is_none_is_refused(organiser):
    answer = organiser.call("PUT", MAP, data=b"no picture", content_type="image/png")
    assert refused(answer) == (400, "map_unknown")
