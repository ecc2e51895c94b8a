"""Who met whom through JSON: a stand's list and its notes, a student's companies and their own."""

import pytest

from jobfair.queries.student import directory
from jobfair.services.companies import companies
from jobfair.services.queues import interviews
from jobfair.services.students import introductions, own_notes
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused

MINE = "/api/students/me/met/"


class Stand:
    """A program that has a company's link."""

    def __init__(self, client, company_id):
        self._program, token = Program(client), factories.token(company_id)
        self._list, self._queues = f"/api/companies/{token}/met/", f"/api/company/{token}/queues"

    def met(self, query=""):
        return self._program.get(self._list + query)

    def write(self, entry_id, **note):
        return self._program.patch(f"{self._queues}/{entry_id}/note/", note)


@pytest.fixture
def stand(client, techcorp):
    return Stand(client, techcorp)


@pytest.fixture
def met(alice, techcorp):
    """The entry of Alice, whom the stand is meeting."""
    return factories.interview(alice, techcorp)


def names(answer):
    return [each["student"]["first_name"] for each in answer.json]


# A stand's list and notes


def test_whom_a_stand_met_with_what_it_wrote(stand, alice, bob, techcorp, met):
    interviews.complete(actors.company(techcorp), met)
    factories.entry(bob, techcorp)
    assert stand.write(met, verdict="again", next_step="Call on Monday").status_code == 200
    (found,) = stand.met().json
    assert found["queue_id"] == met
    assert found["student"] == {
        "id": alice.student_id,
        "first_name": "Alice",
        "last_name": "Martin",
    }
    assert found["completed_at"].endswith("Z")
    note = found["note"]
    assert note.pop("updated_at").endswith("Z")
    assert note == {"text": "", "verdict": "again", "next_step": "Call on Monday"}


def test_what_is_left_out_stays_and_what_is_blank_goes(stand, met):
    stand.write(met, verdict="maybe", text="Good Rust")
    stand.write(met, next_step="A test")
    (found,) = stand.met().json
    assert (found["note"]["verdict"], found["note"]["text"]) == ("maybe", "Good Rust")
    stand.write(met, verdict=None, next_step="", text="")
    assert stand.met().json[0]["note"] is None


def test_the_list_is_filtered(stand, techcorp, met):
    companies.edit(actors.SYSTEM, techcorp, {"slots": 2})
    factories.interview(factories.student("Chloé"), techcorp)
    stand.write(met, verdict="again", text="Good Rust")
    assert sorted(names(stand.met())) == ["Alice", "Chloé"]
    assert names(stand.met("?verdict=again")) == ["Alice"]
    assert names(stand.met("?verdict=none")) == ["Chloé"]
    assert names(stand.met("?q=rust")) == ["Alice"]
    assert names(stand.met("?q=rust&verdict=no")) == []


@pytest.mark.parametrize("query", ["?verdict=perhaps", "?q=" + "x" * 101])
def test_what_is_no_filter_is_said(stand, met, query):
    answer = stand.met(query)
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == [query[1:].partition("=")[0]]


def test_what_a_student_shows_is_in_it_until_it_is_taken_back(stand, alice, met):
    introductions.change(alice.actor, {"studies": "Zoology", "shows_introduction": True})
    assert stand.met().json[0]["introduction"]["studies"] == "Zoology"
    introductions.change(alice.actor, {"shows_introduction": False})
    assert stand.met().json[0]["introduction"] is None


def test_a_wrong_verdict_is_named(stand, met):
    answer = stand.write(met, verdict="perhaps")
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == ["verdict"]
    assert stand.met().json[0]["note"] is None


def test_nobody_writes_about_whom_they_have_not_met(stand, bob, techcorp):
    assert refused(stand.write(factories.entry(bob, techcorp), verdict="no")) == (400, "not_met")


def test_another_stand_and_a_dead_link_read_and_write_nothing(client, stand, techcorp, met):
    stand.write(met, text="Good Rust")
    rival = Stand(client, factories.company("Rival"))
    assert rival.met().json == []
    assert refused(rival.write(met, text="Bad"))[0] == 404
    companies.regenerate_token(actors.SYSTEM, techcorp)
    assert refused(stand.met()) == (404, "unknown_token")
    assert refused(stand.write(met, text="Bad")) == (404, "unknown_token")
    assert Stand(client, techcorp).met().json[0]["note"]["text"] == "Good Rust"


# A student's own


def test_the_companies_one_met_with_ones_own_notes(client, alice, techcorp, met):
    as_alice = Program(client, alice)
    factories.entry(alice, factories.company("Acme"))
    answer = as_alice.put(f"{MINE}{techcorp}/note/", {"text": "Ask for Mona"})
    assert answer.status_code == 204
    (found,) = as_alice.get(MINE).json
    assert found.pop("started_at").endswith("Z")
    assert found == {
        "queue_id": met,
        "company": {"id": techcorp, "name": "TechCorp"},
        "link": None,
        "completed_at": None,
        "note": "Ask for Mona",
    }
    as_alice.put(f"{MINE}{techcorp}/note/", {"text": ""})
    assert as_alice.get(MINE).json[0]["note"] is None


def test_one_writes_about_companies_one_met(client, bob, techcorp):
    factories.entry(bob, techcorp)
    as_bob = Program(client, bob)
    for company_id in (techcorp, 4711):
        answer = as_bob.put(f"{MINE}{company_id}/note/", {"text": "Nice"})
        assert refused(answer) == (400, "not_met")


def test_ones_own_notes_are_ones_own(client, alice, bob, techcorp, met):
    own_notes.write(alice.actor, techcorp, "Ask for Mona")
    as_bob = Program(client, bob)
    assert as_bob.get(MINE).json == []
    as_bob.put(f"{MINE}{techcorp}/note/", {"text": "Mine"})
    assert directory.day(alice.student_id).notes == {techcorp: "Ask for Mona"}
    for who, status in ((None, 401), (factories.admin(), 403)):
        program = Program(client, who)
        assert program.get(MINE).status_code == status
        answer = program.put(f"{MINE}{techcorp}/note/", {"text": "x"})
        assert answer.status_code == status
    assert "Mona" not in Stand(client, techcorp).met().text
