"""«Why was I not called?»: on one's own history, and in the story that the team reads."""

from datetime import UTC, datetime, timedelta

import pytest

from jobfair import clock
from jobfair.domain.state import StudentStatus
from jobfair.services.queues import presence
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""In Paris."""
ASKED = {"at": "2026-11-23T10:05"}
MOMENT = {"at": "2026-11-23T09:05:00Z"}
BREAK = "since 10:01: "
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def alice(app):
    with clock.at(TEN):
        return factories.student("Alice")


@pytest.fixture
def entry(alice):
    """Her place, and a break of hers a minute later."""
    with clock.at(TEN):
        entry_id = factories.entry(alice, factories.company("TechCorp"))
    with clock.at(TEN + timedelta(minutes=1)):
        presence.change_status(alice.actor, StudentStatus.PAUSED)
    return entry_id


def test_one_is_told_in_a_sentence(client, alice, entry):
    alice.sign_in(client)
    page = client.get("/history", query_string=ASKED | {"entry": entry}, headers=ENGLISH).text
    assert f"You were on a break {BREAK}your queues skipped you." in page
    assert 'value="2026-11-23T10:05"' in page
    assert 'id="why-answer"' not in client.get("/history").text


def test_the_team_reads_it_of_another(client, alice, entry):
    factories.member("viewer").sign_in(client)
    story = f"/admin/students/{alice.student_id}/story"
    page = client.get(story, query_string=ASKED | {"entry": entry}, headers=ENGLISH).text
    assert f"They were on a break {BREAK}their queues skipped them." in page


def test_nobody_asks_about_the_entry_of_another(client, entry):
    factories.student("Bob").sign_in(client)
    assert client.get("/history", query_string=ASKED | {"entry": entry}).status_code == 404


@pytest.mark.parametrize("typed", ["never", "2999-01-01T10:00"])
def test_a_time_that_is_none_is_refused_beside_it(client, alice, entry, typed):
    alice.sign_in(client)
    answer = client.get("/history", query_string={"entry": entry, "at": typed})
    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.text
    assert 'id="at-error"' in answer.text


def test_through_json(client, alice, entry):
    why = (
        Program(client, alice)
        .get(f"/api/queues/{entry}/why/", query_string=MOMENT, headers=ENGLISH)
        .json
    )
    assert why["because"] == "paused"
    assert why["sentence"] == f"You were on a break {BREAK}your queues skipped you."
    assert (why["since"], why["until"]) == ("2026-11-23T09:01:00Z", None)
    viewer = Program(client, factories.member("viewer"))
    theirs = viewer.get(
        f"/api/admin/queues/{entry}/why/", query_string=MOMENT, headers=ENGLISH
    ).json
    assert theirs["sentence"] == f"They were on a break {BREAK}their queues skipped them."


def test_json_refuses_others_entries_and_times_to_come(client, alice, entry):
    bob = Program(client, factories.student("Bob"))
    path = f"/api/queues/{entry}/why/"
    assert refused(bob.get(path, query_string=MOMENT))[0] == 404
    later = {"at": "2999-01-01T00:00:00Z"}
    assert wrong_fields(Program(client, alice).get(path, query_string=later)) == {"at"}
    assert Program(client, alice).get(path).json["because"] == "paused"
    viewer = Program(client, factories.member("viewer"))
    assert refused(viewer.get("/api/admin/queues/999/why/", query_string=MOMENT))[0] == 404


def test_the_day_again_through_json(client, alice, entry):
    viewer = Program(client, factories.member("viewer"))
    path = "/api/admin/report/day/"
    (stand,) = viewer.get(path, query_string=MOMENT).json["stands"]
    assert (stand["name"], stand["waiting"], stand["away"]) == ("TechCorp", 1, 1)
    asked = MOMENT | {"company": stand["id"]}
    (row,) = viewer.get(path, query_string=asked).json["board"]["queue"]
    assert (row["id"], row["student_name"], row["state"]) == (entry, "Alice Martin", "paused")
    assert wrong_fields(viewer.get(path, query_string={"at": "2999-01-01T00:00:00Z"})) == {"at"}
