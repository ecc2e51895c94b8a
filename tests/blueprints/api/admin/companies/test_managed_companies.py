"""Companies through JSON, as an admin manages them."""

from datetime import UTC, datetime, timedelta

import pytest

from jobfair.db.transactions import revision
from jobfair.queries.stand import stands
from tests.support import factories
from tests.support.programs import Program, is_utc, refused, wrong_fields

EVERY = "/api/companies/admin/companies/"


@pytest.fixture
def as_admin(client):
    return Program(client, factories.admin())


@pytest.fixture
def one(techcorp):
    return f"{EVERY}{techcorp}/"


@pytest.fixture
def people(app):
    return [factories.student(name) for name in ("Alice", "Bob", "Chloé", "David")]


def waiting(company_id):
    return [row.id for row in stands.stand(company_id).waiting]


def test_creating_a_company(as_admin):
    answer = as_admin.post(EVERY, {"name": " TechCorp "})
    assert answer.status_code == 201
    made = answer.json
    assert len(made["access_token"]) == 32
    assert is_utc(made["created_at"])
    assert as_admin.get(f"{EVERY}{made['id']}/").json == made
    del made["id"], made["access_token"], made["created_at"]
    assert made == {
        "name": "TechCorp",
        "stand": None,
        "status": "recruiting",
        "max_concurrent_interviews": 1,
        "max_queue_size": None,
        "hall": None,
        "description": None,
        "sectors": None,
        "looking_for": None,
        "languages": None,
        "link": None,
        "contact": None,
        "asks_pin": False,
        "link_opened_at": None,
        "logo": None,
        "queue_open": True,
        "has_left": False,
        "current_interview_count": 0,
        "queue_count": 0,
    }


def test_creating_a_company_with_everything(as_admin):
    wanted = {
        "name": "TechCorp",
        "max_concurrent_interviews": 3,
        "max_queue_size": 20,
        "status": "paused",
    }
    made = as_admin.post(EVERY, wanted).json
    assert {key: made[key] for key in wanted} == wanted


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", 5),
        ("max_concurrent_interviews", 0),
        ("max_concurrent_interviews", 101),
        ("max_concurrent_interviews", "2"),
        ("max_concurrent_interviews", None),
        ("max_queue_size", 0),
        ("max_queue_size", 100_001),
        ("status", "closed"),
    ],
)
def test_out_of_limits_is_400_with_the_fields_name(as_admin, one, field, value):
    before = as_admin.get(EVERY).json
    assert wrong_fields(as_admin.post(EVERY, {"name": "New", field: value})) == {field}
    assert wrong_fields(as_admin.patch(one, {field: value})) == {field}
    assert as_admin.get(EVERY).json == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 200),
        ("max_concurrent_interviews", 100),
        ("max_queue_size", 100_000),
        ("max_queue_size", None),
    ],
)
def test_the_limits_themselves_are_fine(as_admin, one, field, value):
    assert as_admin.patch(one, {field: value}).json[field] == value


def test_a_name_is_given_once_case_and_blanks_aside(as_admin, techcorp):
    other = as_admin.post(EVERY, {"name": "Other"}).json["id"]
    assert wrong_fields(as_admin.post(EVERY, {"name": "  TECHCORP "})) == {"name"}
    assert wrong_fields(as_admin.patch(f"{EVERY}{other}/", {"name": "techcorp"})) == {"name"}
    assert as_admin.patch(f"{EVERY}{techcorp}/", {"name": "TECHCORP"}).status_code == 200


def test_a_change_happens_whole_or_not_at_all(as_admin, one):
    factories.company("Other")
    before = revision(), as_admin.get(one).json
    wanted = {"max_concurrent_interviews": 5, "status": "paused", "name": "Other"}
    assert wrong_fields(as_admin.patch(one, wanted)) == {"name"}
    assert (revision(), as_admin.get(one).json) == before


def test_changing_everything_at_once(as_admin, one):
    wanted = {
        "name": "TechCorp Paris",
        "max_concurrent_interviews": 5,
        "max_queue_size": 30,
        "status": "paused",
    }
    answer = as_admin.patch(one, wanted)
    assert answer.status_code == 200
    assert {key: answer.json[key] for key in wanted} == wanted


