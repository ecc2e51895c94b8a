"""A student's own notes about whom they met: on their day, theirs alone, gone with either."""

import pytest

from jobfair.extensions import db
from jobfair.models import JournalRow, OwnNote
from jobfair.services.companies import companies
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.browsing import Browser

NOTE = "Demander pour le stage"


@pytest.fixture
def browser(client, alice):
    return Browser(client, alice)


@pytest.fixture
def path(alice, techcorp):
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    return f"/my-day/notes/{techcorp}"


def stored():
    with db.engine.connect() as connection:
        return list(connection.execute(db.select(OwnNote.text)).scalars())


def test_it_stands_beside_whom_they_met_with_the_companys_link(browser, path, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"link": "https://techcorp.example/jobs"})
    assert browser.post(path, text=NOTE).status_code == 303
    page = browser.get("/my-day").text
    assert "Whom I met" in page
    assert NOTE in page
    assert 'href="https://techcorp.example/jobs"' in page


def test_it_is_changed_in_its_place_and_removed_when_blank(browser, path):
    browser.post(path, text=NOTE)
    browser.post(path, text="Autre")
    assert stored() == ["Autre"]
    browser.post(path, text=" ")
    assert stored() == []


def test_nobody_else_reads_it(app, client, browser, path, techcorp):
    """Owner, stranger, nobody; nor the stand, the team and the log."""
    browser.post(path, text=NOTE)
    link = f"/company/{factories.token(techcorp)}"
    assert NOTE not in client.get(link).text + client.get(f"{link}/met").text
    bob = Browser(app.test_client(), factories.student("Bob"))
    assert NOTE not in bob.get("/my-day").text
    assert bob.post(path, text="x").status_code == 303
    assert stored() == [NOTE]
    assert app.test_client().post(path, data={"text": "x"}).status_code in (302, 303)
    with db.engine.connect() as connection:
        assert NOTE not in str(connection.execute(db.select(JournalRow.__table__)).all())


def test_only_about_whom_they_met(browser, alice):
    waiting = factories.company("Waiting")
    factories.entry(alice, waiting)
    answer = browser.post(f"/my-day/notes/{waiting}", text=NOTE)
    assert answer.status_code == 303
    assert stored() == []


def test_too_long_a_note_is_refused_and_not_lost(client, browser, path):
    answer = browser.post(path, text="x" * 2001)
    assert answer.status_code == 400
    assert "x" * 2001 in answer.text


def test_it_is_in_the_copy_of_their_data(client, browser, alice, path):
    browser.post(path, text=NOTE)
    copy = client.get("/api/students/me/data/", headers=alice.bearer()).json
    assert [(each["company"], each["text"]) for each in copy["own_notes"]] == [("TechCorp", NOTE)]


def test_it_goes_with_the_company(browser, path, techcorp):
    browser.post(path, text=NOTE)
    companies.delete(actors.SYSTEM, techcorp)
    assert stored() == []
