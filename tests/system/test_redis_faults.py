"""Redis only says «look again»: without it nothing fails, and screens are a second late at most."""

import signal
import time
from itertools import count

import pytest
from redis import Redis

from jobfair.services.access import pins
from jobfair.unit_of_work import actors
from tests.support.waiting import wait_until
from tests.system.support.actors import Busy, pause_and_return
from tests.system.support.clients import at_once

LATE_SECONDS = 2.0
STARTING_SECONDS = 10.0
TOGETHER = 8
PASSWORD = "no password of anybody's"

numbers = count()


@pytest.fixture(scope="module")
def fair(own_redis, serve):
    return serve("postgresql", redis=own_redis)


@pytest.fixture
def watched(fair):
    """A queue, and eight streams of its stand, on both workers."""
    company = fair.company()
    stand = fair.stand(company)
    screens = [fair.listen(stand.other(), f"/live{stand.link}") for _ in range(8)]
    for each in screens:
        each.wait_for("")
    yield Watched(fair, company, screens)
    for each in screens:
        each.close()


class Watched:
    def __init__(self, fair, company, screens):
        self.fair = fair
        self.company = company
        self.screens = screens
        # What it takes this machine today, while nothing is wrong.
        self.usual = max(self._join(STARTING_SECONDS)[1] for _ in range(3))

    def join(self):
        """Somebody joins; returns how long until every screen shows it, in seconds."""
        answered, shown = self._join(self.usual + LATE_SECONDS)
        assert answered < self.usual + 1
        return shown

    def _join(self, within):
        (student,) = self.fair.students(1)
        before = [len(each.heard) for each in self.screens]
        start = time.monotonic()
        assert student.tap(f"/companies/{self.company}/join").status == 200
        answered = time.monotonic() - start
        for each, after in zip(self.screens, before, strict=True):
            each.wait_for("", within, after)
        return answered, time.monotonic() - start


def test_killed_and_started_again(fair, watched, own_redis):
    watched.join()
    own_redis.stop(signal.SIGKILL)
    try:
        for _ in range(3):
            assert watched.join() < watched.usual + LATE_SECONDS
        health = fair.nobody().page("/health")
        assert health.status == 503
        assert health.data["push"] != "ok"
        assert health.data["database"] == "ok"
    finally:
        own_redis.start()
    assert watched.join() < watched.usual + LATE_SECONDS
    # The listener tries again once a second.
    wait_until(lambda: fair.nobody().page("/health").status == 200, "all is well again", 5)
    assert not any(each.ended for each in watched.screens)


def test_hints_flow_again_after_a_restart(watched, own_redis):
    own_redis.stop(signal.SIGKILL)
    own_redis.start()
    redis = Redis.from_url(own_redis.url)
    wait_until(lambda: len(redis.client_list(_type="pubsub")) == 2, "both workers listen again")
    redis.close()
    # Looking once a second would take half a second more each time.
    assert sum(watched.join() for _ in range(5)) < 5 * watched.usual + 1


def test_stray_messages_on_the_channel(watched, own_redis):
    redis = Redis.from_url(own_redis.url)
    (channel,) = redis.pubsub_channels("jobfair:*")
    for stray in (b"\xff", b"no JSON", b"[]", b'{"data": "seven"}', b'{"data": 1000000000000}'):
        assert redis.publish(channel, stray) == 2
    redis.close()
    assert sum(watched.join() for _ in range(5)) < 5 * watched.usual + 1
    assert watched.fair.nobody().page("/health").status == 200


def test_flushed(watched, own_redis):
    Redis.from_url(own_redis.url).flushall()
    assert watched.join() < watched.usual + LATE_SECONDS


def test_subscribers_disconnected(watched, own_redis):
    client = Redis.from_url(own_redis.url)
    for _ in range(3):
        client.client_kill_filter(_type="pubsub")
        assert watched.join() < watched.usual + LATE_SECONDS
    client.close()
    assert not any(each.ended for each in watched.screens)


def test_a_redis_that_hangs_holds_nobody_up(fair, watched, own_redis):
    own_redis.process.send_signal(signal.SIGSTOP)
    try:
        start = time.monotonic()
        with Busy(fair.students(4), pause_and_return) as busy:
            time.sleep(3)  # It hangs for so long.
        assert set(busy.answers) == {200}
        assert busy.answers[200] > 8
        assert time.monotonic() - start < 3 + watched.usual + 3
    finally:
        own_redis.process.send_signal(signal.SIGCONT)
    assert watched.join() < watched.usual + LATE_SECONDS


def join(fair):
    company = fair.company()
    return [
        (each, lambda client: client.tap(f"/companies/{company}/join"))
        for each in fair.students(TOGETHER)
    ]


def join_by_program(fair):
    body = {"company": fair.company()}
    return [
        (each, lambda client: client.call("POST", "/api/queues/", body))
        for each in fair.students(TOGETHER)
    ]


def sign_in(fair):
    return everybody(fair, lambda who, email: who.tap("/login", email=email, password=PASSWORD))


def sign_in_by_program(fair):
    path = "/api/auth/login/"
    return everybody(
        fair, lambda who, email: who.call("POST", path, {"email": email, "password": PASSWORD})
    )


def register(fair):
    names = {"first_name": "Ann", "last_name": "Bee", "password": PASSWORD}
    return everybody(fair, lambda who, email: who.tap("/register", email=email, **names))


def register_by_program(fair):
    body = {"first_name": "Ann", "last_name": "Bee", "password": PASSWORD}
    path = "/api/auth/register/"
    return everybody(fair, lambda who, email: who.call("POST", path, {"email": email, **body}))


def open_unknown_link(fair):
    return everybody(fair, lambda who, _email: who.page("/company/unknown"))


def give_wrong_pin(fair):
    company = fair.company()
    with fair.inside():
        pins.set_pin(actors.SYSTEM, company, "1234")
    stand = fair.stand(company)
    return [(stand.other(), lambda who: who.tap("/pin", pin="4321")) for _ in range(TOGETHER)]


def everybody(fair, act):
    """Each with an address of their own."""

    def with_address(client):
        return act(client, f"{next(numbers)}@example.org")

    return [(fair.nobody(), with_address) for _ in range(TOGETHER)]


LIMITED = [
    join,
    join_by_program,
    sign_in,
    sign_in_by_program,
    register,
    register_by_program,
    open_unknown_link,
    give_wrong_pin,
]
"""Each of what is counted, so that nobody does it too often."""


def tried(acts):
    """What everybody is answered who does this at once, and how long the last of them waits."""
    start = time.monotonic()
    return at_once(acts), time.monotonic() - start


@pytest.mark.parametrize("by", [signal.SIGSTOP, signal.SIGKILL], ids=["hangs", "killed"])
@pytest.mark.parametrize("limited", LIMITED)
def test_what_is_limited_goes_on_without_redis(fair, own_redis, limited, by):
    acts = [limited(fair) for _ in range(4)]
    before = [tried(each) for each in acts[:2]]
    usual = max(seconds for _, seconds in before)
    said = {each.status for answers, _ in before for each in answers}
    if by == signal.SIGKILL:
        own_redis.stop(by)
    else:
        own_redis.process.send_signal(by)
    try:
        for each in acts[2:]:
            answers, seconds = tried(each)
            assert {each.status for each in answers} <= said
            assert seconds < usual + 0.5
            time.sleep(1)  # Until Redis is tried again.
    finally:
        if by == signal.SIGKILL:
            own_redis.start()
        else:
            own_redis.process.send_signal(signal.SIGCONT)
    wait_until(fair.server.healthy, "all is well again", 5)
