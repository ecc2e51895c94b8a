"""A client that reconnects gets every event it missed, once, in order."""

import pytest

from jobfair.feed.viewer import Viewer
from jobfair.live import opening, resume_tokens
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.live.test_live_events import entry_of, joined
from tests.support import factories


@pytest.fixture
def story(app):
    """Alice's events so far: she joined, was called, started; Bob was behind her."""
    techcorp = factories.company("TechCorp")
    alice, bob = factories.student(), factories.student("Bob")
    joined(alice, techcorp)
    joined(bob, techcorp)
    interviews.start(alice.actor, entry_of(alice, techcorp))
    interviews.complete(actors.company(techcorp), entry_of(alice, techcorp))
    return alice


def heard_from(listen, person, last_id):
    """The names and ids of what is replayed, up to the first heartbeat."""
    listener = listen("/api/events/", person, **{"Last-Event-ID": last_id})
    events = listener.until("heartbeat")
    return [(event.name, event.id) for event in events[1:-1]]


def beginning(person, app):
    return resume_tokens.ResumeToken(1).sealed(viewer_of(person))


def viewer_of(person):
    return Viewer(f"student_{person.student_id}", (), lambda: True, student_id=person.student_id)


def test_everything_is_replayed_from_the_beginning(listen, story, app):
    names = [name for name, _ in heard_from(listen, story, beginning(story, app))]
    assert names == [
        "queue_update",
        "can_start",
        "queue_update",
        "interview_started",
        "status_change",
        "queue_update",
        "interview_completed",
        "status_change",
        "queue_update",
    ]


def test_cut_off_anywhere_the_rest_comes_once_and_in_order(listen, story, app):
    whole = heard_from(listen, story, beginning(story, app))
    for cut, (_, event_id) in enumerate(whole):
        assert heard_from(listen, story, event_id) == whole[cut + 1 :]


def test_the_point_of_the_connection_and_of_a_heartbeat_resume_too(listen, story):
    opened = listen("/api/events/", story).until("heartbeat")
    joined(story, factories.company("Second"))
    for event in (opened[0], opened[-1]):
        names = [name for name, _ in heard_from(listen, story, event.id)]
        # Paused after her interview, she is reminded instead of called (rule 12).
        assert names == ["queue_update", "notification"]


def test_who_has_missed_nothing_is_told_nothing(listen, story):
    for event in listen("/api/events/", story).until("heartbeat"):
        assert heard_from(listen, story, event.id) == []


@pytest.mark.parametrize("strange", ["rubbish", "1-0-forged", "-", "999999-0-", "é"])
def test_an_unknown_id_is_told_to_look_again(listen, story, strange):
    encoded = strange.encode().decode("latin-1")
    assert [name for name, _ in heard_from(listen, story, encoded)] == ["queue_update"]


def test_somebody_elses_id_is_told_to_look_again(listen, story, app):
    theirs = listen("/api/events/", factories.student("Eve")).next().id
    listener = listen("/api/events/", story, **{"Last-Event-ID": theirs})
    assert listener.next().name == "connection_established"
    assert listener.next().data == {"company_id": None, "action": "resync"}


def test_an_id_of_a_journal_that_was_lost_hides_nothing_that_comes(listen, story):
    ahead = resume_tokens.ResumeToken(10**29).sealed(viewer_of(story))
    listener = listen("/api/events/", story, **{"Last-Event-ID": ahead})
    assert listener.next().name == "connection_established"
    assert listener.next().data == {"company_id": None, "action": "resync"}
    joined(story, factories.company("Second"))
    # Paused after her interview, she is reminded instead of called (rule 12).
    assert "notification" in [event.name for event in listener.until("heartbeat")]


def test_somebody_who_missed_too_much_is_told_to_look_again(listen, story, app, monkeypatch):
    monkeypatch.setattr(opening, "REPLAYED_ROWS", 3)
    events = heard_from(listen, story, beginning(story, app))
    assert [name for name, _ in events] == ["queue_update"]
