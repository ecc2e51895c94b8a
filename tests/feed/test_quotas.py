"""How many streams a holder has open is counted over all processes, and the oldest give way."""

import pytest

from jobfair.feed import quotas
from jobfair.feed.quotas import ALL_EVERY_SECONDS, FORGOTTEN_AFTER_SECONDS, Quotas
from jobfair.feed.subscriptions import Subscription
from jobfair.feed.viewer import MOST_STREAMS, Viewer
from tests.support import chance

ACCOUNT, SIGN_IN, LINK = "account:7", "sign_in:3", "link:5"
MOST = MOST_STREAMS["account"]


class Clock:
    """Stands in for the module `time`: moved by hand, and a millisecond by each look."""

    def __init__(self):
        self.now = 1_000.0
        self.set_back = 0.0

    def monotonic(self):
        return self.now

    def time(self):
        self.now += 0.001
        return self.now - self.set_back


class Process:
    """A process's count, and the streams that it holds."""

    def __init__(self):
        self.quotas = Quotas()
        self.open = []
        self.gone = []

    def listen(self, *holders):
        viewer = Viewer(group="", topics=(), allowed=lambda: True, holders=holders)
        stream = Subscription(viewer)
        self.open.append(stream)
        self._end(self.quotas.admit(stream))
        return stream

    def close(self, stream):
        self.open.remove(stream)
        self.quotas.remove(stream)

    def hear(self, held):
        self._end(self.quotas.hear(held))

    def _end(self, excess):
        for stream, _holder in excess:
            self.open.remove(stream)
            self.gone.append(stream)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(quotas, "time", clock)
    return clock


def talk(*processes):
    """Let all hear each other until nobody has any more to say."""
    while news := [held for each in processes if (held := each.quotas.news()) is not None]:
        for held in news:
            for each in processes:
                each.hear(held)


@pytest.mark.parametrize("holder", [SIGN_IN, ACCOUNT, LINK])
def test_one_more_than_the_bound_ends_the_oldest(holder):
    here = Process()
    most = MOST_STREAMS[holder.partition(":")[0]]
    first, second, *_ = [here.listen(holder) for _ in range(most)]
    assert here.gone == []
    here.listen(holder)
    assert here.gone == [first]
    here.listen(holder)
    assert here.gone == [first, second]


def test_each_holder_of_a_stream_has_a_bound_and_nobody_elses_is_touched():
    here = Process()
    other = here.listen("sign_in:9", "account:9")
    for sign_in in range(100, 103):
        for _ in range(MOST_STREAMS["sign_in"]):
            here.listen(f"sign_in:{sign_in}", ACCOUNT)
    assert len(here.gone) == 3 * MOST_STREAMS["sign_in"] - MOST
    assert other in here.open


def test_a_stream_that_ended_by_itself_counts_no_more():
    here = Process()
    streams = [here.listen(ACCOUNT) for _ in range(MOST)]
    here.close(streams[3])
    here.listen(ACCOUNT)
    assert here.gone == []


def test_of_two_processes_the_one_with_the_oldest_ends_it():
    one, other = Process(), Process()
    first, *_ = [one.listen(ACCOUNT) for _ in range(MOST // 2)]
    later = [other.listen(ACCOUNT) for _ in range(MOST // 2)]
    talk(one, other)
    assert one.gone == other.gone == []
    other.listen(ACCOUNT)
    talk(one, other)
    assert (one.gone, other.gone) == ([first], [])
    assert set(later) < set(other.open)


def test_nobody_needs_to_be_told_what_was_open_before_they_started():
    old = Process()
    oldest, *_ = [old.listen(ACCOUNT) for _ in range(MOST)]
    talk(old)
    young = Process()
    newest = young.listen(ACCOUNT)
    talk(old, young)
    assert old.gone == [oldest]
    assert young.open == [newest]


def test_who_has_just_come_stays_whatever_the_clocks_say(clock):
    one, other = Process(), Process()
    for _ in range(MOST):
        one.listen(ACCOUNT)
    talk(one, other)
    clock.set_back = 500.0
    newest = other.listen(ACCOUNT)
    talk(one, other)
    assert other.open == [newest]
    assert len(one.gone) == 1


def test_what_a_process_that_died_has_held_is_forgotten(clock):
    here, dead = Process(), Process()
    for _ in range(MOST):
        dead.listen(ACCOUNT)
    talk(here, dead)
    clock.now += FORGOTTEN_AFTER_SECONDS + 1
    talk(here, Process())
    for _ in range(MOST):
        here.listen(ACCOUNT)
    assert here.gone == []


def test_a_message_that_was_lost_is_made_good(clock):
    one, other = Process(), Process()
    talk(one, other)
    for _ in range(MOST):
        one.listen(ACCOUNT)
    one.quotas.news()
    other.listen(ACCOUNT)
    talk(one, other)
    closed = one.open[0]
    one.close(closed)
    one.quotas.news()
    one.quotas.not_told()
    talk(one, other)
    other.listen(ACCOUNT)
    talk(one, other)
    assert len(one.open) + len(other.open) == MOST
    clock.now += ALL_EVERY_SECONDS
    assert one.quotas.news().is_all


def test_nothing_is_told_where_nothing_has_changed():
    here = Process()
    talk(here)
    here.listen()
    assert here.quotas.news() is None


def test_whatever_opens_and_closes_where_the_newest_are_open():
    drawn = chance.seeded()
    processes = [Process() for _ in range(3)]
    opened = []
    for _ in range(300):
        process = drawn.choice(processes)
        if process.open and drawn.random() < 0.2:
            closed = drawn.choice(process.open)
            process.close(closed)
            opened.remove(closed)
        else:
            opened.append(process.listen(ACCOUNT))
        if drawn.random() < 0.5:
            talk(*processes)
            opened = [each for each in opened if any(each in p.open for p in processes)]
            assert len(opened) <= MOST
    talk(*processes)
    held = {stream for each in processes for stream in each.open}
    assert len(held) <= MOST
    assert set(opened[-MOST:]) >= held
