"""A student's sign-in is read once, and after a change of an account again."""

import time as clock

import pytest

from jobfair.feed import hints, hub
from jobfair.services.access import accounts, sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.waiting import wait_until

LOOKS_WITHIN_SECONDS = 1.5
"""The hub looks at the journal each second."""


@pytest.fixture(autouse=True)
def here(app):
    yield hub.current()
    hub.current().stop()


@pytest.fixture
def opened(alice):
    return sign_ins.open_for(alice.user_id, "").sign_in_id


@pytest.fixture
def read(monkeypatch):
    """The sign-ins that the database was asked for."""
    asked, ask = [], sign_ins._read_session
    monkeypatch.setattr(sign_ins, "_read_session", lambda each: asked.append(each) or ask(each))
    return asked


@pytest.fixture
def unheard(monkeypatch):
    """Another process writes, and its hints are lost."""
    monkeypatch.setattr(hints, "send", lambda number, written: None)


def sign_out(alice, opened):
    sign_ins.end(alice.actor, alice.user_id, opened)


def deactivate(alice, _opened):
    students.set_active(actors.admin(1), alice.student_id, False)


def delete(alice, _opened):
    students.delete(actors.admin(1), alice.student_id, "Alice Martin")


def give_a_password(alice, _opened):
    accounts.set_password(actors.admin(1), alice.user_id, "another password")


ENDING = (sign_out, deactivate, delete, give_a_password)


def test_it_is_read_once_for_all_requests(opened, read):
    assert [sign_ins.session(opened) for _ in range(3)] == [sign_ins.session(opened)] * 3
    assert read == [opened]


def test_what_happens_in_queues_leaves_it_alone(alice, opened, read):
    sign_ins.session(opened)
    factories.entry(alice, factories.company())
    sign_ins.session(opened)
    assert read == [opened]


@pytest.mark.parametrize("act", ENDING)
def test_it_is_over_at_once(alice, opened, act):
    assert sign_ins.session(opened)
    act(alice, opened)
    assert sign_ins.session(opened) is None


@pytest.mark.parametrize("act", ENDING)
def test_it_is_over_within_a_second_where_another_process_ends_it(alice, opened, unheard, act):
    assert sign_ins.session(opened)
    act(alice, opened)

    def is_over():
        return sign_ins.session(opened) is None

    wait_until(is_over, "the sign-in is over", LOOKS_WITHIN_SECONDS)


def test_it_says_at_once_what_changed(alice, opened):
    sign_ins.session(opened)
    accounts.edit_student(alice.actor, alice.student_id, {"first_name": "Alicia"})
    assert sign_ins.session(opened).first_name == "Alicia"
    accounts.set_password(alice.actor, alice.user_id, "another password", exclude=opened)
    assert not sign_ins.session(opened).password_to_change


def test_it_is_over_when_its_time_is(time, opened):
    assert sign_ins.session(opened)
    time.pass_(hours=24, seconds=1)
    assert sign_ins.session(opened) is None


def test_where_the_hub_looks_no_more_it_is_read_each_time(alice, opened, unheard, here):
    assert sign_ins.session(opened)
    here.stop()
    here.looked_at = clock.monotonic() - 3 * hub.LOOK_EVERY_SECONDS
    sign_out(alice, opened)
    assert sign_ins.session(opened) is None


def test_one_that_was_read_before_the_change_is_not_kept(alice, opened, monkeypatch):
    ask = sign_ins._read_session

    def ended_meanwhile(sign_in_id):
        found = ask(sign_in_id)
        sign_out(alice, opened)
        return found

    monkeypatch.setattr(sign_ins, "_read_session", ended_meanwhile)
    sign_ins.session(opened)
    monkeypatch.setattr(sign_ins, "_read_session", ask)
    assert sign_ins.session(opened) is None


def test_that_of_the_team_is_read_each_time(read):
    """A second factor that is set up, or a role, need not be in the journal."""
    opened = sign_ins.open_for(factories.admin().user_id, "").sign_in_id
    assert sign_ins.session(opened) == sign_ins.session(opened)
    assert read == [opened, opened]
