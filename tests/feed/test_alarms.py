"""A stream is written again when its time has come, and not before."""

import math

import pytest

from jobfair.feed.alarms import GRID_SECONDS, Alarms
from jobfair.feed.subscriptions import Inbox
from jobfair.feed.viewer import Viewer
from tests.support import chance


def subscription():
    return Inbox(Viewer(group="somebody", topics=(), allowed=lambda: True))


def rung(alarms, now):
    found = []
    while (each := alarms.ringing(now)) is not None:
        found.append(each)
    return found


@pytest.fixture
def alarms():
    return Alarms()


def test_one_rings_once_and_in_time(alarms):
    one = subscription()
    alarms.set(one, 10.1)
    assert rung(alarms, 10.1 - GRID_SECONDS) == []
    assert alarms.next <= 10.1 + GRID_SECONDS
    assert rung(alarms, 10.1 + GRID_SECONDS) == [one]
    assert rung(alarms, 100) == []
    assert alarms.next == math.inf


@pytest.mark.parametrize("moved", [5.0, 20.0, math.inf])
def test_one_that_is_moved_rings_at_its_new_time_alone(alarms, moved):
    one = subscription()
    alarms.set(one, 10.0)
    alarms.set(one, moved)
    rings = [at for at in range(30) if rung(alarms, at)]
    assert rings == ([] if moved == math.inf else [moved])


def test_one_that_is_forgotten_does_not_ring(alarms):
    one = subscription()
    alarms.set(one, 10.0)
    alarms.forget(one)
    assert rung(alarms, 100) == []


def test_many_that_are_moved_about_ring_as_they_were_set_last(alarms):
    draw = chance.seeded()
    last = {}
    for _ in range(2000):
        one = draw.choice(list(last)) if last and draw.random() < 0.8 else subscription()
        last[one] = draw.choice([float(draw.randrange(100)), math.inf])
        alarms.set(one, last[one])
    for now in range(101):
        assert set(rung(alarms, now)) == {one for one, at in last.items() if at == now}


def test_put_off_a_thousand_times_it_takes_no_more_room(alarms):
    one = subscription()
    for at in range(1, 1001):
        alarms.set(one, float(at))
    assert len(alarms._heap) == 1
