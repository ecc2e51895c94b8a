"""What is said is one row of the journal, with those it was said to, and is found again."""

import pytest
from flask import current_app

from jobfair.db.transactions import revision
from jobfair.domain.events import MessageSent
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound
from jobfair.queries.admin.fair import overview
from jobfair.queries.fair import messages as kept
from jobfair.services.fair import messages
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors
from tests.support import factories

ORGANISER = actors.admin(1)


def test_a_queue_is_everybody_who_waits_in_order_of_position(techcorp, alice):
    bob, running = factories.student("Bob"), factories.student("Running")
    factories.interview(running, techcorp)
    for person in (bob, alice):
        factories.entry(person, techcorp)
    done = messages.to_queue(ORGANISER, techcorp, "Hello")
    [said] = done.events(MessageSent)
    assert said.students == (bob.student_id, alice.student_id)
    assert len(done.recorded) == 1


def test_to_nobody_is_refused_and_leaves_nothing(techcorp, alice):
    factories.interview(alice, techcorp)
    before = revision()
    assert messages.to_queue(ORGANISER, techcorp, "Hello") == Refusal("nobody_waiting")
    assert revision() == before


def test_whom_there_is_not(app):
    with pytest.raises(NotFound):
        messages.to_queue(ORGANISER, 99, "Hello")
    with pytest.raises(NotFound):
        messages.to_student(ORGANISER, 99, "Hello")


def test_each_is_found_by_those_it_was_for(techcorp, alice):
    bob = factories.student("Bob")
    entry_id = factories.entry(alice, techcorp)
    messages.to_everyone(ORGANISER, "To all")
    messages.to_queue(ORGANISER, techcorp, "To the queue")
    messages.to_student(ORGANISER, bob.student_id, "To Bob")
    queues.leave(alice.actor, entry_id)
    assert texts(alice) == ["To the queue", "To all"]
    assert texts(bob) == ["To Bob", "To all"]
    assert [each.text for each in kept.standing_at(techcorp)] == ["To all"]
    assert [(each.text, each.told) for each in kept.sent()] == [
        ("To Bob", 1),
        ("To the queue", 1),
        ("To all", 0),
    ]


def test_nobody_is_notified_of_what_they_did_themself(techcorp, alice):
    factories.entry(alice, techcorp)
    messages.to_student(ORGANISER, alice.student_id, "Hello")
    said, called = notifications(alice)
    assert (said.sentence, said.sender) == ("Hello", "The organisers")
    assert (called.sentence, called.sender) == ("You were called to TechCorp", None)


def texts(person):
    return [each.sentence for each in notifications(person) if each.sender]


def notifications(person):
    with current_app.test_request_context(headers={"Accept-Language": "en"}):
        return kept.notifications(person.student_id)


def test_the_overviews_figures_are_those_of_the_rows(techcorp, alice):
    bob, carol = factories.student("Bob"), factories.student("Carol")
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    factories.interview(bob, techcorp)
    factories.entry(carol, techcorp)
    now = overview.figures()
    assert (now.waiting, now.running, now.done, now.entries) == (1, 1, 1, 3)
    [busy] = overview.longest_queues()
    assert (busy.company.name, busy.done, busy.minutes) == ("TechCorp", 1, 0)
    assert overview.called() == 0
