"""A student fills in what stands see, takes it back, and is offered it once."""

import pytest

from jobfair.queries import introductions
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.browsing import Browser

FORM = {
    "studies": "Zoologie",
    "year": "M2",
    "seeking": ["", "phd"],
    "sentence": "J'aime les zèbres",
    "link": "https://zoo.example/z",
    "shows_email": ["", "True"],
}
PLACE = "/profile#introduction"


@pytest.fixture
def browser(client, alice):
    return Browser(client, alice)


@pytest.fixture
def stand(client, techcorp):
    return lambda: client.get(f"/company/{factories.token(techcorp)}").text


def test_in_one_form_it_is_written_and_shown(browser, alice, techcorp, stand):
    factories.interview(alice, techcorp)
    answer = browser.post("/profile/introduction", **FORM)
    assert (answer.status_code, answer.location) == (303, PLACE)
    page = stand()
    for words in ("Zoologie · M2", "J&#39;aime les zèbres", "https://zoo.example/z", alice.email):
        assert words in page
    assert "Zoologie" in browser.get("/profile").text


def test_a_link_leads_out_without_the_stands_secret(browser, alice, techcorp, stand):
    factories.interview(alice, techcorp)
    browser.post("/profile/introduction", **FORM)
    assert 'target="_blank" rel="noopener noreferrer nofollow"' in stand()


def test_taken_back_in_one_tap(browser, alice, techcorp, stand):
    factories.interview(alice, techcorp)
    browser.post("/profile/introduction", **FORM)
    assert browser.post("/profile/introduction/hide").location == PLACE
    assert "Zoologie" not in stand()
    assert "Zoologie" in browser.get("/profile").text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("link", "http://zoo.example"),
        ("link", "javascript:alert(1)"),
        ("sentence", "x" * 281),
        ("studies", "x" * 101),
        ("seeking", "a castle"),
    ],
)
def test_what_is_refused_stands_there_as_it_was_typed(browser, alice, field, wrong):
    answer = browser.post("/profile/introduction", **{**FORM, field: wrong})
    assert answer.status_code == 400
    assert 'value="M2"' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert introductions.own(alice.student_id)["studies"] is None


def test_it_is_offered_after_the_first_join_until_one_has_chosen(browser, alice, techcorp):
    offer = "Who comes?"
    assert offer not in browser.get("/dashboard").text
    factories.entry(alice, techcorp)
    assert offer in browser.get("/dashboard").text
    answer = browser.post("/profile/introduction/hide", offered="1")
    assert answer.location == "/dashboard"
    assert offer not in browser.get("/dashboard").text
    assert introductions.own(alice.student_id)["shows_introduction"] is False


def test_nobody_writes_anothers(client, alice, browser, techcorp):
    """Owner, stranger, nobody."""
    browser.post("/profile/introduction", **FORM)
    bob = factories.student("Bob")
    Browser(client, bob).post("/profile/introduction", **{**FORM, "studies": "Botanique"})
    assert introductions.own(alice.student_id)["studies"] == "Zoologie"
    assert introductions.own(bob.student_id)["studies"] == "Botanique"


def test_through_json_it_is_chosen_and_seen_alike(client, alice, techcorp):
    mine, headers = "/api/students/me/introduction/", alice.bearer()
    assert client.get(mine, headers=headers).json["shown"] is None
    given = {"studies": "Zoologie", "seeking": ["phd"], "shows_email": True, "shown": True}
    assert client.patch(mine, json=given, headers=headers).json == {
        "studies": "Zoologie",
        "year": None,
        "seeking": ["phd"],
        "sentence": None,
        "link": None,
        "shows_email": True,
        "shown": True,
    }
    other = factories.student("Bob")
    other_entry = factories.interview(other, techcorp)
    factories.entry(alice, techcorp)
    dashboard = f"/api/companies/{factories.token(techcorp)}/"
    assert client.get(dashboard).json["waiting"][0]["introduction"] is None
    interviews.complete(actors.company(techcorp), other_entry)
    assert client.get(dashboard).json["waiting"][0]["introduction"] == {
        "studies": "Zoologie",
        "year": None,
        "seeking": ["phd"],
        "sentence": None,
        "link": None,
        "email": alice.email,
    }
