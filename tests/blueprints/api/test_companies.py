"""Companies through JSON: the students' list, and a company's own view by its link."""

import pytest

from jobfair.services import companies, queues
from jobfair.services import students as student_services
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, is_utc, refused, wrong_fields


@pytest.fixture
def stand(techcorp):
    return f"/api/companies/{factories.token(techcorp)}/"


@pytest.fixture
def anyone(client):
    return Program(client)


def paused(company_id):
    companies.edit(actors.SYSTEM, company_id, {"status": "paused"})


def test_students_see_the_recruiting_companies(client, alice, techcorp):
    paused(factories.company("Asleep"))
    factories.interview(alice, techcorp)
    factories.entry(factories.student("Bob"), techcorp)
    answer = Program(client, alice).get("/api/companies/")
    assert answer.status_code == 200
    assert answer.json == [
        {
            "id": techcorp,
            "name": "TechCorp",
            "status": "recruiting",
            "max_concurrent_interviews": 1,
            "available_slots": 0,
            "queue_count": 1,
        }
    ]


def test_available_slots_never_fall_below_0(client, alice, techcorp):
    factories.interview(alice, techcorp)
    bob = factories.student("Bob")
    student_services.force_status(actors.SYSTEM, bob.student_id, "in_interview", techcorp)
    shown = Program(client, alice).get("/api/companies/").json[0]
    assert shown["available_slots"] == 0


def test_a_company_sees_its_queue(anyone, alice, techcorp, stand):
    running = factories.interview(alice, techcorp)
    bob = factories.student("Bob", "Durand")
    waiting = factories.entry(bob, techcorp)
    shown = anyone.get(stand)
    assert shown.status_code == 200
    assert shown.json["company"] == {
        "id": techcorp,
        "name": "TechCorp",
        "status": "recruiting",
        "max_concurrent_interviews": 1,
        "current_interview_count": 1,
        "available_slots": 0,
    }
    assert [row["id"] for row in shown.json["in_interview"]] == [running]
    (row,) = shown.json["waiting"]
    assert is_utc(row.pop("created_at"))
    assert row == {
        "id": waiting,
        "position": 2,
        "student": {
            "id": bob.student_id,
            "first_name": "Bob",
            "last_name": "Durand",
            "status": "available",
        },
        "is_completed": False,
        "called_at": None,
        "coming": False,
        "seen": False,
        "started_at": None,
        "completed_at": None,
    }
    assert shown.json["completed"] == []
    assert shown.json["stats"] == {"total_waiting": 1, "available_now": 0}


def test_who_is_done_stands_last_first(anyone, techcorp, stand):
    for name in ("Alice", "Bob"):
        entry_id = factories.interview(factories.student(name), techcorp)
        anyone.post(f"{stand.replace('companies', 'company')}queues/{entry_id}/complete/")
    rows = anyone.get(stand).json["completed"]
    assert [row["student"]["first_name"] for row in rows] == ["Bob", "Alice"]
    assert all(row["is_completed"] for row in rows)
    assert is_utc(rows[0]["started_at"])
    assert is_utc(rows[0]["completed_at"])


def test_a_company_sees_its_whole_queue(anyone, techcorp, stand):
    people = [factories.student(f"Student {number}") for number in range(55)]
    entries = [factories.entry(person, techcorp) for person in people]
    assert [row["id"] for row in anyone.get(stand).json["waiting"]] == entries


def test_available_now_counts_who_is_callable(anyone, alice, techcorp, stand):
    companies.edit(actors.SYSTEM, techcorp, {"slots": 2})
    for person in (alice, factories.student("Bob", status="paused"), factories.student("Chloé")):
        factories.entry(person, techcorp)
    assert anyone.get(stand).json["stats"] == {"total_waiting": 3, "available_now": 2}
    paused(techcorp)
    assert anyone.get(stand).json["stats"] == {"total_waiting": 3, "available_now": 0}


def test_who_left_is_not_in_the_queue(anyone, alice, techcorp, stand):
    queues.leave(alice.actor, factories.entry(alice, techcorp))
    shown = anyone.get(stand).json
    assert shown["waiting"] == shown["completed"] == []


def test_a_company_pauses_and_resumes_itself_twice(anyone, stand):
    for status in ("paused", "paused", "recruiting", "recruiting"):
        answer = anyone.patch(f"{stand}status/", {"status": status})
        assert (answer.status_code, answer.json["status"]) == (200, status)
        assert answer.json["message"]
        assert anyone.get(stand).json["company"]["status"] == status


@pytest.mark.parametrize("body", [{}, {"status": "closed"}, {"status": True}])
def test_a_company_is_recruiting_or_paused(anyone, stand, body):
    assert wrong_fields(anyone.patch(f"{stand}status/", body)) == {"status"}


def test_an_unknown_token_is_told_so(anyone, alice, techcorp, stand):
    factories.entry(alice, techcorp)
    companies.regenerate_token(actors.SYSTEM, techcorp)
    for address in (stand, "/api/companies/nonsense/", "/api/companies/admin/"):
        shown = anyone.get(address)
        assert refused(shown) == (404, "unknown_token")
        assert shown.json["detail"] == "Token invalide"
        change = anyone.patch(f"{address}status/", {"status": "paused"})
        assert refused(change) == (404, "unknown_token")
        assert refused(anyone.patch(f"{address}status/", [])) == (404, "unknown_token")
