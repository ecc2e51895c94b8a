"""The audit log through JSON: who did what, filtered as on its page, and told as a story."""

import pytest

from jobfair.domain.state import StudentStatus
from jobfair.services.students import students
from tests.support import factories
from tests.support.programs import Program, is_utc, refused, wrong_fields

AUDIT = "/api/admin/audit/"


@pytest.fixture
def viewer(client):
    return Program(client, factories.member("viewer"))


def log(program, **choice):
    return program.get(AUDIT, query_string=choice, headers={"Accept-Language": "en"}).json


def test_a_row_says_who_did_what_to_whom(viewer):
    admin, alice = factories.admin(), factories.student("Alice", "Martin")
    students.edit(admin.actor, alice.student_id, {"status": StudentStatus.PAUSED})
    row = log(viewer)[0]
    assert row["kind"] == "student_status_changed"
    assert row["actor"] == {
        "kind": "admin",
        "id": admin.user_id,
        "name": admin.email,
        "device": None,
        "key": None,
    }
    assert (row["student"], row["student_name"]) == (alice.student_id, "Alice Martin")
    assert "Alice Martin" in row["sentence"]
    assert row["changes"]
    assert is_utc(row["at"])


def test_the_log_is_filtered_as_on_its_page(viewer):
    company_id, alice = factories.company("TechCorp"), factories.student("Alice")
    factories.company("Rival")
    factories.entry(alice, company_id)
    assert {row["company_name"] for row in log(viewer, company="techcorp")} == {"TechCorp"}
    assert {row["student"] for row in log(viewer, student="alice")} == {alice.student_id}
    assert {row["kind"] for row in log(viewer, kind="company_created")} == {"company_created"}
    assert {row["actor"]["kind"] for row in log(viewer, actor="student")} == {"student"}
    called = {"company": "techcorp", "kind": ""}
    assert "turn_came" not in {row["kind"] for row in log(viewer, **called)}
    assert "turn_came" in {row["kind"] for row in log(viewer, **called, all="true")}
    assert log(viewer, until="2000-01-01T00:00:00Z") == []
    assert log(viewer, since="2000-01-01T00:00:00Z") == log(viewer)


def test_the_pages_follow_on_each_other(viewer):
    for number in range(60):
        factories.company(f"Company {number}")
    newest = log(viewer)
    assert len(newest) == 50
    older = log(viewer, before=newest[-1]["number"])
    assert len(older) >= 10
    assert log(viewer, after=older[0]["number"]) == newest


@pytest.mark.parametrize(
    ("choice", "wrong"),
    [
        ({"since": "yesterday"}, {"since"}),
        ({"kind": "Nonsense"}, {"kind"}),
        ({"before": "x"}, {"before"}),
        ({"actor": "somebody"}, {"actor"}),
        ({"actor": "\0"}, {"actor"}),
        ({"all": "perhaps"}, {"all"}),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(viewer, choice, wrong):
    assert wrong_fields(viewer.get(AUDIT, query_string=choice)) == wrong


def test_the_story_of_a_student_and_of_a_company(viewer):
    company_id, alice = factories.company("TechCorp"), factories.student("Alice")
    factories.entry(alice, company_id)
    for address in (f"students/{alice.student_id}", f"companies/{company_id}"):
        story = viewer.get(f"{AUDIT}{address}/").json
        assert [row["number"] for row in story] == sorted(row["number"] for row in story)
        assert "turn_came" in {row["kind"] for row in story}
        rest = viewer.get(f"{AUDIT}{address}/", query_string={"after": story[0]["number"]})
        assert rest.json == story[1:]
    assert refused(viewer.get(f"{AUDIT}students/999999/")) == (404, "not_found")
