"""Every stream: open to whom the table says, and over within a second of losing the right."""

import time

import pytest

from jobfair.services import actors, companies, sign_ins, students
from tests import factories
from tests.push.listening import soon
from tests.web.who_may import Who, calls, quick_passwords, world

SECONDS = 1.0
DELAY_SECONDS = 0.1


@pytest.fixture
def config():
    """Heartbeats far apart: they look whether a viewer may still look, and would hide a fault."""
    return {"HEARTBEAT_SECONDS": 30.0}


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    quick_passwords(monkeypatch)


def listeners(there, call):
    """Who may listen."""
    return {
        Who.STUDENT: [there.alice],
        Who.USER: [there.alice, there.admin],
        Who.ADMIN: [there.admin],
        Who.LINK: [None],
    }[call.who]


def endings(there, call, person):
    """What takes the right away, by a name."""
    own = there.own
    if call.who is Who.LINK:
        yield lambda: companies.regenerate_token(actors.SYSTEM, own["company_id"])
        yield lambda: companies.delete(actors.SYSTEM, own["company_id"])
        return
    if person is there.alice:
        yield lambda: students.set_active(actors.SYSTEM, person.student_id, False)
        yield lambda: students.edit(
            actors.SYSTEM, person.student_id, {"password": factories.PASSWORD}
        )
        yield lambda: students.delete(actors.SYSTEM, person.student_id, "Alice")
    yield None


def test_every_stream_opens_and_ends_within_a_second_of_losing_the_right(app, listen, monkeypatch):
    opened = []
    open_for = sign_ins.open_for
    monkeypatch.setattr(
        sign_ins, "open_for", lambda *given: opened.append(open_for(*given)) or opened[-1]
    )
    tried = 0
    for call in [each for each in calls(app) if each.streams]:
        for which in range(2):
            for ending in range(4):
                there = world()
                people = listeners(there, call)
                if which >= len(people):
                    continue
                person = people[which]
                ways = list(endings(there, call, person))
                if ending >= len(ways):
                    continue
                stream = listen(there.address(app, call), person)
                assert stream.status == 200, call
                assert stream.next().name == "connection_established"
                lose = ways[ending] or (lambda: sign_ins.end(opened[-1].sign_in_id, 0))
                soon(lambda lose=lose: _within(app, lose), DELAY_SECONDS)
                asked = time.monotonic()
                while stream.next() is not None:
                    assert time.monotonic() - asked < 5, call
                assert time.monotonic() - asked < DELAY_SECONDS + SECONDS, call
                stream.close()
                tried += 1
    assert tried > 25


def _within(app, action):
    with app.app_context():
        return action()
