"""Companies through JSON: the students' list, and a company's own view by its link."""

import pytest

from jobfair.services.companies import companies, logos
from jobfair.services.queues import queues
from jobfair.services.students import students as student_services
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


def listed(company_id, **more):
    """A company in a list, as it is made."""
    nothing = dict.fromkeys(("stand", "hall", "description", "sectors", "looking_for", "link"))
    figures = {"max_concurrent_interviews": 1, "available_slots": 1, "queue_count": 0}
    figures |= {"queue_open": True}
    named = {"id": company_id, "name": "TechCorp", "status": "recruiting"}
    return named | figures | nothing | {"languages": None, "logo": None, "door_sign": None} | more


def test_students_see_the_recruiting_companies(client, alice, techcorp):
    paused(factories.company("Asleep"))
    factories.interview(alice, techcorp)
    factories.entry(factories.student("Bob"), techcorp)
    answer = Program(client, alice).get("/api/companies/")
    assert answer.status_code == 200
    assert answer.json == [listed(techcorp, available_slots=0, queue_count=1)]


def test_a_program_is_told_what_a_company_says_of_itself(client, alice):
    profile = {
        "stand": "A12",
        "hall": "Hall A",
        "description": "We build bridges.",
        "link": "https://acme.example",
    }
    lists = {"sectors": ["Data", "Audit"], "looking_for": ["internship"], "languages": ["French"]}
    kept = {name: ", ".join(words) for name, words in lists.items()}
    acme = factories.company("Acme", **profile, **kept)
    logos.set_logo(actors.SYSTEM, acme, factories.LOGO)
    (shown,) = Program(client, alice).get("/api/companies/").json
    pictures = shown["logo"]
    assert shown == listed(acme, name="Acme", **profile, **lists, logo=pictures)
    assert client.get(pictures["small"]).data == factories.LOGO.small
    assert client.get(pictures["large"]).data == factories.LOGO.large


def test_favourites_are_set_listed_and_taken_back_by_their_owner_alone(client, alice, techcorp):
    program, bob = Program(client, alice), Program(client, factories.student("Bob"))
    acme = factories.company("Acme")
    for company_id in (techcorp, acme, techcorp):
        assert program.call("PUT", f"/api/companies/{company_id}/favourite/").status_code == 204
    paused(acme)
    shown = program.get("/api/companies/favourites/").json
    assert shown == [listed(acme, name="Acme", status="paused"), listed(techcorp)]
    assert bob.get("/api/companies/favourites/").json == []
    for _ in range(2):
        assert program.delete(f"/api/companies/{acme}/favourite/").status_code == 204
    assert program.get("/api/companies/favourites/").json == [listed(techcorp)]


def test_a_company_that_is_unknown_is_nobodys_favourite(client, alice):
    answer = Program(client, alice).call("PUT", "/api/companies/4711/favourite/")
    assert refused(answer) == (404, "not_found")


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
        "stand": None,
        "hall": None,
        "status": "recruiting",
        "queue_open": True,
        "max_concurrent_interviews": 1,
        "current_interview_count": 1,
        "available_slots": 0,
        "door_sign": None,
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
        "set_aside": False,
        "greyed": False,
        "started_at": None,
        "completed_at": None,
        "introduction": None,
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
