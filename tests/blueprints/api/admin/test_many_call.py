"""One act on many companies or students through JSON: previewed, done, and taken back."""

from datetime import timedelta

import pytest

from jobfair import clock
from jobfair.db.transactions import revision
from jobfair.domain.state import CompanyStatus
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

COMPANIES = "/api/admin/many/companies/"
STUDENTS = "/api/admin/many/students/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def statuses(organiser):
    listed = organiser.get("/api/companies/admin/companies/").json
    return {each["name"]: each["status"] for each in listed}


def test_a_preview_names_them_and_changes_nothing(organiser):
    first, second = factories.company("TechCorp", stand="A1"), factories.company("Rival")
    before = revision()
    asked = {"act": "pause", "companies": [first, second, 999_999]}
    shown = organiser.post(f"{COMPANIES}preview/", asked).json
    assert [(each["name"], each["note"]) for each in shown["found"]] == [
        ("Rival", None),
        ("TechCorp", "A1"),
    ]
    assert shown["can_be_undone"] is True
    assert shown["asked_at"] == before == revision()


def test_what_is_done_to_many_is_taken_back_in_one(organiser):
    chosen = [factories.company("TechCorp"), factories.company("Rival")]
    factories.company("Other")
    done = organiser.post(COMPANIES, {"act": "pause", "companies": chosen, "asked_at": revision()})
    assert done.status_code == 201
    assert (done.json["changed"], done.json["same"], done.json["left"]) == (2, 0, [])
    assert statuses(organiser) == {"TechCorp": "paused", "Rival": "paused", "Other": "recruiting"}
    address = f"{COMPANIES}{done.json['id']}/"
    assert organiser.get(address).json == done.json
    undone = organiser.post(f"{address}undo/").json
    assert (undone["undoes"], undone["changed"]) == (done.json["id"], 2)
    assert set(statuses(organiser).values()) == {"recruiting"}
    assert organiser.get(address).json["can_be_undone"] is False


def test_somebody_who_was_changed_since_the_preview_is_left_and_named(organiser):
    first, second = factories.company("TechCorp"), factories.company("Rival")
    asked = {"act": "pause", "companies": [first, second]}
    asked_at = organiser.post(f"{COMPANIES}preview/", asked).json["asked_at"]
    for status in (CompanyStatus.PAUSED, CompanyStatus.RECRUITING):
        companies.edit(actors.SYSTEM, first, {"status": status})
    done = organiser.post(COMPANIES, {**asked, "asked_at": asked_at}).json
    assert (done["changed"], done["left"]) == (1, ["TechCorp"])


def test_a_filter_finds_them_as_on_the_list(organiser):
    factories.company("TechCorp", hall="Nord")
    factories.company("Rival", hall="Sud")
    asked = {"act": "hall", "filter": {"hall": "Nord"}, "asked_at": revision(), "hall": "Est"}
    assert organiser.post(COMPANIES, asked).json["changed"] == 1
    listed = organiser.get("/api/companies/admin/companies/").json
    assert {each["name"]: each["hall"] for each in listed} == {"TechCorp": "Est", "Rival": "Sud"}
    cleared = {"act": "hall", "filter": {}, "asked_at": revision(), "hall": None}
    assert organiser.post(COMPANIES, cleared).json["changed"] == 2


def test_a_pause_may_tell_those_who_wait(organiser):
    company_id = factories.company()
    factories.entry(factories.student("Alice"), company_id)
    asked = {"act": "pause", "companies": [company_id], "asked_at": revision()}
    done = organiser.post(COMPANIES, {**asked, "text": "Back at two"}).json
    told = organiser.get(f"{COMPANIES}{done['told']}/").json
    assert (told["act"], told["changed"]) == ("message", 1)
    assert organiser.get("/api/admin/messages/").json[0]["text"] == "Back at two"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"companies"}),
        ({"companies": [1], "filter": {}}, {"companies"}),
        ({"companies": [1], "act": "explode"}, {"act"}),
        ({"companies": [1], "act": "deactivate"}, {"act"}),
        ({"companies": [1], "act": "hall"}, {"hall"}),
        ({"companies": [1], "act": "message"}, {"text"}),
        ({"companies": [1], "act": "set_pin", "pin": "1234"}, {"pin"}),
        ({"companies": [1], "act": "resume", "text": "Hello"}, {"text"}),
        ({"filter": {"state": "asleep"}}, {"filter"}),
        ({"companies": ["1"]}, {"companies"}),
    ],
)
def test_what_is_missing_or_of_no_use_is_named(organiser, said, wrong):
    factories.company()
    before = revision()
    answer = organiser.post(COMPANIES, {"act": "pause", "asked_at": 0, **said})
    assert wrong_fields(answer) == wrong
    assert revision() == before


def test_what_cannot_be_taken_back_asks_for_the_password(organiser, monkeypatch):
    company_id, alice = factories.company(), factories.student("Alice")
    organiser.get(COMPANIES)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    before = revision()
    for act in ("delete", "new_link"):
        asked = {"act": act, "companies": [company_id], "asked_at": before}
        assert refused(organiser.post(COMPANIES, asked)) == (403, "password_needed")
    asked = {"act": "remove", "students": [alice.student_id], "asked_at": before}
    assert refused(organiser.post(STUDENTS, asked)) == (403, "password_needed")
    assert revision() == before


def test_students_are_deactivated_together_and_back(organiser):
    alice, bob = factories.student("Alice"), factories.student("Bob")
    asked = {"act": "deactivate", "students": [alice.student_id]}
    (shown,) = organiser.post(f"{STUDENTS}preview/", asked).json["found"]
    assert (shown["id"], shown["note"]) == (alice.student_id, alice.email)
    done = organiser.post(STUDENTS, {**asked, "asked_at": revision()}).json
    found = {"act": "write", "filter": {"state": "deactivated"}}
    (still,) = organiser.post(f"{STUDENTS}preview/", found).json["found"]
    assert still["id"] == alice.student_id
    assert organiser.post(f"{STUDENTS}{done['id']}/undo/").json["changed"] == 1
    assert organiser.post(f"{STUDENTS}preview/", found).json["found"] == []
    every = {"act": "take_out", "filter": {"q": "o"}}
    assert bob.student_id in [
        each["id"] for each in organiser.post(f"{STUDENTS}preview/", every).json["found"]
    ]


def test_an_act_is_found_only_among_its_own(organiser):
    company_id = factories.company()
    asked = {"act": "pause", "companies": [company_id], "asked_at": revision()}
    number = organiser.post(COMPANIES, asked).json["id"]
    for address in (f"{STUDENTS}{number}/", f"{COMPANIES}999999/"):
        assert refused(organiser.get(address)) == (404, "not_found")
        assert refused(organiser.post(f"{address}undo/")) == (404, "not_found")
