"""A password that somebody else has made lapses after three days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobfair.exceptions import RequestCode
from jobfair.extensions import db
from jobfair.models import User
from jobfair.services.access import accounts, invitations, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.services.access.issued_passwords import LIFETIME
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

NEW = NewStudent("ana@example.org", PASSWORD, "Ana", "Lima")
ISSUED = "staple for a while"


@pytest.fixture
def boss(app):
    return factories.admin()


def is_issued(email):
    issued_at = db.session.execute(
        select(User.password_issued_at).where(User.email == email)
    ).scalar_one()
    db.session.rollback()
    return issued_at is not None


def issue(boss, person):
    students.edit(boss.actor, person.student_id, {"password": ISSUED})


def refusal(email, password):
    return getattr(sign_ins.sign_in(email, password, "test"), "code", None)


def test_who_makes_a_password_decides_whether_it_is_an_issued_one(app, boss, alice):
    accounts.register(NEW)
    assert not is_issued(NEW.email)
    students.create(boss.actor, NewStudent("bea@example.org", PASSWORD, "Bea", "Lima"))
    assert is_issued("bea@example.org")
    issue(boss, alice)
    assert is_issued(alice.email)
    own = sign_ins.open_for(alice.user_id, "test")
    accounts.change_password(alice.actor, alice.user_id, ISSUED, PASSWORD, own.sign_in_id)
    assert not is_issued(alice.email)


def test_an_organisers_own_is_not_and_one_from_the_command_line_is(boss):
    accounts.set_password(boss.actor, boss.user_id, ISSUED)
    assert not is_issued(boss.email)
    accounts.set_password(actors.SYSTEM, boss.user_id, ISSUED)
    assert is_issued(boss.email)


def test_a_personal_link_ends_an_issued_one(boss, alice):
    issue(boss, alice)
    token = invitations.invite(boss.actor, [alice.student_id])[alice.student_id]
    accounts.accept_invitation(token, PASSWORD)
    assert not is_issued(alice.email)


def test_it_lapses_after_three_days_and_only_who_knows_it_is_told(time, boss, alice):
    issue(boss, alice)
    time.pass_(seconds=(LIFETIME - timedelta(seconds=1)).total_seconds())
    assert refusal(alice.email, ISSUED) is None
    time.pass_(seconds=1)
    assert refusal(alice.email, ISSUED) is RequestCode.PASSWORD_LAPSED
    assert refusal(alice.email, "a guess at it") is RequestCode.WRONG_CREDENTIALS
    assert refusal("nobody@example.org", ISSUED) is RequestCode.WRONG_CREDENTIALS


def test_ones_own_never_lapses(time, alice):
    time.pass_(days=300)
    assert refusal(alice.email, PASSWORD) is None


def test_one_that_has_lapsed_is_not_changed_by_a_sign_in_from_before(time, boss, alice):
    issue(boss, alice)
    own = sign_ins.sign_in(alice.email, ISSUED, "test").sign_in_id
    time.pass_(days=3)
    for current, code in (
        ("a guess at it", RequestCode.WRONG_PASSWORD),
        (ISSUED, RequestCode.PASSWORD_LAPSED),
    ):
        refused = accounts.change_password(alice.actor, alice.user_id, current, PASSWORD, own)
        assert refused.code is code
    assert is_issued(alice.email)


def test_it_is_not_changed_into_itself(boss, alice):
    issue(boss, alice)
    own = sign_ins.open_for(alice.user_id, "test").sign_in_id
    refused = accounts.change_password(alice.actor, alice.user_id, ISSUED, ISSUED, own)
    assert refused.code is RequestCode.PASSWORD_UNCHANGED
    assert is_issued(alice.email)
