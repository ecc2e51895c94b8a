"""One student in the team's hands, and made-up accounts, through JSON."""

import pytest
from sqlalchemy import update

from jobfair.extensions import db
from jobfair.models import User
from jobfair.queries import hall_codes
from jobfair.queries.admin import roster
from jobfair.security.hashing.passwords import NONE
from jobfair.services.access import accounts
from jobfair.services.access.accounts import NewStudent
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.programs import Program, refused, wrong_fields

ACCOUNTS = "/api/students/admin/"


@pytest.fixture
def organiser(client, admin):
    return Program(client, admin)


def one(person):
    return f"{ACCOUNTS}students/{person.student_id}/"


def test_a_student_is_read_with_their_entries(organiser, alice, bob):
    company_id = factories.company("TechCorp", stand="A1")
    entry_id = factories.entry(alice, company_id)
    shown = organiser.get(one(alice)).json
    assert shown["full_name"] == "Alice Martin"
    (entry,) = shown["entries"]
    assert (entry["id"], entry["company"]["name"], entry["can_start"]) == (
        entry_id,
        "TechCorp",
        True,
    )
    assert organiser.get(one(bob)).json["entries"] == []


def test_a_badge_leads_to_its_student(organiser, alice):
    code = hall_codes.code(alice.student_id)
    for typed in (code.replace(" ", ""), code.replace(" ", "").lower()):
        assert organiser.get(f"{ACCOUNTS}badges/{typed}/").json["id"] == alice.student_id
    assert refused(organiser.get(f"{ACCOUNTS}badges/ZZZZ/")) == (404, "not_found")


def test_a_student_is_deactivated_signed_out_and_reactivated(organiser, client, alice):
    as_alice = Program(client, alice)
    assert organiser.post(f"{one(alice)}deactivate/").json["active"] is False
    assert as_alice.get("/api/students/me/").status_code == 401
    assert organiser.post(f"{one(alice)}reactivate/").json["active"] is True


def test_a_new_password_is_shown_once_and_signs_out(organiser, client, alice):
    as_alice = Program(client, alice)
    reset = f"{one(alice)}reset_password/"
    password = organiser.post(reset).json["password"]
    assert as_alice.get("/api/students/me/").status_code == 401
    credentials = {"email": alice.email, "password": password}
    assert client.post("/api/auth/login/", json=credentials).status_code == 200
    again = {"Idempotency-Key": "once"}
    shown = {organiser.post(reset, headers=again).json["password"] for _twice in range(2)}
    assert len(shown) == 2, "A password that is shown once is stored nowhere"


def test_a_personal_link_opens_the_account(organiser, client, alice):
    made = organiser.post(f"{one(alice)}link/").json
    assert made["email"] == alice.email
    assert client.get(made["access_url"].removeprefix("http://localhost")).status_code == 200
    assert refused(organiser.post(f"{ACCOUNTS}students/999999/link/")) == (404, "not_found")


def test_everybody_without_a_password_gets_a_link(organiser, alice):
    guest = factories.student("Gast")
    without_password(guest)
    (listed,) = organiser.get(f"{ACCOUNTS}links/").json
    assert (listed["student_id"], listed["invited_at"]) == (guest.student_id, None)
    (made,) = organiser.post(f"{ACCOUNTS}links/", {}).json
    assert made["student_id"] == guest.student_id
    assert organiser.post(f"{ACCOUNTS}links/", {}).json == []
    (anew,) = organiser.post(f"{ACCOUNTS}links/", {"anew": True}).json
    assert anew["access_url"] != made["access_url"]


def without_password(person):
    """Let an account have no password yet, as a list makes them."""
    own = User.id == person.user_id
    db.session.execute(update(User).where(own).values(password_hash=NONE))
    db.session.commit()


def test_two_accounts_of_one_person_become_one(organiser, techcorp):
    kept = factories.student("Ana", "Lima", email="ana@example.org")
    gone = factories.student("Ana", "Lima", email="ana.lima@example.org")
    factories.entry(gone, techcorp)
    (double,) = organiser.get(f"{one(kept)}doubles/").json
    assert (double["student"]["id"], double["same_name"]) == (gone.student_id, True)
    same = organiser.post(f"{one(kept)}merge/", {"student_id": kept.student_id})
    assert wrong_fields(same) == {"student_id"}
    merged = organiser.post(f"{one(kept)}merge/", {"student_id": gone.student_id}).json
    assert [entry["company"]["name"] for entry in merged["entries"]] == ["TechCorp"]
    assert organiser.get(one(gone)).status_code == 404


def test_an_account_with_interviews_is_not_merged_away(organiser, alice, bob, techcorp):
    factories.interview(bob, techcorp)
    merge = organiser.post(f"{one(alice)}merge/", {"student_id": bob.student_id})
    assert refused(merge) == (400, "has_interviews")
    assert roster.student(bob.student_id)


def test_made_up_accounts_are_found_and_removed_together(organiser, alice, techcorp):
    factories.interview(alice, techcorp)
    made = accounts.register(NewStudent("x@spam.example", PASSWORD, "X", "Y"))
    removal = f"{ACCOUNTS}removal/"
    assert organiser.get(removal).json["student_ids"] == [], (
        "Without a filter it would be everybody"
    )
    found = organiser.get(removal, query_string={"domain": "spam.example"}).json
    assert found["student_ids"] == [made.student_id]
    asked = {"student_ids": [made.student_id, alice.student_id]}
    assert organiser.post(removal, asked).json["updated"] == 1
    assert roster.student(alice.student_id)
    assert organiser.get(f"{ACCOUNTS}students/{made.student_id}/").status_code == 404
