"""Queues through JSON: what a student does with their places."""

import pytest

from jobfair.db.transactions import revision
from jobfair.domain.state import Phase
from jobfair.queries.stand import stands
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, is_utc, refused, wrong_fields

QUEUES = "/api/queues/"
OPPORTUNITIES = "/api/queues/opportunities/"


@pytest.fixture
def as_alice(client, alice):
    return Program(client, alice)


@pytest.fixture
def as_bob(client, bob):
    return Program(client, bob)


@pytest.fixture
def as_admin(client):
    return Program(client, factories.admin())


def fill(company_id, number):
    """Let this many others join first; returns their people and entries."""
    people = [factories.student(f"Student {each}") for each in range(number)]
    return people, [factories.entry(person, company_id) for person in people]


def test_joining_an_empty_queue_is_a_turn(as_alice, alice, techcorp):
    answer = as_alice.post(QUEUES, {"company": techcorp})
    assert answer.status_code == 201
    made = answer.json
    assert made.pop("id") == stands.stand(techcorp).waiting[0].id
    assert is_utc(made.pop("created_at"))
    assert made == {
        "company": techcorp,
        "student": alice.student_id,
        "position": 1,
        "is_completed": False,
        "can_start": True,
        "ahead_count": 0,
        "reason": "C'est votre tour",
    }


@pytest.mark.parametrize(
    ("ahead", "reason"), [(1, "1 personne avant vous"), (2, "2 personnes avant vous")]
)
def test_joining_behind_others(as_alice, techcorp, ahead, reason):
    fill(techcorp, ahead)
    made = as_alice.post(QUEUES, {"company": techcorp}).json
    assert (made["position"], made["ahead_count"]) == (ahead + 1, ahead)
    assert (made["can_start"], made["reason"]) == (False, reason)


def test_joining_twice_is_refused(as_alice, techcorp):
    as_alice.post(QUEUES, {"company": techcorp})
    again = as_alice.post(QUEUES, {"company": techcorp})
    assert refused(again) == (400, "already_joined")
    assert again.json["detail"] == "Déjà inscrit"


def test_positions_never_go_back(as_alice, techcorp):
    first = as_alice.post(QUEUES, {"company": techcorp}).json
    assert as_alice.delete(f"{QUEUES}{first['id']}/").status_code == 204
    again = as_alice.post(QUEUES, {"company": techcorp}).json
    assert (first["position"], again["position"]) == (1, 2)
    assert again["id"] != first["id"]


def test_having_been_there_one_does_not_join_again(as_alice, alice, techcorp):
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    assert refused(as_alice.post(QUEUES, {"company": techcorp})) == (400, "already_done")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": "paused"}, "company_paused"),
        ({"queue_open": False}, "queue_closed"),
        ({"queue_limit": 1}, "queue_full"),
    ],
)
def test_joining_is_refused(as_alice, bob, techcorp, changes, code):
    factories.entry(bob, techcorp)
    companies.edit(actors.SYSTEM, techcorp, changes)
    assert refused(as_alice.post(QUEUES, {"company": techcorp})) == (400, code)


def test_the_limit_counts_only_who_waits(as_alice, bob, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"queue_limit": 1})
    factories.interview(bob, techcorp)
    assert as_alice.post(QUEUES, {"company": techcorp}).status_code == 201


def test_a_closed_fair_takes_nobody(as_alice, techcorp):
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    assert refused(as_alice.post(QUEUES, {"company": techcorp})) == (400, "fair_closed")


@pytest.mark.parametrize("company", [None, "1", 1.5, True, [1], 0, -1, 2**31])
def test_a_company_is_an_id(as_alice, company):
    assert wrong_fields(as_alice.post(QUEUES, {"company": company})) == {"company"}


def test_an_unknown_company_is_404(as_alice):
    assert refused(as_alice.post(QUEUES, {"company": 999})) == (404, "not_found")


