"""The hall's screen stays right by itself, ends with its link, and tells nothing personal."""

import pytest

from jobfair.domain.state import ScreenNames
from jobfair.services.fair import hall_screen, messages
from jobfair.services.queues import interviews
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.live import test_stream
from tests.live.test_stream import _within
from tests.support import factories
from tests.support.listening import soon


def fragments(stream):
    return spaced(test_stream.fragments(stream))


def spaced(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def token(app):
    return hall_screen.make_link(actors.SYSTEM)


@pytest.fixture
def stream(listen, token, techcorp):
    opened = listen(f"/live/hall/{token}")
    assert opened.next().data == {"groups": ["hall"]}
    fragments(opened)
    return opened


def test_a_call_is_shown_and_taken_away(stream, techcorp):
    alice = factories.student("Alice", "Martin")
    entry_id = factories.entry(alice, techcorp)
    assert "<bdi>Alice M.</bdi>" in fragments(stream)
    interviews.start(alice.actor, entry_id)
    assert "Alice" not in fragments(stream)


def test_it_tells_no_full_name_id_or_address(stream, techcorp):
    alice = factories.student("Alice", "Martin")
    bob = factories.student("Bob", "Durand")
    entry_id = factories.entry(alice, techcorp)
    factories.entry(bob, techcorp)
    interviews.start(alice.actor, entry_id)
    interviews.complete(actors.company(techcorp), entry_id)
    messages.to_everyone(actors.SYSTEM, "A word to those who are there")
    students.edit(actors.SYSTEM, bob.student_id, {"first_name": "Robert"})
    heard = stream.until("heartbeat")
    assert {each.name for each in heard} <= {"", "heartbeat"}
    text = spaced("".join(each.text for each in heard))
    assert "Robert D." in text
    for secret in ("Martin", "Durand", "example.org", "student_id", "queue_id", "entry", "A word"):
        assert secret not in text


def test_choosing_codes_changes_the_open_screen(stream, techcorp):
    factories.entry(factories.student("Alice"), techcorp)
    assert "Alice" in fragments(stream)
    hall_screen.set_names(actors.SYSTEM, ScreenNames.CODES)
    assert "Alice" not in fragments(stream)


@pytest.mark.parametrize("act", [hall_screen.make_link, hall_screen.withdraw_link])
def test_the_open_screen_ends_with_its_link(app, stream, act):
    soon(lambda: _within(app, lambda: act(actors.SYSTEM)))
    assert stream.ends()


def test_other_pages_outlive_the_link_of_the_screen(app, listen, token, techcorp):
    alice = factories.student()
    stream = listen("/live/dashboard", alice)
    fragments(stream)
    hall_screen.make_link(actors.SYSTEM)
    assert stream.until("heartbeat")
