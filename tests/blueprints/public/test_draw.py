"""The draw of a fair by lot, as everybody may check it: page, calls, and ten lines of Python."""

import re
import sys
from hashlib import sha256
from pathlib import Path
from subprocess import run
from threading import Thread

import pytest
from werkzeug.serving import make_server

from jobfair.domain.decisions import lot
from jobfair.domain.state import Phase
from jobfair.services.fair import fair, opening_lot
from jobfair.unit_of_work import actors
from tests.support import factories

PROJECT = Path(__file__).parents[3]
PROGRAM = PROJECT / "docs" / "draw.py"
ADMIN = actors.admin(1)


@pytest.fixture
def company(app):
    """A company of a fair by lot, in preparation, where three wait."""
    fair.set_phase(ADMIN, Phase.PREPARING)
    opening_lot.set_by_lot(ADMIN, True)
    return factories.company("TechCorp")


@pytest.fixture
def entries(company):
    people = [factories.student(each) for each in ("Ana", "Bob", "Zoé")]
    return {factories.entry(each, company): each for each in people}


def opened():
    fair.set_phase(ADMIN, Phase.OPEN)


def browser_of(app, person):
    browser = app.test_client()
    person.sign_in(browser)
    return browser


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.text))


def test_before_the_opening_the_digest_is_public_and_the_seed_is_not(client, company, entries):
    draw = client.get("/api/draw/").json
    assert len(draw["digest"]) == 64
    assert (draw["seed"], draw["drawn_at"]) == (None, None)
    of_company = client.get(f"/api/draw/{company}/").json
    assert (of_company["seed"], of_company["dealt"]) == (None, [])
    page = client.get("/draw").text
    assert draw["digest"] in page
    assert "Numéro de l" not in page
    opened()
    seed = client.get("/api/draw/").json["seed"]
    assert seed not in page
    assert sha256(bytes.fromhex(seed)).hexdigest() == draw["digest"]


def test_every_page_that_promises_it_leads_there(app, client, company, entries):
    digest = client.get("/api/draw/").json["digest"]
    ana = browser_of(app, next(iter(entries.values())))
    for browser, address in (
        (client, "/"),
        (client, "/help"),
        (ana, "/dashboard"),
        (ana, "/companies"),
        (ana, f"/companies/{company}"),
        (ana, "/my-day"),
    ):
        page = browser.get(address, follow_redirects=True).text
        if address != "/my-day":
            assert 'href="/draw"' in page, address
        if address in ("/help", "/dashboard", "/companies"):
            assert digest[:8] in page, address
        assert not re.search(r"personnes? devant|Position \d", page), address


def test_a_student_sees_what_each_of_their_entries_has_drawn(app, client, company, entries):
    opened()
    seed = bytes.fromhex(client.get("/api/draw/").json["seed"])
    order = lot.order(seed, company, entries)
    for entry_id, person in entries.items():
        browser = browser_of(app, person)
        said = text_of(browser.get("/draw"))
        assert f"Rang {order.index(entry_id) + 1} sur 3 au tirage" in said
        assert lot.ticket(seed, company, entry_id) in said
        assert 'href="/draw"' in browser.get("/dashboard").text or order[0] == entry_id


def test_anybody_checks_an_entry_without_a_script(client, company, entries):
    opened()
    seed = bytes.fromhex(client.get("/api/draw/").json["seed"])
    (first, *_others) = lot.order(seed, company, entries)
    said = text_of(client.get(f"/draw?company={company}&entry={first}"))
    assert "TechCorp : Rang 1 sur 3" in said.replace(":", " :").replace("  ", " ")
    assert lot.ticket(seed, company, first) in said
    late = factories.entry(factories.student("Late"), company)
    assert "Pas dans le tirage" in client.get(f"/draw?company={company}&entry={late}").text


@pytest.mark.parametrize(
    "query", ["company=x&entry=1", "company=&entry=", "entry=1", "company=1&entry=-3"]
)
def test_what_is_no_number_is_said_beside_its_field(client, company, entries, query):
    opened()
    page = client.get(f"/draw?{query}")
    assert page.status_code == 200
    assert "field-error" in page.text


def test_the_places_name_nobody(client, company, entries):
    opened()
    answer = client.get(f"/api/draw/{company}/")
    assert {frozenset(each) for each in answer.json["dealt"]} == {frozenset({"entry", "position"})}
    assert not re.search("Ana|Bob|Martin", answer.text)
    assert [each["position"] for each in answer.json["dealt"]] == [1, 2, 3]


def test_a_fair_without_a_lot_has_no_draw(client, app):
    assert client.get("/api/draw/").json == {"digest": None, "seed": None, "drawn_at": None}
    assert "par tirage au sort" in client.get("/draw").text
    assert client.get("/api/draw/77/").status_code == 404


@pytest.fixture
def served(app):
    """The address of the application on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def checked(served, company, digest):
    made = [sys.executable, PROGRAM, served, str(company), digest]
    return run(made, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_the_ten_lines_find_a_draw_as_promised_and_any_other_not(
    client, company, entries, served, monkeypatch
):
    digest = client.get("/api/draw/").json["digest"]
    opened()
    assert checked(served, company, digest) == "3 places, as promised"
    assert checked(served, company, "0" * 64) == "3 places, NOT AS PROMISED"


def test_they_find_a_deal_in_order_of_arrival(client, company, served, monkeypatch):
    for number in range(12):
        factories.entry(factories.student(f"Student {number}"), company)
    digest = client.get("/api/draw/").json["digest"]
    monkeypatch.setattr(lot, "order", lambda _seed, _company, ids: sorted(ids))
    opened()
    assert checked(served, company, digest) == "12 places, NOT AS PROMISED"


def test_the_page_shows_the_lines_of_the_documentation(client, company):
    shown = PROJECT / "jobfair" / "templates" / "public" / "_draw_program.txt"
    assert shown.read_text() == PROGRAM.read_text()
    assert len([line for line in PROGRAM.read_text().splitlines() if line]) <= 13


def test_a_place_says_where_its_position_comes_from(app, company):
    early, late = [factories.student(each) for each in ("Ana", "Zoé", "Max")], factories.student()
    for each in early:
        factories.entry(each, company)
    opened()
    factories.entry(late, company)
    for address in ("/dashboard", f"/companies/{company}"):
        pages = [text_of(browser_of(app, each).get(address)) for each in early]
        waiting = [each for each in pages if "C'est votre tour" not in each]
        assert len(waiting) == 2
        assert all(re.search("tirées? au sort", each) for each in waiting)
        assert not any("ordre d'arrivée" in each for each in waiting)
        assert "ordre d'arrivée" in text_of(browser_of(app, late).get(address))