def test_own_entries(as_alice, alice, bob, techcorp):
    other = factories.company("Other", stand="B12", hall="Nord")
    factories.entry(bob, other)
    mine = factories.entry(alice, other)
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    answer = as_alice.get(QUEUES)
    assert answer.status_code == 200
    waiting, done = answer.json
    assert is_utc(waiting.pop("created_at"))
    assert waiting == {
        "id": mine,
        "company": {
            "id": other,
            "name": "Other",
            "stand": "B12",
            "hall": "Nord",
            "status": "recruiting",
            "door_sign": None,
        },
        "position": 2,
        "is_completed": False,
        "completed_at": None,
        "can_start": False,
        "ahead_count": 1,
        "reason": "Vous êtes en pause",
        "wait_minutes": None,
        "unlikely": False,
        "set_aside": False,
        "turn": None,
        "called_at": None,
        "coming": False,
        "held_until": None,
        "runs_out_at": None,
        "started_at": None,
        "undo_until": None,
    }
    assert (done["is_completed"], done["can_start"]) == (True, False)
    assert is_utc(done["completed_at"])


def test_every_reason_is_said(as_alice, alice, bob, techcorp):
    """Each state an entry can be in, one after the other."""
    mine = as_alice.post(QUEUES, {"company": techcorp}).json["id"]

    def reason():
        (entry,) = as_alice.get(QUEUES).json
        assert isinstance(entry["reason"], str)
        return entry["reason"]

    seen = [reason()]
    queues.absent(actors.company(techcorp), mine)
    seen.append(reason())
    queues.present(alice.actor, mine)
    companies.edit(actors.SYSTEM, techcorp, {"status": "paused"})
    seen.append(reason())
    companies.edit(actors.SYSTEM, techcorp, {"status": "recruiting"})
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    seen.append(reason())
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    presence.change_status(alice.actor, "paused")
    seen.append(reason())
    other = factories.entry(bob, techcorp)
    interviews.start(bob.actor, other)
    presence.change_status(alice.actor, "available")
    seen.append(reason())
    interviews.complete(actors.company(techcorp), other)
    interviews.start(alice.actor, mine)
    seen.append(reason())
    interviews.complete(actors.company(techcorp), mine)
    seen.append(reason())
    assert len(set(seen)) == len(seen)
    assert all(seen)


def test_opportunities_put_the_startable_first(as_alice, alice, bob, techcorp):
    busy, done = factories.company("Busy", stand="B12", hall="Nord"), factories.company("Done")
    interviews.complete(actors.company(done), factories.interview(alice, done))
    presence.change_status(alice.actor, "available")
    factories.entry(bob, busy)
    behind = factories.entry(alice, busy)
    startable = factories.entry(alice, techcorp)
    answer = as_alice.get(OPPORTUNITIES)
    assert answer.status_code == 200
    assert (answer.json["student_status"], answer.json["can_start_any"]) == ("available", True)
    assert answer.json["opportunities"] == [
        {
            "queue_id": startable,
            "company_id": techcorp,
            "company_name": "TechCorp",
            "stand": None,
            "hall": None,
            "company_status": "recruiting",
            "position": 1,
            "can_start": True,
            "ahead_count": 0,
            "reason": "C'est votre tour",
        },
        {
            "queue_id": behind,
            "company_id": busy,
            "company_name": "Busy",
            "stand": "B12",
            "hall": "Nord",
            "company_status": "recruiting",
            "position": 2,
            "can_start": False,
            "ahead_count": 1,
            "reason": "1 personne avant vous",
        },
    ]


def test_a_paused_student_has_no_opportunity(as_alice, alice, techcorp):
    factories.entry(alice, techcorp)
    presence.change_status(alice.actor, "paused")
    shown = as_alice.get(OPPORTUNITIES).json
    assert (shown["student_status"], shown["can_start_any"]) == ("paused", False)


def test_starting(as_alice, alice, techcorp):
    mine = factories.entry(alice, techcorp)
    answer = as_alice.post(f"{QUEUES}{mine}/start/")
    assert answer.status_code == 200
    assert answer.json["message"]
    assert (answer.json["status"], answer.json["company"]) == ("in_interview", "TechCorp")


