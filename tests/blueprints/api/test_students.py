"""Students through JSON: their own account and status, and what an admin does with any."""

import pytest

from jobfair.db.transactions import revision
from jobfair.queries.admin import roster
from jobfair.services.access import sign_ins
from jobfair.services.students import students as student_services
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.programs import Program, refused, wrong_fields

EVERY = "/api/students/admin/students/"
NEW = {
    "email": "ana@example.org",
    "password": PASSWORD,
    "first_name": "Ana",
    "last_name": "Lima",
}


@pytest.fixture
def as_alice(client, alice):
    return Program(client, alice)


@pytest.fixture
def as_admin(client):
    return Program(client, factories.admin())


def one(person):
    return f"{EVERY}{person.student_id}/"


def status_of(person):
    return roster.student(person.student_id).status


def test_me(as_alice, alice):
    answer = as_alice.get("/api/students/me/")
    assert answer.status_code == 200
    assert answer.json == {
        "id": alice.student_id,
        "user": {"id": alice.user_id, "email": "alice@example.org", "role": "student"},
        "first_name": "Alice",
        "last_name": "Martin",
        "full_name": "Alice Martin",
        "status": "available",
        "current_company": None,
        "address_confirmed": True,
        "active": True,
    }


def test_me_says_where_the_interview_runs(as_alice, alice):
    company_id = factories.company("TechCorp")
    factories.interview(alice, company_id)
    me = as_alice.get("/api/students/me/").json
    assert me["status"] == "in_interview"
    assert me["current_company"] == {"id": company_id, "name": "TechCorp"}


def test_renaming_oneself(as_alice):
    answer = as_alice.patch("/api/students/me/", {"first_name": " Alix "})
    assert (answer.status_code, answer.json["full_name"]) == (200, "Alix Martin")


def test_only_names_can_be_changed_on_oneself(as_alice, alice):
    more = {"status": "paused", "email": "x@example.org", "role": "admin"}
    assert wrong_fields(as_alice.patch("/api/students/me/", more)) == set(more)
    answer = as_alice.get("/api/students/me/")
    assert answer.json["user"] == {"id": alice.user_id, "email": alice.email, "role": "student"}
    assert answer.json["status"] == "available"


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, None, 7, ["Alix"]])
def test_a_name_has_1_to_100_characters(as_alice, name):
    assert wrong_fields(as_alice.patch("/api/students/me/", {"last_name": name})) == {"last_name"}


def test_pausing_and_coming_back(as_alice):
    paused = as_alice.patch("/api/students/me/status/", {"status": "paused"})
    assert (paused.status_code, paused.json["status"]) == (200, "paused")
    assert paused.json["message"]
    back = as_alice.patch("/api/students/me/status/", {"status": "available"})
    assert (back.status_code, back.json["status"]) == (200, "available")


def test_the_same_status_twice_is_refused(as_alice):
    again = as_alice.patch("/api/students/me/status/", {"status": "available"})
    assert refused(again) == (400, "already_available")
    as_alice.patch("/api/students/me/status/", {"status": "paused"})
    again = as_alice.patch("/api/students/me/status/", {"status": "paused"})
    assert refused(again) == (400, "already_paused")


@pytest.mark.parametrize("status", ["paused", "available"])
def test_an_interview_is_left_only_through_completion(as_alice, alice, status):
    factories.interview(alice, factories.company())
    answer = as_alice.patch("/api/students/me/status/", {"status": status})
    assert refused(answer) == (400, "in_interview")
    assert status_of(alice) == "in_interview"


@pytest.mark.parametrize("body", [{}, {"status": "in_interview"}, {"status": None}])
def test_a_status_is_available_or_paused(as_alice, body):
    assert wrong_fields(as_alice.patch("/api/students/me/status/", body)) == {"status"}


def test_an_admin_has_no_student(as_admin):
    assert refused(as_admin.get("/api/students/me/")) == (403, "forbidden")
    answer = as_admin.patch("/api/students/me/status/", {"status": "paused"})
    assert refused(answer) == (403, "forbidden")


def test_admin_lists_everybody_by_name(as_admin, alice):
    factories.student("Zoé", "Ábel")
    listed = as_admin.get(EVERY).json
    assert [each["full_name"] for each in listed] == ["Zoé Ábel", "Alice Martin"]
    assert {**listed[1], "entries": []} == as_admin.get(one(alice)).json


def test_admin_makes_a_student_who_can_sign_in(client, as_admin):
    answer = as_admin.post(EVERY, NEW)
    assert answer.status_code == 201
    assert (answer.json["full_name"], answer.json["status"]) == ("Ana Lima", "available")
    credentials = {"email": "ana@example.org", "password": PASSWORD}
    assert client.post("/api/auth/login/", json=credentials).status_code == 200


