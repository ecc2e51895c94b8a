"""The page of the interview that runs, and the history of a student's own day."""

import pytest

from jobfair.services.companies import companies
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories


@pytest.fixture
def acme(app):
    return factories.company("Acme", stand="B12")


@pytest.fixture
def phone(client, alice):
    alice.sign_in(client)
    return Phone(client)


class Phone:
    """A student's browser, in English."""

    def __init__(self, client):
        self._client = client

    def get(self, path):
        return self._client.get(path, headers={"Accept-Language": "en"})


# The interview


def test_the_interviews_own_page_says_where_since_when_and_what_comes_next(phone, alice, acme):
    factories.interview(alice, acme)
    assert 'href="/interview"' in phone.get("/dashboard").text
    page = phone.get("/interview").text
    assert "Acme" in page
    assert "B12" in page
    assert "data-since=" in page
    assert "Available again" in page
    assert 'hx-sse:connect="/live/interview"' in page


def test_without_an_interview_it_leads_to_the_dashboard(phone, alice, acme):
    assert phone.get("/interview").location == "/dashboard"
    entry_id = factories.interview(alice, acme)
    interviews.complete(actors.company(acme), entry_id)
    assert phone.get("/interview").location == "/dashboard"


def test_the_interview_is_open_to_students_alone(app, client):
    assert client.get("/interview").status_code == 303
    factories.admin().sign_in(client)
    assert client.get("/interview").status_code == 403


# The history


def moments(page):
    """The sentences of a history, in order."""
    return [part.split("<p>")[1].split("</p>")[0] for part in page.split('<li id="moment-')[1:]]


def test_a_day_is_told_in_order_with_names_and_lengths(time, phone, alice, acme):
    rival = factories.company("Rival")
    entry_id = factories.entry(alice, acme)
    queues.pass_turn(alice.actor, entry_id)
    queues.present(alice.actor, entry_id)
    queues.absent(actors.company(acme), entry_id)
    queues.present(alice.actor, entry_id)
    interviews.start(alice.actor, entry_id)
    time.pass_(minutes=12, seconds=30)
    interviews.complete(actors.company(acme), entry_id)
    presence.change_status(alice.actor, "available")
    other = factories.entry(alice, rival)
    queues.leave(alice.actor, other)
    assert moments(phone.get("/history").text) == [
        "Joined the queue of Acme at position 1",
        "Called by Acme",
        "Turn skipped at Acme, the place is kept",
        "Back in the queue of Acme",
        "Called by Acme",
        "Called by Acme and not there: set aside",
        "Back in the queue of Acme",
        "Called by Acme",
        "Interview started at Acme",
        "Interview at Acme done after 12~min~30~s".replace("~", "\N{NO-BREAK SPACE}"),
        "Available again",
        "Joined the queue of Rival at position 1",
        "Called by Rival",
        "Left the queue of Rival",
    ]


def test_a_turn_that_others_ended_is_told(phone, alice, acme):
    factories.entry(alice, acme)
    companies.edit(actors.SYSTEM, acme, {"status": "paused"})
    told = moments(phone.get("/history").text)
    assert told[-1] == "Your turn at Acme ended: This company is paused"


def test_what_others_did_to_them_is_said_to_be_theirs(phone, alice, acme):
    entry_id = overrides.add_entry(actors.SYSTEM, alice.student_id, acme).id
    students.force_status(actors.SYSTEM, alice.student_id, "paused")
    students.force_status(actors.SYSTEM, alice.student_id, "available")
    overrides.complete_for(actors.SYSTEM, entry_id)
    told = moments(phone.get("/history").text)
    assert "Put into the queue of Acme by the organisers, position 1" in told
    assert "The organisers paused you" in told
    assert "The organisers made you available" in told
    assert "The organisers marked Acme as done, without an interview" in told


def test_a_company_that_is_gone_is_still_named(phone, alice, acme):
    factories.entry(alice, acme)
    companies.delete(actors.SYSTEM, acme)
    assert moments(phone.get("/history").text)[-1] == "Acme is no longer at the fair"


def test_only_their_own(app, phone, alice, acme):
    """Owner, stranger, nobody."""
    bob = factories.student("Bob")
    factories.entry(bob, acme)
    assert moments(phone.get("/history").text) == []
    assert "Nothing has happened yet" in phone.get("/history").text
    stranger = app.test_client()
    bob.sign_in(stranger)
    assert len(moments(Phone(stranger).get("/history").text)) == 2
    assert "Bob" not in phone.get("/history").text
    assert app.test_client().get("/history").status_code == 303
    organiser = app.test_client()
    factories.admin().sign_in(organiser)
    assert organiser.get("/history").status_code == 403


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30, ""])
def test_any_number_to_go_on_from_is_taken(phone, after):
    assert phone.get(f"/history?after={after}").status_code == 200
