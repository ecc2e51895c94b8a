"""The halls' maps: put up by organisers, with the stands on them, and shown to everybody."""

from io import BytesIO

import pytest
from PIL import Image

from jobfair.queries.admin.fair.hall_maps import plan
from jobfair.queries.public.hall_maps import marked
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from jobfair.web import pictures
from tests.support import factories
from tests.support.organisers import Organiser

MAP = "/admin/map"


@pytest.fixture
def organiser(client):
    return Organiser(client)


@pytest.fixture
def acme(app):
    return factories.company("Acme", stand="C3")


def png():
    file = BytesIO()
    Image.new("RGB", (300, 200), "white").save(file, "PNG")
    return file.getvalue()


def upload(organiser, data, address=MAP):
    return organiser.post(address, map=(BytesIO(data), "x.png"))


def place(organiser, company_id, x, y, query=""):
    return organiser.post(f"{MAP}/place{query}", company=str(company_id), x=x, y=y)


def test_what_is_uploaded_is_shown_by_an_address_of_its_own_that_is_kept(app, organiser, acme):
    assert upload(organiser, png()).status_code == 303
    address = f"/maps/{plan('').map.digest}.webp"
    assert address in organiser.get(MAP).text
    answer = app.test_client().get(address)
    assert answer.mimetype == "image/webp"
    assert "immutable" in answer.headers["Cache-Control"]
    with Image.open(BytesIO(answer.data)) as made:
        assert made.size == (300, 200)
    assert organiser.post(f"{MAP}/remove").status_code == 303
    assert app.test_client().get(address).status_code == 404


def test_a_stand_is_placed_and_marked_on_its_companys_page_for_anybody(app, organiser, acme):
    upload(organiser, png())
    stranger, page = app.test_client(), f"/companies/{acme}?lang=en"
    assert 'id="map"' not in stranger.get(page).text
    assert place(organiser, acme, "34,5", " 20 ").status_code == 303
    english = {"Accept-Language": "en"}
    shown = stranger.get(f"/companies/{acme}", headers=english).text
    assert 'alt="Stand C3 is marked on the map"' in shown
    assert 'loading="lazy"' in shown
    assert '<svg class="map-mark" x="34.5%" y="20.0%">' in shown
    alice = factories.student("Alice")
    client = app.test_client()
    alice.sign_in(client)
    assert 'id="map"' in client.get(f"/companies/{acme}").text
    assert f"/companies/{acme}#map" not in client.get("/dashboard").text
    factories.entry(alice, acme)
    assert f'href="/companies/{acme}#map"' in client.get("/dashboard").text
    assert place(organiser, acme, "", "").status_code == 303
    assert 'id="map"' not in stranger.get(f"/companies/{acme}").text
    assert f"/companies/{acme}#map" not in client.get("/dashboard").text


def test_each_hall_has_a_map_of_its_own(organiser, acme):
    companies.edit(actors.SYSTEM, acme, {"hall": "Hall A"})
    query = "?hall=Hall%20A"
    assert upload(organiser, png(), MAP + query).location == f"{MAP}?hall=Hall+A"
    assert "Acme" in organiser.get(MAP + query).text
    assert place(organiser, acme, "1", "2", query).location == f"{MAP}?hall=Hall+A"
    assert marked(acme)
    assert organiser.get(f"{MAP}?hall=Nowhere").status_code == 404


@pytest.mark.parametrize("data", [b"<svg/>", b""])
def test_what_is_no_map_is_refused_beside_its_field(organiser, acme, data):
    upload(organiser, png())
    before = plan("").map
    answer = upload(organiser, data)
    assert answer.status_code == 400
    assert 'id="map-error"' in answer.text
    assert plan("").map == before


def test_a_file_too_large_to_take_is_said_so(organiser, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_FILE", 1000)
    answer = upload(organiser, bytes(pictures.SPARE + 1000))
    assert answer.status_code == 413
    assert 'id="map-error"' in answer.text


@pytest.mark.parametrize(
    ("x", "y", "wrong"),
    [
        ("100.1", "20", "x"),
        ("20", "-1", "y"),
        ("nan", "20", "x"),
        ("left", "20", "x"),
        ("20", "1e99999", "y"),
        ("", "20", "x"),
        ("20", "", "y"),
    ],
)
def test_a_place_off_the_map_is_refused_beside_its_field(organiser, acme, x, y, wrong):
    upload(organiser, png())
    place(organiser, acme, "1", "2")
    answer = place(organiser, acme, x, y)
    assert answer.status_code == 400
    assert f'id="{wrong}-error"' in answer.text
    assert answer.text.count('class="field-error"') == 1
    assert f'id="x" name="x" dir="auto" value="{x}"' in answer.text
    assert f'id="y" name="y" dir="auto" value="{y}"' in answer.text
    assert f'<option value="{acme}" selected>' in answer.text
    assert (marked(acme).x, marked(acme).y) == (100, 200)


def test_a_company_that_the_map_does_not_show_is_refused(organiser, acme):
    upload(organiser, png())
    answer = place(organiser, 99, "1", "2")
    assert answer.status_code == 400
    assert 'id="company-error"' in answer.text