def test_admin_makes_a_student_who_is_in_an_interview(as_admin):
    company_id = factories.company("TechCorp")
    wanted = NEW | {"status": "in_interview", "current_company": company_id}
    made = as_admin.post(EVERY, wanted).json
    assert made["current_company"] == {"id": company_id, "name": "TechCorp"}


def test_what_cannot_be_made_is_not_made(as_admin):
    before = revision()
    nowhere = NEW | {"status": "in_interview"}
    assert refused(as_admin.post(EVERY, nowhere)) == (400, "company_required")
    unknown = NEW | {"status": "in_interview", "current_company": 999}
    assert refused(as_admin.post(EVERY, unknown)) == (404, "not_found")
    beside = NEW | {"current_company": factories.company()}
    assert wrong_fields(as_admin.post(EVERY, beside)) == {"current_company"}
    assert as_admin.get(EVERY).json == []
    assert revision() == before + 1  # the company's own creation


def test_admin_hears_of_every_wrong_field_at_once(as_admin):
    wrong = {"email": "x" * 250 + "@example.org", "password": "short", "first_name": ""}
    fields = {"email", "password", "first_name", "last_name"}
    assert wrong_fields(as_admin.post(EVERY, wrong)) == fields


def test_an_address_has_one_account(as_admin, alice):
    taken = NEW | {"email": "ALICE@example.org "}
    assert wrong_fields(as_admin.post(EVERY, taken)) == {"email"}
    other = factories.student("Bob")
    assert wrong_fields(as_admin.patch(one(other), {"email": alice.email})) == {"email"}


def test_admin_changes_a_student(client, as_admin, alice):
    wanted = {"first_name": "Alix", "email": "alix@example.org", "status": "paused"}
    changed = as_admin.patch(one(alice), wanted).json
    assert (changed["first_name"], changed["status"]) == ("Alix", "paused")
    assert changed["user"]["email"] == "alix@example.org"
    assert changed["last_name"] == "Martin"


def test_a_change_happens_whole_or_not_at_all(as_admin, alice):
    bob = factories.student("Bob")
    before = revision(), as_admin.get(one(alice)).json
    taken = {"first_name": "Alix", "status": "paused", "email": bob.email}
    assert wrong_fields(as_admin.patch(one(alice), taken)) == {"email"}
    nowhere = {"first_name": "Alix", "status": "in_interview"}
    assert refused(as_admin.patch(one(alice), nowhere)) == (400, "company_required")
    assert (revision(), as_admin.get(one(alice)).json) == before


def test_forcing_into_an_interview_breaks_off_the_other(as_admin, alice):
    first, second = factories.company("First"), factories.company("Second")
    factories.interview(alice, first)
    wanted = {"first_name": "Alix", "status": "in_interview", "current_company": second}
    assert as_admin.patch(one(alice), wanted).json["current_company"]["name"] == "Second"
    freed = as_admin.patch(one(alice), {"status": "available"}).json
    assert (freed["status"], freed["current_company"]) == ("available", None)


def test_a_new_password_ends_the_old_sign_ins(client, as_admin, alice):
    opened = sign_ins.open_for(alice.user_id, "phone")
    assert as_admin.patch(one(alice), {"password": "a new password"}).status_code == 200
    assert sign_ins.session(opened.sign_in_id) is None
    credentials = {"email": alice.email, "password": "a new password"}
    assert client.post("/api/auth/login/", json=credentials).status_code == 200


def test_admin_deletes_a_student_and_frees_the_slot(client, as_admin, alice):
    company_id = factories.company()
    factories.interview(alice, company_id)
    bob = factories.student("Bob")
    waiting = factories.entry(bob, company_id)
    assert as_admin.delete(one(alice)).status_code == 204
    assert refused(as_admin.get(one(alice))) == (404, "not_found")
    assert Program(client, bob).post(f"/api/queues/{waiting}/start/").status_code == 200


def test_everybody_available_concerns_active_paused_students(as_admin, alice):
    paused = [factories.student(name, status="paused") for name in ("Bob", "Chloé", "David")]
    student_services.set_active(actors.SYSTEM, paused[2].student_id, False)
    busy = factories.student("Emma")
    factories.interview(busy, factories.company())
    answer = as_admin.post(f"{EVERY}bulk-available/")
    assert (answer.status_code, answer.json["updated"]) == (200, 2)
    assert answer.json["message"]
    now = [status_of(person) for person in (*paused, alice, busy)]
    assert now == ["available", "available", "paused", "available", "in_interview"]


def test_an_unknown_student_is_404(as_admin):
    for answer in (
        as_admin.get(f"{EVERY}999/"),
        as_admin.patch(f"{EVERY}999/", {"first_name": "Ana"}),
        as_admin.patch(f"{EVERY}999/", {"status": "paused"}),
        as_admin.delete(f"{EVERY}999/"),
    ):
        assert refused(answer) == (404, "not_found")
