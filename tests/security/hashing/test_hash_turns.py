"""Who waits for a hash, and who is refused."""

import gevent
import pytest
from gevent.event import Event

from jobfair.security.hashing import hash_turns, passwords
from jobfair.security.hashing.fair_queue import FairQueue, Sender
from jobfair.security.hashing.hash_turns import TooManyWait, Turns


class Hashing:
    """Makes hashes for senders, each when it is told to go on; `made` says in which order."""

    def __init__(self, most=None):
        self.turns = Turns(1, FairQueue(most))
        self.made, self.refused = [], []
        self._go_on = Event()

    def ask(self, address, account):
        greenlet = gevent.spawn(self._make, address, account)
        gevent.sleep(0)  # Until it waits for its turn.
        return greenlet

    def finish(self, asking):
        self._go_on.set()
        gevent.joinall(asking, timeout=5, raise_error=True)

    def _make(self, address, account):
        try:
            with self.turns.turn(Sender(address, account)):
                self._go_on.wait()
                self.made.append(account)
        except TooManyWait:
            self.refused.append(account)


def test_who_comes_last_from_elsewhere_does_not_wait_for_a_flood():
    hashing = Hashing()
    asking = [hashing.ask("A", "guesser") for _ in range(40)]
    asking.append(hashing.ask("B", "ann"))
    hashing.finish(asking)
    assert hashing.made.index("ann") == 2  # One was under way, and one of A's was first.
    assert len(hashing.made) == 41


def test_beyond_so_many_the_flood_is_refused_and_not_who_comes_from_elsewhere():
    hashing = Hashing(most=10)
    asking = [hashing.ask("A", "guesser") for _ in range(40)]
    asking.append(hashing.ask("B", "ann"))
    hashing.finish(asking)
    assert set(hashing.refused) == {"guesser"}
    assert len(hashing.refused) == 30
    assert "ann" in hashing.made


def test_a_request_that_ends_while_it_waits_takes_no_turn_with_it():
    hashing = Hashing()
    first, gone, last = (hashing.ask("A", each) for each in ("ann", "bob", "cem"))
    gone.kill()
    hashing.finish([first, last])
    assert hashing.made == ["ann", "cem"]
    hashing.finish([hashing.ask("A", "dan")])
    assert hashing.made[-1] == "dan"


def test_a_known_device_waits_for_no_stranger(monkeypatch):
    full = Turns(1, FairQueue(0))
    monkeypatch.setattr(hash_turns, "strangers", full)
    context = hash_turns.sender.set(lambda: Sender("A", "bob"))
    try:
        with full.turn(Sender("A", "ann")), pytest.raises(TooManyWait):
            passwords.hash_password("correct horse")
        hash_turns.sender.set(lambda: Sender("A", "bob", known=True))
        with full.turn(Sender("A", "ann")):
            assert passwords.hash_password("correct horse")
    finally:
        hash_turns.sender.reset(context)
