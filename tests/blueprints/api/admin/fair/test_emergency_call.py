"""An alarm through JSON, and what brings a queue back that stands still."""

import pytest

from jobfair.domain.state import StudentStatus
from jobfair.services.queues import presence
from tests.support import factories
from tests.support.programs import Program, refused

EMERGENCY = "/api/admin/emergency/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def test_an_alarm_pauses_all_with_a_word_and_the_all_clear_takes_it_back(organiser):
    first, second = factories.company("TechCorp"), factories.company("Rival")
    factories.entry(factories.student("Alice"), first)
    before = organiser.get(EMERGENCY).json
    assert (before["recruiting"], before["called"], before["alarm"]) == (2, 1, None)
    paused = organiser.post(f"{EMERGENCY}pause/", {"text": "Leave the building"})
    assert paused.json["updated"] == 2
    during = organiser.get(EMERGENCY).json
    assert [each["id"] for each in during["paused_with_all"]] == [second, first]
    assert during["alarm"]["text"] == "Leave the building"
    over = {"stay": [second], "withdraw": during["alarm"]["id"], "text": "Come back"}
    assert organiser.post(f"{EMERGENCY}resume/", over).json["updated"] == 1
    after = organiser.get(EMERGENCY).json
    assert (after["recruiting"], after["called"], after["alarm"]) == (1, 1, None)


def test_an_alarm_may_say_nothing(organiser):
    factories.company()
    assert organiser.post(f"{EMERGENCY}pause/", {"text": None}).json["updated"] == 1
    assert organiser.post(f"{EMERGENCY}resume/", {}).json["updated"] == 1
    assert organiser.get("/api/admin/messages/").json == []


def test_nothing_resumes_where_the_message_to_take_back_is_none(organiser):
    factories.company()
    organiser.post(f"{EMERGENCY}pause/", {})
    answer = organiser.post(f"{EMERGENCY}resume/", {"withdraw": 999_999})
    assert refused(answer) == (404, "not_found")
    assert organiser.get(EMERGENCY).json["recruiting"] == 0


def test_somebody_who_is_on_a_break_in_a_queue_is_brought_back(organiser, client):
    company_id, alice = factories.company(), factories.student("Alice")
    factories.entry(alice, company_id)
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    address = f"/api/admin/alerts/companies/{company_id}/available/"
    desk = Program(client, factories.member("desk"))
    assert desk.post(address).json["updated"] == 1
    assert desk.post(address).json["updated"] == 0
