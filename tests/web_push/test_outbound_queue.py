"""Endpoints that do not answer delay nobody else's call."""

from threading import Thread
from types import SimpleNamespace

import pytest

from jobfair.web_push import outbound_queue
from jobfair.web_push.outbound_queue import (
    AT_ONCE,
    AT_ONCE_TO_A_STRANGER,
    MOST_FAILURES,
    OutboundQueue,
)


def push(student_id, host="push.example", subscription_id=0):
    return SimpleNamespace(
        endpoint=f"https://{host}/{student_id}",
        student_id=student_id,
        subscription_id=subscription_id or student_id,
    )


@pytest.fixture
def queue():
    return OutboundQueue()


def taken(queue, count):
    """What leaves at once, with nothing coming back."""
    found = []

    def take():
        while len(found) < count:
            found.append(queue.take())

    thread = Thread(target=take, daemon=True)
    thread.start()
    thread.join(0.2)  # What does not leave by then is kept.
    return found


def test_one_is_on_its_way_for_each_student_and_host(queue):
    for each in (push(1), push(1), push(1, "other.example")):
        queue.put(each)
    assert taken(queue, 3) == [push(1), push(1, "other.example")]


def test_students_take_turns(queue):
    for student_id in (1, 1, 1, 2, 3):
        queue.put(push(student_id))
    left = []
    for _ in range(5):
        each = queue.take()
        left.append(each.student_id)
        queue.done(each, answered=True)
    assert left == [1, 2, 3, 1, 1]


def test_a_host_that_has_not_answered_gets_a_few_at_once(queue):
    for student_id in range(1, AT_ONCE + 1):
        queue.put(push(student_id, "silent.example"))
    queue.put(push(1, "healthy.example"))
    left = [host_of(each) for each in taken(queue, AT_ONCE)]
    assert left.count("silent.example") == AT_ONCE_TO_A_STRANGER
    assert left.count("healthy.example") == 1


def host_of(each):
    return each.endpoint.split("/")[2]


def test_one_that_answers_gets_all_of_them(queue):
    queue.put(push(99))
    queue.done(queue.take(), answered=True)
    for student_id in range(1, AT_ONCE + 1):
        queue.put(push(student_id))
    assert len(taken(queue, AT_ONCE)) == AT_ONCE


@pytest.mark.parametrize("same", ["host", "endpoint"])
def test_what_fails_again_and_again_rests_until_it_answers(queue, same):
    for attempt in range(1, MOST_FAILURES + 1):
        host = "silent.example" if same == "host" else f"host-{attempt}.example"
        each = push(attempt, host, subscription_id=0 if same == "host" else 7)
        assert not queue.rests(each)
        queue.put(each)
        queue.done(queue.take(), answered=False)
    assert queue.rests(each)
    assert not queue.rests(push(50, "healthy.example"))
    queue.put(each)
    queue.done(queue.take(), answered=True)
    assert not queue.rests(each)


def test_its_rest_ends(queue, monkeypatch):
    monkeypatch.setattr(outbound_queue, "REST_SECONDS", 0.0)
    for _ in range(MOST_FAILURES):
        queue.put(push(1))
        queue.done(queue.take(), answered=False)
    assert not queue.rests(push(1))
