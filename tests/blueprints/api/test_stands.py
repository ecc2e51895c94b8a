"""What a stand does through JSON, by its link: who is next, complete, «Pas venu»."""

import pytest

from jobfair.db.transactions import revision
from jobfair.queries.admin import roster
from jobfair.services.companies import companies
from jobfair.services.queues import presence
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused


@pytest.fixture
def techcorp(app):
    return factories.company("TechCorp", slots=2)


@pytest.fixture
def stand(techcorp):
    return f"/api/company/{factories.token(techcorp)}/queues/"


@pytest.fixture
def anyone(client):
    return Program(client)


@pytest.fixture
def people(app):
    return [factories.student(name) for name in ("Alice", "Bob", "Chloé", "David")]


def test_next_only_reads_who_is_callable(anyone, techcorp, stand, people):
    presence.change_status(people[0].actor, "paused")
    entries = [factories.entry(person, techcorp) for person in people]
    before = revision()
    answer = anyone.post(f"{stand}next/")
    assert answer.status_code == 200
    assert answer.json == {
        "next_students": [
            {
                "queue_id": entries[1],
                "student_id": people[1].student_id,
                "student_name": "Bob Martin",
                "position": 2,
            },
            {
                "queue_id": entries[2],
                "student_id": people[2].student_id,
                "student_name": "Chloé Martin",
                "position": 3,
            },
        ],
        "count": 2,
    }
    assert anyone.post(f"{stand}next/").json == answer.json
    assert revision() == before


def test_a_paused_company_has_nobody_next(anyone, techcorp, stand, people):
    factories.entry(people[0], techcorp)
    companies.edit(actors.SYSTEM, techcorp, {"status": "paused"})
    assert anyone.post(f"{stand}next/").json == {"next_students": [], "count": 0}


def test_completing(anyone, techcorp, stand, people):
    running = factories.interview(people[0], techcorp)
    for person in people[1:]:
        factories.entry(person, techcorp)
    answer = anyone.post(f"{stand}{running}/complete/")
    assert answer.status_code == 200
    done = answer.json
    assert done.pop("message")
    assert done == {
        "student_id": people[0].student_id,
        "is_completed": True,
        "next_available_count": 2,
    }
    finished = roster.student(people[0].student_id)
    assert (finished.status, finished.company) == ("paused", None)


def test_next_available_count_counts_who_is_callable_now(anyone, techcorp, stand, people):
    first = factories.interview(people[0], techcorp)
    factories.interview(people[1], techcorp)
    factories.entry(people[2], techcorp)
    factories.entry(people[3], techcorp)
    presence.change_status(people[2].actor, "paused")
    assert anyone.post(f"{stand}{first}/complete/").json["next_available_count"] == 1


def test_completing_twice_or_too_early_is_refused(anyone, techcorp, stand, people):
    waiting = factories.entry(people[0], techcorp)
    assert refused(anyone.post(f"{stand}{waiting}/complete/")) == (400, "not_in_interview")
    running = factories.interview(people[1], techcorp)
    assert anyone.post(f"{stand}{running}/complete/").status_code == 200
    assert refused(anyone.post(f"{stand}{running}/complete/")) == (400, "not_in_interview")


def test_who_did_not_come_is_set_aside(anyone, techcorp, stand, people):
    entries = [factories.entry(person, techcorp) for person in people[:3]]
    answer = anyone.post(f"{stand}{entries[0]}/absent/")
    assert (answer.status_code, answer.json) == (200, {"message": "Pas venu"})
    called = [each["queue_id"] for each in anyone.post(f"{stand}next/").json["next_students"]]
    assert called == entries[1:]
    assert refused(anyone.post(f"{stand}{entries[0]}/absent/")) == (400, "not_called")


def test_a_start_and_an_end_are_taken_back(anyone, techcorp, stand, people):
    entry_id = factories.interview(people[0], techcorp)
    assert anyone.post(f"{stand}{entry_id}/complete/").status_code == 200
    undone = anyone.post(f"{stand}{entry_id}/undo_completion/")
    assert (undone.status_code, undone.json) == (200, {"message": "Annuler la fin"})
    undone = anyone.post(f"{stand}{entry_id}/undo_start/")
    assert (undone.status_code, undone.json) == (200, {"message": "Annuler le démarrage"})
    assert anyone.post(f"{stand}next/").json["next_students"][0]["queue_id"] == entry_id
    assert refused(anyone.post(f"{stand}{entry_id}/undo_start/")) == (400, "not_in_interview")
    refusal = refused(anyone.post(f"{stand}{entry_id}/undo_completion/"))
    assert refusal == (400, "nothing_to_undo")


def test_another_companys_entry_is_as_good_as_none(anyone, stand, people):
    other = factories.company("Other", slots=2)
    running, waiting = factories.interview(people[0], other), factories.entry(people[1], other)
    before = revision()
    for entry_id in (running, waiting, 999):
        for action in ("complete", "absent"):
            answer = anyone.post(f"{stand}{entry_id}/{action}/")
            assert refused(answer) == (404, "not_found")
    assert revision() == before


def test_an_unknown_token_is_told_so(anyone, techcorp, stand, people):
    running = factories.interview(people[0], techcorp)
    companies.regenerate_token(actors.SYSTEM, techcorp)
    before = revision()
    for address in (stand, "/api/company/nonsense/queues/"):
        for call in ("next/", f"{running}/complete/", f"{running}/absent/"):
            answer = anyone.post(f"{address}{call}")
            assert refused(answer) == (404, "unknown_token")
            assert answer.json["detail"] == "Token invalide"
    assert revision() == before