def test_a_slot_more_calls_the_next(client, as_admin, one, techcorp, people):
    factories.interview(people[0], techcorp)
    entry_id = factories.entry(people[1], techcorp)
    bob = Program(client, people[1])
    assert refused(bob.post(f"/api/queues/{entry_id}/start/")) == (400, "no_free_slot")
    as_admin.patch(one, {"max_concurrent_interviews": 2})
    assert bob.post(f"/api/queues/{entry_id}/start/").status_code == 200
    assert as_admin.get(one).json["current_interview_count"] == 2


def test_listing_counts_only_who_waits(as_admin, techcorp, people):
    factories.interview(people[0], techcorp)
    factories.entry(people[1], techcorp)
    factories.company("Asleep", status="paused")
    listed = as_admin.get(EVERY).json
    assert [each["name"] for each in listed] == ["Asleep", "TechCorp"]
    assert (listed[1]["current_interview_count"], listed[1]["queue_count"]) == (1, 1)


def test_deleting_a_company_frees_its_students(client, as_admin, one, techcorp, people):
    factories.interview(people[0], techcorp)
    factories.entry(people[1], techcorp)
    assert as_admin.delete(one).status_code == 204
    assert refused(as_admin.get(one)) == (404, "not_found")
    me = Program(client, people[0]).get("/api/students/me/").json
    assert (me["status"], me["current_company"]) == ("available", None)
    assert Program(client, people[1]).get("/api/queues/").json == []


def test_a_new_link_kills_the_old_one(client, as_admin, one):
    old = as_admin.get(one).json["access_token"]
    answer = as_admin.post(f"{one}regenerate_token/")
    new = answer.json["access_token"]
    assert answer.status_code == 200
    assert answer.json["access_url"] == f"http://localhost/company/{new}"
    assert len(new) == 32
    anyone = Program(client)
    assert refused(anyone.get(f"/api/companies/{old}/")) == (404, "unknown_token")
    assert anyone.get(f"/api/companies/{new}/").status_code == 200


def test_pausing_and_resuming_twice(as_admin, one):
    for action, status in (("pause", "paused"), ("resume", "recruiting")):
        for _ in range(2):
            answer = as_admin.post(f"{one}{action}/")
            assert (answer.status_code, answer.json) == (200, {"status": status})


def test_pausing_and_resuming_all_counts_what_changed(as_admin, techcorp):
    factories.company("Asleep", status="paused")
    for action, updated in (("pause", 1), ("pause", 0), ("resume", 1), ("resume", 0)):
        answer = as_admin.post(f"{EVERY}bulk-{action}/")
        assert (answer.status_code, answer.json["updated"]) == (200, updated)
        assert answer.json["message"]


def test_the_queue_is_shown_as_to_the_company(client, as_admin, one, techcorp, people):
    factories.entry(people[0], techcorp)
    own = Program(client).get(f"/api/companies/{factories.token(techcorp)}/").json
    assert as_admin.get(f"{one}queue/").json == own


def test_reordering_hands_the_positions_out_anew(as_admin, one, techcorp, people):
    running = factories.interview(people[0], techcorp)
    first, second, third = (factories.entry(each, techcorp) for each in people[1:])
    answer = as_admin.post(f"{one}reorder_queue/", {"queue_ids": [third, first, second]})
    assert answer.status_code == 200
    rows = answer.json["waiting"]
    assert [row["id"] for row in rows] == [third, first, second]
    assert [row["position"] for row in rows] == [2, 3, 4]
    assert answer.json["in_interview"][0]["id"] == running


def test_another_list_than_the_waiting_entries_is_refused(as_admin, one, techcorp, people):
    running = factories.interview(people[0], techcorp)
    first, second = (factories.entry(each, techcorp) for each in people[1:3])
    elsewhere = factories.entry(people[3], factories.company("Other"))
    before = revision()
    for order in ([first], [first, first], [first, second, running], [first, elsewhere], []):
        answer = as_admin.post(f"{one}reorder_queue/", {"queue_ids": order})
        assert refused(answer) == (400, "stale_order")
    assert revision() == before
    assert waiting(techcorp) == [first, second]


