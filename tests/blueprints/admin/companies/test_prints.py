"""The printed links and posters, and where a poster leads."""

import re
from collections import OrderedDict

import pytest

from jobfair.domain.state import CompanyStatus, Phase
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from jobfair.web.rendering import qr_codes
from tests.support import factories

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def techcorp(app):
    return factories.company("TechCorp", stand="B 12")


@pytest.fixture
def alice(client):
    person = factories.student("Alice")
    person.sign_in(client)
    return person


def modules(page, number=0):
    """The drawing of a QR code on a page, as its markup."""
    return re.findall(r"<svg aria-hidden.*?</svg>", page, re.DOTALL)[number]


def test_a_card_for_each_company(organiser, techcorp):
    factories.company('<b>"Énergies"</b>')
    page = organiser.get("/admin/print/links").text
    assert page.count('class="card"') == 2
    assert f"http://localhost/company/{stands.token_of(techcorp)}" in page
    assert "<b>B 12</b>" in page
    assert "Keep this link secret." in page
    assert "&lt;b&gt;&#34;Énergies&#34;&lt;/b&gt;" in page
    assert modules(page, 0) != modules(page, 1)


def test_eight_cards_to_a_sheet(organiser, app):
    for number in range(9):
        factories.company(f"Company {number}")
    assert organiser.get("/admin/print/links").text.count('class="sheet"') == 2


def test_one_company_alone(organiser, techcorp):
    factories.company("Other")
    for what in ("link", "poster"):
        page = organiser.get(f"/admin/companies/{techcorp}/print/{what}").text
        assert "TechCorp" in page
        assert "Other" not in page
    shown = organiser.get(f"/admin/companies/{techcorp}").text
    assert f"/admin/companies/{techcorp}/print/poster" in shown
    assert "/admin/print/links" in organiser.get("/admin/companies").text


def test_posters_hold_no_secret(organiser, techcorp):
    page = organiser.get("/admin/print/posters").text
    assert f"http://localhost/join/{techcorp}" in page
    assert stands.token_of(techcorp) not in page


def test_no_companies_yet(organiser):
    for what in ("links", "posters"):
        assert "No company yet." in organiser.get(f"/admin/print/{what}").text


def test_looking_at_a_poster_joins_nothing(client, alice, techcorp):
    page = client.get(f"/companies/{techcorp}", headers=ENGLISH)
    assert page.status_code == 200
    assert "Join the queue" in page.text
    assert f'action="/companies/{techcorp}/join"' in page.text
    assert not places.dashboard(alice.student_id).places


def test_the_button_joins_and_the_page_says_so(client, alice, techcorp):
    form = client.get(f"/companies/{techcorp}").text
    token = re.search(r'name="csrf_token" value="(\w+)"', form).group(1)
    sent = {
        "data": {"csrf_token": token},
        "headers": {"Referer": f"http://localhost/companies/{techcorp}"},
    }
    answer = client.post(f"/companies/{techcorp}/join", **sent)
    assert (answer.status_code, answer.location) == (303, f"/companies/{techcorp}")
    again = client.get(f"/companies/{techcorp}").text
    assert "Inscrit en position 1" in again
    assert "Rejoindre la file" not in again
    refused = client.post(f"/companies/{techcorp}/join", **sent)
    assert refused.location == f"/companies/{techcorp}"
    assert "Déjà inscrit" in client.get(refused.location).text


def test_it_says_who_is_ahead(client, techcorp):
    factories.entry(factories.student("Bea"), techcorp)
    alice = factories.student("Alice")
    alice.sign_in(client)
    factories.entry(alice, techcorp)
    assert "1 person ahead of you" in client.get(f"/companies/{techcorp}", headers=ENGLISH).text


def test_it_says_when_the_interview_runs_and_when_it_is_done(client, alice, techcorp):
    entry_id = factories.interview(alice, techcorp)
    assert "Interview running" in client.get(f"/companies/{techcorp}", headers=ENGLISH).text
    interviews.complete(actors.company(techcorp), entry_id)
    page = client.get(f"/companies/{techcorp}", headers=ENGLISH).text
    assert "Interview done" in page
    assert "Join the queue" not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": CompanyStatus.PAUSED}, "takes nobody at the moment"),
        ({"queue_open": False}, "Queue closed: nobody joins"),
        ({"queue_limit": 1}, "This queue is full"),
    ],
)
def test_a_queue_that_takes_nobody_says_why(client, techcorp, changes, said):
    factories.entry(factories.student("Bea"), techcorp)
    factories.student("Alice").sign_in(client)
    companies.edit(actors.SYSTEM, techcorp, changes)
    page = client.get(f"/companies/{techcorp}", headers=ENGLISH).text
    assert said in page
    assert "Join the queue" not in page


def test_a_closed_fair_says_so(client, alice, techcorp):
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    page = client.get(f"/companies/{techcorp}", headers=ENGLISH).text
    assert "The fair is closed" in page
    assert "Join the queue" not in page


def test_an_unknown_company(client, alice):
    assert client.get("/companies/99").status_code == 404


# Many of them


NAMES = re.compile(r"<h2 id=\"\w+-\d+\"><bdi>(.*?)</bdi></h2>")


def test_prints_are_in_the_order_of_the_aisles(organiser, app):
    for name, stand, hall in (
        ("Zebra", "A2", "Hall 2"),
        ("Lost", None, None),
        ("Yak", "A10", "Hall 2"),
        ("Xerus", None, "Hall 2"),
        ("Wolf", "B1", "Hall 10"),
        ("Ant", "A1", None),
        ("Vole", "A2", "hall 2"),
    ):
        factories.company(name, stand=stand, hall=hall)
    order = ["Vole", "Zebra", "Yak", "Xerus", "Wolf", "Ant", "Lost"]
    for path in ("/admin/print/links", "/admin/print/posters"):
        assert NAMES.findall(organiser.get(path).text) == order
    paper = organiser.get("/admin/paper").text
    assert re.findall(r"<li><bdi>(\w+)</bdi>", paper) == order


def test_more_than_are_kept_are_all_printed(organiser, techcorp, monkeypatch):
    monkeypatch.setattr(qr_codes, "MOST_KEPT", 1)
    monkeypatch.setattr(qr_codes, "_kept", OrderedDict())
    factories.company("Other")
    assert len(NAMES.findall(organiser.get("/admin/print/links").text)) == 2
    assert len(qr_codes._kept) == 1
