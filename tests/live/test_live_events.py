"""Flow 5 and 5b: who hears what, once and in order."""

import pytest

from jobfair.db.transactions import revision
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.live import stream as streams
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories


def entry_of(person, company_id):
    page = places.dashboard(person.student_id)
    return next(place.id for place in page.places if place.company.id == company_id)


def joined(person, company_id):
    queues.join(person.actor, company_id)
    return entry_of(person, company_id)


def stand_stream(company_id):
    return f"/api/company/{stands.token_of(company_id)}/events/"


def test_the_first_event_names_the_groups_and_where_to_resume(listen, techcorp):
    alice, admin = factories.student(), factories.admin()
    token = stands.token_of(techcorp)
    expected = {
        f"student_{alice.student_id}": listen("/api/events/", alice),
        "admin": listen("/api/events/", admin),
        f"company_{token}": listen(stand_stream(techcorp)),
    }
    for group, stream in expected.items():
        first = stream.next()
        assert (first.name, first.data) == ("connection_established", {"groups": [group]})
        assert first.id


def test_nobody_gets_401_and_an_unknown_link_404(listen, techcorp):
    assert listen("/api/events/").status == 401
    assert listen("/api/company/no-such-token/events/").status == 404


def test_a_silent_stream_has_heartbeats(listen):
    stream = listen("/api/events/", factories.student())
    assert stream.names(3) == ["connection_established", "heartbeat", "heartbeat"]


def test_a_stream_lives_as_long_as_the_sign_in(listen, time, monkeypatch):
    """Time alone ends it, which no row of the journal tells of."""
    monkeypatch.setattr(streams, "HEARTBEATS_BETWEEN_CHECKS", 1)
    alice = listen("/api/events/", factories.student())
    alice.until("heartbeat")
    time.pass_(days=8)
    last = [alice.next() for _ in range(2)]
    assert last[-1] is None


def test_joining_an_empty_queue_calls_the_student_and_tells_the_stand(listen, techcorp):
    alice = factories.student()
    phone, tablet = listen("/api/events/", alice), listen(stand_stream(techcorp))
    phone.next(), tablet.next()
    entry_id = joined(alice, techcorp)
    assert phone.until("queue_update")[-1].data == {"company_id": techcorp, "action": "joined"}
    called = phone.until("can_start")[-1]
    assert called.data["queue_id"] == entry_id
    assert called.data["company_name"] == "TechCorp"
    assert called.data["urgent"] is True
    assert called.data["message"] == "C'est votre tour chez TechCorp"
    assert (called.data["stand"], called.data["hall"]) == (None, None)
    assert tablet.until("queue_update")[-1].data["action"] == "joined"


def test_a_completion_tells_the_finished_and_calls_the_next(listen, techcorp):
    alice, bob = factories.student(), factories.student("Bob")
    running = joined(alice, techcorp)
    interviews.start(alice.actor, running)
    joined(bob, techcorp)
    first, second = listen("/api/events/", alice), listen("/api/events/", bob)
    tablet = listen(stand_stream(techcorp))
    first.next(), second.next(), tablet.next()
    interviews.complete(actors.company(techcorp), running)
    assert first.names(3) == ["interview_completed", "status_change", "queue_update"]
    assert second.names(2) == ["queue_update", "can_start"]
    assert tablet.names(3) == ["interview_completed", "status_change", "queue_update"]


def test_somebody_who_is_next_is_told_quietly_and_nobody_else_hears_of_it(listen, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"stand": "B12", "hall": "Nord"})
    alice, bob, chloe, dan = (factories.student(name) for name in ("Alice", "Bob", "Chloé", "Dan"))
    running = joined(alice, techcorp)
    interviews.start(alice.actor, running)
    for each in (bob, chloe, dan):
        joined(each, techcorp)
    called, told, behind = (listen("/api/events/", each) for each in (bob, chloe, dan))
    tablet, desk = listen(stand_stream(techcorp)), listen("/api/events/", factories.admin())
    for each in (called, told, behind, tablet, desk):
        each.next()
    interviews.complete(actors.company(techcorp), running)
    assert called.names(1) == ["queue_update"]
    came = called.next()
    assert (came.name, came.data["stand"], came.data["hall"]) == ("can_start", "B12", "Nord")
    assert told.names(1) == ["queue_update"]
    assert told.next().data == {
        "queue_id": entry_of(chloe, techcorp),
        "company_id": techcorp,
        "company_name": "TechCorp",
        "stand": "B12",
        "hall": "Nord",
    }
    assert behind.names(2) == ["queue_update", "heartbeat"]
    for each in (tablet, desk):
        assert each.until("queue_update")[-1].data["action"] == "completed"
        assert each.names(1) == ["heartbeat"]


def test_a_turn_taken_away_ends_quietly(listen, techcorp):
    alice, bob = factories.student(), factories.student("Bob")
    joined(alice, techcorp)
    joined(bob, techcorp)
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    stream = listen("/api/events/", bob)
    stream.next()
    presence.change_status(alice.actor, StudentStatus.AVAILABLE)
    ended = stream.until("turn_ended")[-1]
    assert ended.data["company_id"] == techcorp
    assert ended.data["reason"]


def test_a_paused_company_says_so_to_its_queue_and_nobody_else(listen, techcorp):
    alice, stranger = factories.student(), factories.student("Bob")
    joined(alice, techcorp)
    inside, outside = listen("/api/events/", alice), listen("/api/events/", stranger)
    inside.next(), outside.next()
    companies.edit(actors.company(techcorp), techcorp, {"status": CompanyStatus.PAUSED})
    assert sorted(inside.names(3)) == ["queue_update", "status_change", "turn_ended"]
    assert outside.names(1) == ["heartbeat"]


