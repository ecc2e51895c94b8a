"""One account that changes something without end holds up nobody else."""

from contextvars import Context
from threading import Event, Thread

import pytest

from jobfair.services.queues import presence
from jobfair.web.security.limits import account_turns
from jobfair.web.security.limits.account_turns import MOST_WAITING
from tests.support import factories
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def pace():
    """As in earnest."""


class Slow:
    """In the place of what changes a status: takes until it is let go."""

    def __init__(self, carry_out):
        self._carry_out = carry_out
        self.go_on, self.now, self.most = Event(), 0, 0

    def __call__(self, *args):
        self.now += 1
        self.most = max(self.most, self.now)
        self.go_on.wait(5)
        self.now -= 1
        return self._carry_out(*args)


@pytest.fixture
def slow(monkeypatch):
    slow = Slow(presence.change_status)
    monkeypatch.setattr(presence, "change_status", slow)
    return slow


@pytest.fixture
def tap(app, slow):
    """A program's request in a thread of its own; its status is added to a list."""
    threads = []

    def start(person, path, statuses):
        headers = person.bearer()

        def send():
            answer = app.test_client().patch(
                "/api/students/me/status/", json={"status": path}, headers=headers
            )
            statuses.append(answer.status_code)

        thread = Thread(target=Context().run, args=(send,))
        threads.append(thread)
        thread.start()

    yield start
    slow.go_on.set()
    for each in threads:
        each.join()


def test_changes_of_one_student_are_carried_out_one_at_a_time(slow, tap, alice):
    statuses = []
    for _ in range(4):
        tap(alice, "paused", statuses)
    wait_until(lambda: slow.now, "the first is carried out")
    slow.go_on.set()
    wait_until(lambda: len(statuses) == 4, "all are answered")
    assert slow.most == 1


def test_those_of_others_go_on_meanwhile(slow, tap, alice):
    for person in (alice, factories.student("Bob")):
        tap(person, "paused", [])
    wait_until(lambda: slow.now == 2, "both are carried out")


def test_more_than_a_few_at_the_same_time_are_refused(slow, tap, alice):
    statuses = []
    for _ in range(MOST_WAITING + 3):
        tap(alice, "paused", statuses)
    wait_until(lambda: statuses == [429] * 3, "three are refused")


def test_after_some_that_follow_at_once_they_are_paced(monkeypatch, app, alice):
    slept = []
    monkeypatch.setattr(account_turns.time, "sleep", slept.append)
    turn = account_turns.Turn()
    for _ in range(account_turns.AT_ONCE + 2):
        turn.take()
        turn.give()
    assert slept[: account_turns.AT_ONCE] == [0.0] * account_turns.AT_ONCE
    assert slept[-1] > slept[-2] > 0
