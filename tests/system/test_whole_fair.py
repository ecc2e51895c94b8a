"""A whole fair on pushes alone: it ends with every possible interview held, and hardly later
than an ideal schedule of the same interviews."""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from jobfair.domain.state import EntryState, Phase
from jobfair.queries.stand import stands
from jobfair.services.fair import fair as fairs
from jobfair.unit_of_work import actors
from tests.support.chance import seeded
from tests.support.waiting import wait_until
from tests.system.support.machine import Stopwatch
from tests.system.support.visitors import Stand, Student, Visitor

COMPANIES, STUDENTS = 10, 60
INTERVIEW_SECONDS = 1.0
PATIENCE_SECONDS = 1.0
IDEAL_TIMES = float(os.environ.get("JOBFAIR_TEST_IDEAL_TIMES", "1.15"))
"""Two cores, shared with the seventy who play, just manage: somebody who runs this on a machine
that they know nothing of allows more."""


@dataclass(frozen=True)
class Kind:
    """How a fair goes: who leaves without a word is set aside by the stands.

    `queues` is how many everybody joins, and six times as many interviews does a stand hold.
    """

    set_up: str = "postgresql"
    seed: int = 3
    queues: int = 3
    silent: bool = False
    faults: bool = False
    going_home: float = 0.15


ORDINARY = Kind()
KINDS = {
    "going home": ORDINARY,
    "on SQLite": replace(ORDINARY, set_up="sqlite"),
    "without a word": replace(ORDINARY, silent=True),
    "with Redis and a worker killed": replace(ORDINARY, faults=True),
}
GIVE_UP_SECONDS = 150.0
ATTEMPTS = 2
"""Another program on the machine costs more than is measured: then it is played again."""

RECOVERY_SECONDS = 4.0
"""What the two faults may cost on top."""


class WholeFair:
    def __init__(self, fair, kind, redis):
        chance = seeded(kind.seed)
        self.redis = redis
        self.kind = kind
        self.fair = fair
        with fair.inside():
            fairs.set_phase(actors.SYSTEM, Phase.PREPARING)
        self.companies = [fair.company() for _ in range(COMPANIES)]
        clients = fair.students(STUDENTS)
        self._queue_up(clients, chance)
        most = kind.queues
        leavers = set(chance.sample(range(STUDENTS), round(STUDENTS * kind.going_home)))
        self.students = [
            Student(client, chance.randint(1, most - 1) if n in leavers else None, kind.silent)
            for n, client in enumerate(clients)
        ]
        patience = PATIENCE_SECONDS if kind.silent else None
        self.stands = [
            Stand(fair.stand(each), INTERVIEW_SECONDS, patience) for each in self.companies
        ]
        self.expected = sum(each.home_after or most for each in self.students)

    def _queue_up(self, clients, chance):
        """Everybody wants as many, every company gets as many."""
        wishes = []
        for number, client in enumerate(clients):
            first = number % COMPANIES
            step = 1 + 2 * (number // COMPANIES % 2)
            wishes += [
                (client, self.companies[(first + step * each) % COMPANIES])
                for each in range(self.kind.queues)
            ]
        chance.shuffle(wishes)
        for client, company in wishes:
            self.fair.entry(client, company)

    def play(self):
        """From the opening to the last interview; returns how long that was, in seconds."""
        everybody = [*self.students, *self.stands]
        for each in everybody:
            each.arrive()
        wait_until(lambda: all(each.connected for each in everybody), "everybody is connected")
        assert self.fair.admin().tap("/admin/phase/open").status in (200, 303)
        if self.kind.faults:
            self._faults()
        try:
            # By what they were told: to ask the server meanwhile would take what it plays with.
            done = f"{self.expected} interviews are done"
            wait_until(self._over, done, GIVE_UP_SECONDS, pause=lambda: time.sleep(0.1))  # Seldom.
        finally:
            Visitor.leave(everybody)
        return self._length()

    def _faults(self):
        time.sleep(8)  # Everybody is at it.
        self.redis.stop(signal.SIGKILL)
        time.sleep(4)  # Without Redis.
        os.kill(self.fair.server.workers()[0], signal.SIGKILL)
        time.sleep(4)  # Without Redis, and with a new worker.
        self.redis.start()

    def _over(self):
        if sum(len(each.done) for each in self.students) < self.expected:
            return False
        with self.fair.inside():
            return not any(stands.called(each) for each in self.companies)

    def _length(self):
        """From the opening to when a stand last had something to do, in seconds."""
        rows = self.fair.journal()
        opened = max(row.at for row in rows if row.kind == "phase_changed")
        last = max(row.at for row in rows if row.kind in ("interview_completed", "set_aside"))
        return (last - opened).total_seconds()

    def ideal(self):
        """The least time in which the interviews could be held.

        Interviews of one length at single seats and by people who can be in one place only take
        as long as the busiest of them all is busy, and no longer (König, 1916).
        """
        busy = Counter()
        for row in self.fair.journal():
            if row.kind == "interview_completed":
                busy[row.company_id] += INTERVIEW_SECONDS
                busy["student", row.student_id] += INTERVIEW_SECONDS
            elif row.kind == "set_aside":
                busy[row.company_id] += PATIENCE_SECONDS
        return max(busy.values(), default=STUDENTS * self.kind.queues / COMPANIES)


@pytest.mark.parametrize("name", KINDS)
def test_a_whole_fair(serve, own_redis, name):
    kind = KINDS[name]
    late = RECOVERY_SECONDS if kind.faults else 0
    for _ in range(ATTEMPTS):
        fair = serve(kind.set_up, redis=own_redis)
        whole = WholeFair(fair, kind, own_redis)
        watch = Stopwatch()
        took = whole.play()
        quiet = watch.quiet()
        check_everything_was_held(whole)
        fair.server.stop()
        print(f"{name}: {took:.1f} s, ideal {whole.ideal():.1f} s; others {watch.others():.0%}")
        most = whole.ideal() * IDEAL_TIMES + late
        if took <= most:
            return
        assert not quiet, f"{took:.1f} s, where {most:.1f} s are enough"
    pytest.skip(f"every interview was held, but not timed: {watch.others():.0%} is others' time")


def check_everything_was_held(whole):
    """Nobody who is still there waits for anything."""
    entries = whole.fair.hall().entries.values()
    assert sum(entry.state is EntryState.DONE for entry in entries) == whole.expected
    gone = {each.client.student_id for each in whole.students if each.home_after is not None}
    assert all(entry.student_id in gone for entry in entries if entry.waiting)