def test_a_company_does_not_learn_where_its_student_is_in_an_interview(listen, techcorp):
    alice, other = factories.student(), factories.company("Rival")
    joined(alice, other)
    joined(alice, techcorp)
    rival = listen(stand_stream(other))
    rival.next()
    interviews.start(alice.actor, entry_of(alice, techcorp))
    event = rival.next()
    assert event.name == "status_change"
    assert event.data == {
        "student_id": alice.student_id,
        "status": "in_interview",
        "company_name": None,
    }
    assert rival.names(1) == ["heartbeat"]


@pytest.mark.parametrize("leave", ["themself", "by the organisers"])
def test_who_has_left_a_queue_hears_no_more_of_it(listen, techcorp, leave):
    """Neither on the stream that was open, nor on one that is opened later."""
    alice = factories.student()
    entry_id = joined(alice, techcorp)
    before = listen("/api/events/", alice)
    before.next()
    if leave == "themself":
        queues.leave(alice.actor, entry_id)
    else:
        overrides.remove_entry(actors.SYSTEM, entry_id)
    assert before.until("queue_update")[-1].data["action"] == "left"
    after = listen("/api/events/", alice)
    after.next()
    joined(factories.student("Bob"), techcorp)
    for stream in (before, after):
        assert "queue_update" not in stream.names(2)


def test_a_change_of_many_students_tells_of_each_of_them(listen, techcorp):
    people = [factories.student(name) for name in ("Alice", "Bob", "Chloé")]
    for person in people:
        presence.change_status(person.actor, StudentStatus.PAUSED)
    admin = listen("/api/events/", factories.admin())
    admin.next()
    students.make_all_available(actors.SYSTEM)
    told = [event.data for event in admin.until("heartbeat")[:-1]]
    assert [each["student_id"] for each in told] == [person.student_id for person in people]
    assert {each["status"] for each in told} == {"available"}


def test_opening_the_fair_is_announced_to_everybody(listen, techcorp):
    admin = factories.admin()
    fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    everyone = [
        listen("/api/events/", factories.student()),
        listen("/api/events/", admin),
        listen(stand_stream(techcorp)),
    ]
    for stream in everyone:
        stream.next()
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    for stream in everyone:
        assert stream.next().data == {"message": "Le salon est ouvert"}


def test_messages_follow_the_language_of_the_stream(listen, techcorp):
    alice = factories.student()
    stream = listen("/api/events/", alice, **{"Accept-Language": "en"})
    stream.next()
    joined(alice, techcorp)
    assert stream.until("can_start")[-1].data["message"] == "It's your turn at TechCorp"


def test_who_is_coming_is_the_stands_business_and_not_the_queues(listen, techcorp):
    alice, bob = factories.student(), factories.student("Bob")
    entry_id = joined(alice, techcorp)
    joined(bob, techcorp)
    phone, other, tablet = (
        listen("/api/events/", alice),
        listen("/api/events/", bob),
        listen(stand_stream(techcorp)),
    )
    phone.next(), other.next(), tablet.next()
    queues.say_coming(alice.actor, entry_id)
    assert tablet.next().data == {"company_id": techcorp, "action": "resync"}
    assert phone.names(1) == ["heartbeat"]
    assert other.names(1) == ["heartbeat"]


@pytest.mark.parametrize("by_stand", [True, False])
def test_a_start_taken_back_is_told_and_the_call_is_a_new_one(listen, techcorp, by_stand):
    alice = factories.student()
    entry_id = joined(alice, techcorp)
    interviews.start(alice.actor, entry_id)
    phone, tablet = listen("/api/events/", alice), listen(stand_stream(techcorp))
    phone.next(), tablet.next()
    interviews.undo_start(actors.company(techcorp) if by_stand else alice.actor, entry_id)
    said = phone.until("can_start")
    assert [each.name for each in said if each.name != "heartbeat"] == [
        "notification",
        "status_change",
        "queue_update",
        "can_start",
    ]
    assert said[0].data["message"].startswith("Démarrage annulé chez TechCorp")
    assert said[-1].data["turn"] == revision()
    status, update = tablet.until("queue_update")
    assert status.data["status"] == "available"
    assert update.data == {"company_id": techcorp, "action": "start_undone"}


def test_an_end_taken_back_is_told_and_the_queue_is_heard_of_again(listen, techcorp):
    alice = factories.student()
    entry_id = joined(alice, techcorp)
    interviews.start(alice.actor, entry_id)
    phone, tablet = listen("/api/events/", alice), listen(stand_stream(techcorp))
    phone.next(), tablet.next()
    interviews.complete(actors.company(techcorp), entry_id)
    assert phone.names(3) == ["interview_completed", "status_change", "queue_update"]
    interviews.undo_completion(actors.company(techcorp), entry_id)
    goes_on = phone.until("notification")[-1]
    assert goes_on.data["message"] == "Votre entretien chez TechCorp reprend"
    assert phone.until("status_change")[-1].data["status"] == "in_interview"
    update = phone.until("queue_update")[-1]
    assert update.data == {"company_id": techcorp, "action": "completion_undone"}
    assert tablet.names(5)[3:] == ["status_change", "queue_update"]
    joined(factories.student("Bob"), techcorp)
    assert phone.until("queue_update")[-1].data["action"] == "joined"
