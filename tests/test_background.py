"""The loops in the background: no error ends one, and nobody has to guess that it fails."""

import re
import time
from pathlib import Path

import pytest

import jobfair
from jobfair import background
from jobfair.feed import hub
from jobfair.feed.hints import Hints
from jobfair.ops import retention_job
from jobfair.server import expiry_ticker, forecast_loop, webhook_loop
from jobfair.web_push import sender
from tests.support.waiting import wait_until

LOOPS = {
    "journal reader",
    "stream writer",
    "hint listener",
    "stream counter",
    "expiry ticker",
    "retention job",
    "webhooks",
    "forecast",
    "push taker",
    "push sender",
}
WELL = {"status": "ok", "database": "ok", "push": "ok"}
SECONDS = 5


class Unforeseen(Exception):
    """An error of a kind that nobody thought of."""


class SilentRedis:
    """Answers, and never has a message."""

    def ping(self):
        return True

    def publish(self, channel, message):
        return 1

    def pubsub(self, **_options):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def subscribe(self, _channel):
        pass

    def get_message(self, timeout):
        time.sleep(min(timeout, 0.01))  # As a Redis that has nothing to say.
        return {"type": "pong", "data": b""}


@pytest.fixture
def app(app_of_its_own):
    return app_of_its_own


@pytest.fixture
def in_trouble(monkeypatch):
    """The names of the loops whose work fails at present."""
    names, start = set(), background.start

    def start_troubled(app, name, work, wait):
        def troubled():
            if name in names:
                raise Unforeseen(name)
            return work()

        return start(app, name, troubled, wait)

    monkeypatch.setattr(background, "start", start_troubled)
    monkeypatch.setattr(background, "RETRY_SECONDS", 0.01)
    return names


@pytest.fixture
def start_all(app, in_trouble, monkeypatch):
    """Start every loop that a worker has."""
    monkeypatch.setattr(Hints, "redis", SilentRedis())
    monkeypatch.setattr(sender, "AT_ONCE", 1)

    def start():
        hub.current()
        for starting in (
            expiry_ticker.start,
            retention_job.start,
            sender.start,
            webhook_loop.start,
            forecast_loop.start,
        ):
            starting(app)

    yield start
    in_trouble.clear()
    for loop in background.loops():
        loop.stop()
    hub.current().stop()


def test_every_loop_is_known_here(start_all):
    start_all()
    assert {loop.name for loop in background.loops()} == LOOPS


@pytest.mark.parametrize("name", sorted(LOOPS))
def test_an_unforeseen_error_is_survived_and_shown(start_all, in_trouble, client, caplog, name):
    def is_well():
        return client.get("/health").status_code == 200

    in_trouble.add(name)
    start_all()
    wait_until(lambda: not is_well(), "the error shows", SECONDS)
    assert client.get("/health").json == WELL | {"status": "failing", name: "failing"}
    in_trouble.clear()
    wait_until(is_well, "the loop goes on", SECONDS)
    assert client.get("/health").json == WELL
    assert caplog.text.count(f"{name}: goes on") == 1
    # What else went wrong at its start, as on a busy machine, is logged for itself.
    assert caplog.text.count(f"Unforeseen: {name}") == 1


def test_whatever_goes_on_and_on_is_a_loop():
    """A thread of another kind could end without anybody's notice. These are meant to end."""
    package = Path(jobfair.__file__).parent
    with_threads = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if re.search(r"\bThread\(|\bspawn\(", file.read_text())
    }
    assert with_threads == {
        "background.py",
        "server/warmup.py",
        "server/webhook_loop.py",
        "blueprints/account/password_reset.py",
        "ops/own_process.py",
        "ops/rehearsals.py",
        "services/mail.py",
    }


def test_what_waits_is_well_and_what_it_does_next_may_fail_again(app, caplog):
    """A generator says at each yield that the error before it is over."""
    tries = iter(["good", "bad", "bad", "good"])

    def work():
        yield
        if next(tries) == "bad":
            raise Unforeseen

    loop = background.Loop(app, "worker", work, wait=lambda: None)
    assert [loop.round() for _ in range(4)] == [True, False, False, True]
    assert caplog.text.count("worker: failed") == 2


def test_the_same_error_is_logged_once_another_one_too(app, caplog):
    errors = iter([Unforeseen(), Unforeseen(), KeyError()])

    def work():
        raise next(errors)

    loop = background.Loop(app, "worker", work, wait=lambda: None)
    assert not any(loop.round() for _ in range(3))
    assert caplog.text.count("worker: failed") == 2


def test_a_loop_that_is_stopped_leaves_its_generator_properly(app):
    left = []

    def work():
        try:
            while True:
                loop.stop()
                yield
        finally:
            left.append(True)

    loop = background.Loop(app, "worker", work, wait=lambda: None)
    loop.round()
    assert left == [True]
