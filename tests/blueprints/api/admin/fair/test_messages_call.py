"""The organisers' messages through JSON: to everyone, to a queue, to one student."""

import pytest

from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

MESSAGES = "/api/admin/messages/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def test_a_message_to_everyone_is_sent_and_taken_back(organiser):
    sent = organiser.post(MESSAGES, {"audience": "everyone", "text": "The bus leaves at six"})
    assert sent.status_code == 201
    assert sent.json["students"] is None
    assert organiser.get(MESSAGES).json == [sent.json]
    assert organiser.delete(f"{MESSAGES}{sent.json['id']}/").status_code == 204
    assert organiser.get(MESSAGES).json[0]["withdrawn"] is True


def test_a_message_to_a_queue_reaches_those_who_wait_there(organiser):
    company_id, alice = factories.company(), factories.student("Alice")
    said = {"audience": "queue", "company": company_id, "text": "Ten minutes late"}
    assert refused(organiser.post(MESSAGES, said)) == (400, "invalid")
    factories.entry(alice, company_id)
    assert organiser.post(MESSAGES, said).json["students"] == 1


def test_a_message_to_a_student_names_them(organiser):
    alice = factories.student("Alice")
    said = {"audience": "student", "student": alice.student_id, "text": "Your badge is here"}
    assert organiser.post(MESSAGES, said).json["student"] == alice.student_id
    assert refused(organiser.post(MESSAGES, {**said, "student": 999_999})) == (404, "not_found")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"audience": "queue"}, {"company"}),
        ({"audience": "student"}, {"student"}),
        ({"audience": "everyone", "company": 1}, {"company"}),
        ({"audience": "queue", "student": 1}, {"company", "student"}),
        ({"audience": "nobody"}, {"audience"}),
        ({"audience": "everyone", "text": " "}, {"text"}),
    ],
)
def test_whom_it_is_for_is_said_once(organiser, said, wrong):
    assert wrong_fields(organiser.post(MESSAGES, {"text": "Hello", **said})) == wrong
    assert organiser.get(MESSAGES).json == []
