"""The page of servers that are told of events, and the same through JSON."""

import re

import pytest

from jobfair.db.transactions import revision
from jobfair.queries.admin import webhooks as known
from jobfair.services import webhooks
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, wrong_fields

PAGE = "/admin/programs/webhooks"
CALLS = "/api/admin/webhooks/"
URL = "https://hooks.example/jobfair"
STARTED = "interview_started"


@pytest.fixture
def told(app):
    return webhooks.make(actors.SYSTEM, URL, [STARTED])


def test_a_server_is_told_and_its_secret_is_shown_once(organiser):
    shown = organiser.post(PAGE, url=URL, events=[STARTED, "queue_update"])
    assert re.search(r"whsec_[\w+/]{40,}=*", shown.text)
    (server,) = known.servers()
    assert (server.url, server.events) == (URL, (STARTED, "queue_update"))
    page = organiser.get(PAGE).text
    assert URL in page
    assert "whsec_" not in page


@pytest.mark.parametrize(
    "form",
    [
        {"url": URL},
        {"url": URL, "events": "student_deleted"},
        {"url": "http://hooks.example", "events": STARTED},
        {"url": "https://localhost/x", "events": STARTED},
        {"url": "https://me:secret@hooks.example", "events": STARTED},
        {"url": "https://hooks.example:8443", "events": STARTED},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(organiser, form):
    answer = organiser.post(PAGE, **form)
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert known.servers() == []


def test_a_new_secret_is_shown_once(organiser, told):
    shown = organiser.post(f"{PAGE}/{told.id}/secret")
    assert "whsec_" in shown.text
    assert told.secret not in shown.text


def test_what_was_sent_is_shown_and_sent_again_by_hand(organiser, told):
    delivery = factories.delivery(told.id)
    assert "no answer" in organiser.get(PAGE).text
    page = organiser.follow(organiser.post(f"{PAGE}/deliveries/{delivery}/replay"))
    assert "is sent once more" in page.text
    assert known.servers()[0].deliveries[0].again


def test_a_paused_server_says_so_and_is_resumed(organiser, told):
    claimed = webhooks.claim(told.id)
    webhooks.store(claimed, 1, 0, STARTED, webhooks.Outcome(410, "gone"))
    assert "told nothing more since" in organiser.get(PAGE).text
    organiser.post(f"{PAGE}/{told.id}/resume")
    assert "told nothing more since" not in organiser.get(PAGE).text


def test_the_events_of_a_server_are_changed(organiser, told):
    address = f"{PAGE}/{told.id}/told-of"
    organiser.follow(organiser.post(address, events=["queue_update", "notification"]))
    assert known.servers()[0].events == ("notification", "queue_update")
    log = re.sub("<[^>]+>", "", organiser.get("/admin/audit").text)
    assert "The server hooks.example is told of other events" in log


@pytest.mark.parametrize("form", [{}, {"events": "student_deleted"}])
def test_a_server_is_told_of_something(organiser, told, form):
    answer = organiser.post(f"{PAGE}/{told.id}/told-of", **form)
    assert answer.status_code == 400
    assert f'id="events-{told.id}-error"' in answer.text
    assert known.servers()[0].events == (STARTED,)


def test_the_same_events_again_are_no_change(organiser, told):
    before = revision()
    organiser.post(f"{PAGE}/{told.id}/told-of", events=[STARTED])
    assert revision() == before


def test_a_server_is_removed_after_a_question(organiser, told):
    assert "hooks.example" in organiser.get(f"{PAGE}/{told.id}/remove").text
    organiser.follow(organiser.post(f"{PAGE}/{told.id}/remove"))
    assert known.servers() == []
    assert organiser.post(f"{PAGE}/{told.id}/remove").status_code == 404


def test_the_same_through_json(client, admin):
    program = Program(client, admin)
    made = program.post(CALLS, {"url": URL, "events": [STARTED]})
    assert made.status_code == 201
    address = f"{CALLS}{made.json['id']}/"
    again = program.post(f"{address}secret/")
    assert again.json["secret"] != made.json["secret"]
    other = program.patch(address, {"events": ["queue_update"]})
    assert other.json["events"] == ["queue_update"]
    assert wrong_fields(program.patch(address, {"events": []})) == {"events"}
    assert program.patch(f"{CALLS}999999/", {"events": [STARTED]}).status_code == 404
    delivery = factories.delivery(made.json["id"])
    assert program.post(f"{CALLS}deliveries/{delivery}/replay/").status_code == 204
    assert program.post(f"{address}resume/").json["failures"] == 0
    (listed,) = program.get(CALLS).json
    assert "secret" not in listed
    assert listed["deliveries"][0]["event"] == STARTED
    assert program.delete(address).status_code == 204
    assert program.get(CALLS).json == []
    assert wrong_fields(program.post(CALLS, {"url": "x", "events": []})) == {"url", "events"}


def test_there_are_not_without_end(client, admin, monkeypatch):
    monkeypatch.setattr(webhooks, "MOST", 1)
    program = Program(client, admin)
    program.post(CALLS, {"url": URL, "events": [STARTED]})
    refused = program.post(CALLS, {"url": URL, "events": [STARTED]})
    assert (refused.status_code, refused.json["code"]) == (400, "too_many_webhooks")