@pytest.mark.parametrize("order", [None, "1,2", [["1"]], ["1"], [0], [2**70], [1.5], {"1": 2}])
def test_an_order_is_a_list_of_ids(as_admin, one, order):
    wrong = as_admin.post(f"{one}reorder_queue/", {"queue_ids": order})
    assert wrong_fields(wrong) == {"queue_ids"}


def test_adding_a_student_at_the_end(as_admin, one, techcorp, people):
    factories.entry(people[0], techcorp)
    as_admin.post(f"{one}pause/")
    answer = as_admin.post(f"{one}force_add_student/", {"student_id": people[1].student_id})
    assert answer.status_code == 201
    made = answer.json
    assert made["id"] == waiting(techcorp)[1]
    assert (made["company"], made["student"]) == (techcorp, people[1].student_id)
    assert (made["position"], made["is_completed"]) == (2, False)
    assert (made["can_start"], made["ahead_count"]) == (False, 1)
    assert is_utc(made["created_at"])
    assert made["reason"]


def test_adding_a_student_at_a_rank(as_admin, one, techcorp, people):
    first, second = (factories.entry(each, techcorp) for each in people[:2])
    wanted = {"student_id": people[2].student_id, "position": 2}
    added = as_admin.post(f"{one}force_add_student/", wanted).json
    assert waiting(techcorp) == [first, added["id"], second]
    assert (added["position"], added["ahead_count"]) == (2, 1)


def test_nobody_is_added_twice(as_admin, one, techcorp, people):
    factories.entry(people[0], techcorp)
    again = as_admin.post(f"{one}force_add_student/", {"student_id": people[0].student_id})
    assert refused(again) == (400, "already_joined")
    assert again.json["detail"] == "Cet étudiant est déjà dans cette file"
    unknown = as_admin.post(f"{one}force_add_student/", {"student_id": 999})
    assert refused(unknown) == (404, "not_found")
    nobody = as_admin.post(f"{one}force_add_student/", {"position": 0})
    assert wrong_fields(nobody) == {"student_id", "position"}


def test_an_unknown_company_is_404(as_admin, people):
    missing = f"{EVERY}999/"
    added = {"student_id": people[0].student_id}
    answers = [
        as_admin.get(missing),
        as_admin.patch(missing, {"name": "New"}),
        as_admin.delete(missing),
        as_admin.post(f"{missing}regenerate_token/"),
        as_admin.post(f"{missing}pause/"),
        as_admin.post(f"{missing}resume/"),
        as_admin.get(f"{missing}queue/"),
        as_admin.post(f"{missing}reorder_queue/", {"queue_ids": []}),
        as_admin.post(f"{missing}force_add_student/", added),
        as_admin.post(f"{missing}paper_interviews/", {**added, **NOTED}),
    ]
    assert [refused(answer) for answer in answers] == [(404, "not_found")] * len(answers)


YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
NOTED = {"started_at": f"{YESTERDAY}T10:05:00+01:00", "ended_at": f"{YESTERDAY}T09:15:00Z"}


def test_an_interview_from_paper_is_done_at_its_times(as_admin, one, people):
    noted = {"student_id": people[0].student_id, **NOTED}
    answer = as_admin.post(f"{one}paper_interviews/", noted)
    again = as_admin.post(f"{one}paper_interviews/", noted)
    assert answer.status_code == 201
    [row] = answer.json["completed"]
    assert (row["started_at"], row["completed_at"]) == (
        f"{YESTERDAY}T09:05:00Z",
        f"{YESTERDAY}T09:15:00Z",
    )
    assert refused(again) == (400, "already_done")


@pytest.mark.parametrize("wrong", ["10:05", "2026-11-23T10:05:00", 5, None, "9999-12-31T23:59-10"])
def test_its_times_say_their_offset(as_admin, one, people, wrong):
    noted = {"student_id": people[0].student_id, **NOTED, "started_at": wrong}
    assert wrong_fields(as_admin.post(f"{one}paper_interviews/", noted)) == {"started_at"}
