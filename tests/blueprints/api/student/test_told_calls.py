"""What a student was told, through JSON: messages, notifications, their story."""

import pytest

from jobfair.services.fair import messages
from jobfair.services.queues import queues
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, is_utc, wrong_fields

OWN = "/api/students/me/"


@pytest.fixture
def as_alice(client, alice):
    return Program(client, alice)


def sent_to(person, text):
    """The number of a message to one student."""
    return messages.to_student(actors.SYSTEM, person.student_id, text).recorded[0].number


def test_the_organisers_messages_stand_until_they_are_put_away(as_alice, alice, bob):
    messages.to_everyone(actors.SYSTEM, "The buffet is open")
    own = sent_to(alice, "Come to the desk")
    sent_to(bob, "For Bob alone")
    latest, first = as_alice.get(f"{OWN}messages/").json
    assert (latest["id"], latest["text"], latest["company"]) == (own, "Come to the desk", None)
    assert first["text"] == "The buffet is open"
    assert is_utc(first["at"])
    assert as_alice.post(f"{OWN}messages/put_away/", {"number": first["id"]}).status_code == 204
    assert as_alice.get(f"{OWN}messages/").json == [latest]
    assert as_alice.post(f"{OWN}messages/put_away/", {"number": own}).status_code == 204
    assert as_alice.get(f"{OWN}messages/").json == []
    told = [each["sentence"] for each in as_alice.get(f"{OWN}notifications/").json]
    assert told == ["Come to the desk", "The buffet is open"]


def test_what_is_put_away_has_a_number(as_alice):
    assert wrong_fields(as_alice.post(f"{OWN}messages/put_away/", {"number": 0})) == {"number"}


def test_notifications_are_of_others_the_latest_first(as_alice, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)
    queues.absent(actors.company(techcorp), entry_id)
    latest, first = as_alice.get(f"{OWN}notifications/").json
    assert latest["id"] > first["id"]
    assert "TechCorp" in first["sentence"]
    assert first["sender"] is None


def test_the_story_is_told_from_its_beginning_and_goes_on(as_alice, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)
    queues.leave(alice.actor, entry_id)
    story = as_alice.get(f"{OWN}history/").json
    assert story["more"] is None
    first, *others = story["lines"]
    assert others
    assert (
        as_alice.get(f"{OWN}history/", query_string={"after": first["id"]}).json["lines"] == others
    )


def test_a_story_goes_on_after_a_number(as_alice):
    answer = as_alice.get(f"{OWN}history/", query_string={"after": "yesterday"})
    assert wrong_fields(answer) == {"after"}