def test_starting_out_of_turn_says_how_many_are_ahead(as_alice, alice, techcorp):
    fill(techcorp, 2)
    mine = factories.entry(alice, techcorp)
    answer = as_alice.post(f"{QUEUES}{mine}/start/")
    assert refused(answer) == (400, "not_your_turn")
    assert answer.json["detail"] == "2 personnes avant vous"


def test_starting_is_checked_in_the_rules_order(as_alice, alice, techcorp):
    """Everything is wrong at first; each thing put right reveals the next (rule 7)."""
    people, entries = fill(techcorp, 2)
    mine = factories.entry(alice, techcorp)
    interviews.start(people[0].actor, entries[0])
    companies.edit(actors.SYSTEM, techcorp, {"status": "paused"})
    presence.change_status(alice.actor, "paused")

    def code():
        return refused(as_alice.post(f"{QUEUES}{mine}/start/"))[1]

    assert code() == "not_available"
    presence.change_status(alice.actor, "available")
    assert code() == "company_paused"
    companies.edit(actors.SYSTEM, techcorp, {"status": "recruiting"})
    assert code() == "no_free_slot"
    interviews.complete(actors.company(techcorp), entries[0])
    assert code() == "not_your_turn"
    interviews.start(people[1].actor, entries[1])
    interviews.complete(actors.company(techcorp), entries[1])
    assert as_alice.post(f"{QUEUES}{mine}/start/").status_code == 200
    interviews.complete(actors.company(techcorp), mine)
    assert code() == "already_done"


def test_passing_and_being_here_again(as_alice, alice, techcorp):
    mine = factories.entry(alice, techcorp)
    passed = as_alice.post(f"{QUEUES}{mine}/pass/")
    assert (passed.status_code, passed.json) == (200, {"message": "Passe mon tour"})
    assert refused(as_alice.post(f"{QUEUES}{mine}/start/")) == (400, "set_aside")
    assert refused(as_alice.post(f"{QUEUES}{mine}/pass/")) == (400, "not_called")
    back = as_alice.post(f"{QUEUES}{mine}/present/")
    assert (back.status_code, back.json) == (200, {"message": "Je suis là"})
    assert refused(as_alice.post(f"{QUEUES}{mine}/present/")) == (400, "not_set_aside")


def test_saying_that_one_is_coming(as_alice, alice, techcorp):
    mine = factories.entry(alice, techcorp)
    for _ in range(2):
        coming = as_alice.post(f"{QUEUES}{mine}/coming/")
        assert (coming.status_code, coming.json) == (200, {"message": "J'y vais"})
    assert as_alice.post(f"{QUEUES}{mine}/start/").status_code == 200
    assert refused(as_alice.post(f"{QUEUES}{mine}/coming/")) == (400, "in_interview")


def test_a_start_is_taken_back(as_alice, alice, techcorp, time):
    mine = factories.interview(alice, techcorp)
    undone = as_alice.post(f"{QUEUES}{mine}/undo_start/")
    assert (undone.status_code, undone.json) == (200, {"message": "Annuler le démarrage"})
    [entry] = as_alice.get(QUEUES).json
    assert (entry["can_start"], entry["position"]) == (True, 1)
    assert as_alice.get("/api/students/me/").json["status"] == "available"
    assert refused(as_alice.post(f"{QUEUES}{mine}/undo_start/")) == (400, "not_in_interview")
    as_alice.post(f"{QUEUES}{mine}/start/")
    time.pass_(seconds=62)
    assert refused(as_alice.post(f"{QUEUES}{mine}/undo_start/")) == (400, "too_late")
    interviews.complete(actors.company(techcorp), mine)
    assert refused(as_alice.post(f"{QUEUES}{mine}/undo_start/")) == (400, "already_done")


def test_only_who_is_called_is_coming(as_alice, alice, techcorp):
    fill(techcorp, 1)
    mine = factories.entry(alice, techcorp)
    assert refused(as_alice.post(f"{QUEUES}{mine}/coming/")) == (400, "not_called")


