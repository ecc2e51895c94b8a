"""The security log is bounded, and nobody who guesses drives out what its account wants to see."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from jobfair import clock
from jobfair.extensions import db
from jobfair.models import Outcome, SecurityLogRow
from jobfair.ops import purge, retention_job
from jobfair.queries.access import security_log as shown
from jobfair.services.access import security_log, sign_ins
from jobfair.services.access.security_log import Visit
from jobfair.services.students import students

HERE = Visit("0123456789abcdef", "Firefox, Android")
ELSEWHERE = Visit("fedcba9876543210", "Chrome, Windows")


def rows(user_id):
    with db.engine.connect() as connection:
        same = SecurityLogRow.user_id == user_id
        query = select(func.count(SecurityLogRow.id)).where(same)
        return connection.execute(query).scalar_one()


def outcomes(person):
    return [each.outcome for each in shown.latest(person.user_id, HERE.address)]


def test_guessing_leaves_so_many_rows_and_the_owners_sign_ins_stay(alice, monkeypatch):
    monkeypatch.setattr(security_log, "KEPT_OF_EACH", 3)
    security_log.record(Outcome.SIGNED_IN, HERE, alice.user_id)
    for _ in range(5):
        security_log.record_try(Outcome.WRONG_PASSWORD, ELSEWHERE, alice.email)
    assert outcomes(alice) == [*[Outcome.WRONG_PASSWORD] * 3, Outcome.SIGNED_IN]


def test_addresses_without_an_account_share_so_many(app, alice, monkeypatch):
    monkeypatch.setattr(security_log, "KEPT_OF_UNKNOWN", 4)
    for number in range(7):
        assert security_log.record_try(Outcome.WRONG_PASSWORD, HERE, f"{number}@x.example") is None
    assert rows(None) == 4
    assert outcomes(alice) == []


def test_too_many_tries_from_one_address_are_a_row_a_minute(alice, time):
    for visit in (HERE, HERE, ELSEWHERE):
        found = security_log.record_try(Outcome.TOO_MANY, visit, alice.email)
        assert found == alice.user_id
    assert rows(alice.user_id) == 2
    time.pass_(minutes=2)
    security_log.record_try(Outcome.TOO_MANY, HERE, alice.email)
    assert rows(alice.user_id) == 3


def test_rows_go_after_ninety_days(alice, time):
    security_log.record(Outcome.SIGNED_IN, HERE, alice.user_id)
    time.pass_(days=89)
    retention_job.look()
    assert rows(alice.user_id) == 1
    time.pass_(days=2)
    retention_job.look()
    assert rows(alice.user_id) == 0


def test_they_go_with_their_account_and_with_the_past_fair(admin, alice, bob):
    for person in (alice, bob, admin):
        security_log.record(Outcome.SIGNED_IN, HERE, person.user_id)
    security_log.record_try(Outcome.WRONG_PASSWORD, HERE, "nobody@example.org")
    students.delete(admin.actor, alice.student_id, "Alice Martin")
    assert (rows(alice.user_id), rows(bob.user_id)) == (0, 1)
    purge.purge(everything=False)
    assert (rows(bob.user_id), rows(None), rows(admin.user_id)) == (0, 0, 1)


@pytest.mark.parametrize(
    ("known", "browser", "before", "told"),
    [
        (False, True, None, False),
        (False, True, HERE, True),
        (False, True, ELSEWHERE, True),
        (True, True, HERE, False),
        (False, False, ELSEWHERE, True),
        (False, False, HERE, False),
    ],
    ids=["first ever", "as named", "new browser", "known browser", "new program", "same program"],
)
def test_who_is_told_of_a_new_device(alice, known, browser, before, told):
    if before is not None:
        earlier = sign_ins.open_for(alice.user_id, before.device)
        security_log.record_sign_in(earlier.sign_in_id, alice.user_id, before, False, browser)
    opened = sign_ins.open_for(alice.user_id, HERE.device)
    new = (opened.sign_in_id, alice.user_id, HERE, known, browser)
    assert security_log.record_sign_in(*new) is told
    assert outcomes(alice)[0] is (Outcome.NEW_DEVICE if told else Outcome.SIGNED_IN)


def test_the_reader_sees_what_came_from_their_own_network(alice):
    security_log.record(Outcome.SIGNED_IN, HERE, alice.user_id)
    security_log.record(Outcome.WRONG_OWN, ELSEWHERE, alice.user_id)
    wrong, right = shown.latest(alice.user_id, HERE.address)
    assert (wrong.from_here, right.from_here) == (False, True)
    assert wrong.device == ELSEWHERE.device
    assert clock.now() - wrong.at < timedelta(minutes=1)