def test_only_who_is_called_passes(as_alice, alice, techcorp):
    fill(techcorp, 1)
    mine = factories.entry(alice, techcorp)
    assert refused(as_alice.post(f"{QUEUES}{mine}/pass/")) == (400, "not_called")


def test_a_running_or_done_entry_stays(as_alice, alice, techcorp):
    mine = factories.interview(alice, techcorp)
    assert refused(as_alice.delete(f"{QUEUES}{mine}/")) == (400, "in_interview")
    interviews.complete(actors.company(techcorp), mine)
    assert refused(as_alice.delete(f"{QUEUES}{mine}/")) == (400, "already_done")
    assert len(as_alice.get(QUEUES).json) == 1


def test_an_admin_removes_any_entry(as_admin, as_alice, alice, bob, techcorp):
    running = factories.interview(alice, techcorp)
    waiting = factories.entry(bob, techcorp)
    assert as_admin.delete(f"{QUEUES}{waiting}/").status_code == 204
    assert as_admin.delete(f"{QUEUES}{running}/").status_code == 204
    assert as_alice.get("/api/students/me/").json["status"] == "available"
    assert refused(as_admin.delete(f"{QUEUES}999/")) == (404, "not_found")


def test_anothers_entry_is_as_good_as_none(as_alice, as_bob, bob, techcorp):
    theirs = factories.entry(bob, techcorp)
    before = revision()
    for entry_id in (theirs, 999):
        answers = [
            as_alice.delete(f"{QUEUES}{entry_id}/"),
            as_alice.post(f"{QUEUES}{entry_id}/start/"),
            as_alice.post(f"{QUEUES}{entry_id}/undo_start/"),
            as_alice.post(f"{QUEUES}{entry_id}/coming/"),
            as_alice.post(f"{QUEUES}{entry_id}/pass/"),
            as_alice.post(f"{QUEUES}{entry_id}/present/"),
        ]
        assert [refused(answer) for answer in answers] == [(404, "not_found")] * 6
    assert revision() == before
    assert as_alice.get(QUEUES).json == []
    assert as_bob.post(f"{QUEUES}{theirs}/start/").status_code == 200


def test_all_places_are_left_at_once(as_alice, alice, bob, techcorp):
    factories.entry(alice, techcorp)
    factories.entry(alice, factories.company("DataSoft"))
    other = factories.entry(bob, techcorp)
    answer = as_alice.delete(QUEUES)
    assert answer.json["updated"] == 2
    assert "2" in answer.json["message"]
    assert as_alice.get(QUEUES).json == []
    assert [row.id for row in stands.stand(techcorp).waiting] == [other]


def test_the_stand_knows_that_a_screen_has_shown_the_call(as_alice, as_bob, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)
    (called,) = as_alice.get(QUEUES).json
    turn = called["turn"]
    seen = f"{QUEUES}{entry_id}/seen/"
    assert refused(as_bob.post(seen, {"turn": turn})) == (404, "not_found")
    assert not stands.stand(techcorp).waiting[0].seen
    assert as_alice.post(seen, {"turn": turn}).status_code == 204
    assert stands.stand(techcorp).waiting[0].seen
    assert wrong_fields(as_alice.post(seen, {})) == {"turn"}


def test_a_student_reads_what_becomes_of_a_call(as_alice, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)

    def entry():
        (shown,) = as_alice.get(QUEUES).json
        return shown

    called = entry()
    assert is_utc(called["called_at"])
    assert (called["coming"], called["held_until"]) == (False, None)
    as_alice.post(f"{QUEUES}{entry_id}/coming/")
    assert entry()["coming"]
    assert is_utc(entry()["held_until"])
    as_alice.post(f"{QUEUES}{entry_id}/pass/")
    assert (entry()["set_aside"], entry()["turn"]) == (True, None)
    as_alice.post(f"{QUEUES}{entry_id}/present/")
    as_alice.post(f"{QUEUES}{entry_id}/start/")
    assert is_utc(entry()["undo_until"])
