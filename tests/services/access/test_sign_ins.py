"""Sign-ins: opened, renewed, rotated, ended."""

import pytest
from sqlalchemy import event, select, update

from jobfair.domain.refusals import Refusal
from jobfair.extensions import db
from jobfair.models import JournalRow, SignIn, Student
from jobfair.security.hashing import passwords
from jobfair.services.access import sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD


@pytest.fixture
def opened(alice):
    return sign_ins.open_for(alice.user_id, "a phone")


def endings():
    rows = db.session.execute(select(JournalRow).where(JournalRow.kind == "sign_in_ended"))
    return [(row.actor, row.data["sign_in_id"]) for row in rows.scalars()]


def test_somebody_who_knows_the_password_signs_in(alice):
    opened = sign_ins.sign_in(alice.email, PASSWORD, "a phone")
    assert sign_ins.session(opened.sign_in_id).student_id == alice.student_id


@pytest.mark.parametrize("email", ["nobody@example.org", None])
def test_a_wrong_address_and_a_wrong_password_are_the_same(alice, email):
    assert sign_ins.sign_in(email or alice.email, "wrong", "") == Refusal("wrong_credentials")


def test_a_password_is_compared_whether_there_is_an_account_or_not(alice, monkeypatch):
    """Or the time that an answer takes would tell who has one."""
    compared = []
    monkeypatch.setattr(passwords, "verify", lambda hashed, _typed: compared.append(hashed))
    for email in (alice.email, "nobody@example.org"):
        sign_ins.sign_in(email, "wrong", "")
    assert len(compared) == 2


def test_a_sign_in_is_found_by_one_statement(app, opened):
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    sign_ins.session(opened.sign_in_id)
    assert len([each for each in statements if each.startswith("SELECT")]) == 1


def test_a_sign_in_lasts_a_day(time, opened):
    time.pass_(hours=23, minutes=59)
    assert sign_ins.session(opened.sign_in_id)
    time.pass_(minutes=2)
    assert sign_ins.session(opened.sign_in_id) is None


def test_renewing_makes_it_last_another_day(time, opened):
    time.pass_(hours=23)
    assert sign_ins.renew(opened.sign_in_id)
    time.pass_(hours=23)
    assert sign_ins.session(opened.sign_in_id)


def test_renewing_one_prolongs_no_other(time, opened, alice):
    elsewhere = sign_ins.open_for(alice.user_id, "a tablet")
    time.pass_(hours=23)
    assert sign_ins.renew(opened.sign_in_id)
    time.pass_(hours=2)
    assert sign_ins.session(opened.sign_in_id)
    assert sign_ins.session(elsewhere.sign_in_id) is None


def test_however_often_it_is_used_the_password_is_asked_for_again_after_a_week(time, opened):
    refresh_id = opened.refresh_id
    for _ in range(8):
        time.pass_(hours=20)
        assert sign_ins.renew(opened.sign_in_id)
        refresh_id = sign_ins.rotate(opened.sign_in_id, refresh_id).refresh_id
    time.pass_(hours=20)
    assert not sign_ins.renew(opened.sign_in_id)
    assert sign_ins.rotate(opened.sign_in_id, refresh_id) is None
    time.pass_(hours=4)
    assert sign_ins.session(opened.sign_in_id) is None


def test_what_is_over_is_not_renewed(time, opened):
    time.pass_(hours=25)
    assert not sign_ins.renew(opened.sign_in_id)
    assert sign_ins.rotate(opened.sign_in_id, opened.refresh_id) is None
    assert sign_ins.session(opened.sign_in_id) is None


def test_ending_is_recorded_once(opened, alice):
    sign_ins.end(alice.actor, alice.user_id, opened.sign_in_id)
    sign_ins.end(alice.actor, alice.user_id, opened.sign_in_id)
    assert sign_ins.session(opened.sign_in_id) is None
    assert endings() == [("student", opened.sign_in_id)]


def test_nobody_ends_anothers_sign_in(opened):
    stranger = factories.student("Bob")
    sign_ins.end(stranger.actor, stranger.user_id, opened.sign_in_id)
    assert sign_ins.session(opened.sign_in_id)


def test_tokens_rotate(opened):
    second = sign_ins.rotate(opened.sign_in_id, opened.refresh_id)
    third = sign_ins.rotate(opened.sign_in_id, second.refresh_id)
    assert len({opened.refresh_id, second.refresh_id, third.refresh_id}) == 3
    assert sign_ins.session(opened.sign_in_id)


@pytest.mark.parametrize("seconds", [0, 29, -29])
def test_the_token_just_exchanged_gets_the_same_answer_again(time, opened, seconds):
    """An answer was lost, or threads asked at once; the clock may be set back meanwhile."""
    second = sign_ins.rotate(opened.sign_in_id, opened.refresh_id)
    time.pass_(seconds=seconds)
    assert sign_ins.rotate(opened.sign_in_id, opened.refresh_id) == second
    assert sign_ins.rotate(opened.sign_in_id, second.refresh_id).refresh_id != second.refresh_id
    assert endings() == []


def test_a_token_older_than_the_one_just_exchanged_ends_the_sign_in(opened):
    second = sign_ins.rotate(opened.sign_in_id, opened.refresh_id)
    sign_ins.rotate(opened.sign_in_id, second.refresh_id)
    assert sign_ins.rotate(opened.sign_in_id, opened.refresh_id) is None
    assert endings() == [("system", opened.sign_in_id)]


@pytest.mark.parametrize("seconds", [31, -31])
def test_a_replayed_token_ends_the_sign_in_for_thief_and_owner(time, opened, seconds):
    second = sign_ins.rotate(opened.sign_in_id, opened.refresh_id)
    time.pass_(seconds=seconds)
    assert sign_ins.rotate(opened.sign_in_id, opened.refresh_id) is None
    assert sign_ins.rotate(opened.sign_in_id, second.refresh_id) is None
    assert endings() == [("system", opened.sign_in_id)]


def test_a_deactivated_student_is_signed_out(opened, alice):
    students.set_active(actors.admin(1), alice.student_id, False)
    assert sign_ins.session(opened.sign_in_id) is None
    assert sign_ins.sign_in(alice.email, PASSWORD, "") == Refusal("account_inactive")
    assert sign_ins.sign_in(alice.email, "wrong", "") == Refusal("wrong_credentials")


def test_nor_does_a_sign_in_of_theirs_that_nobody_has_ended_count(opened, alice):
    own = Student.id == alice.student_id
    db.session.execute(update(Student).where(own).values(active=False))
    db.session.commit()
    assert sign_ins.session(opened.sign_in_id) is None


def test_a_day_unused_it_is_over_whatever_its_token_says(time, opened):
    time.pass_(hours=23)
    assert sign_ins.session(opened.sign_in_id)
    time.pass_(hours=1, seconds=1)
    assert sign_ins.session(opened.sign_in_id) is None


def test_a_device_is_named_in_what_can_be_printed(alice):
    opened = sign_ins.open_for(alice.user_id, "\x00\tphone" + "x" * 500)
    device = db.session.get(SignIn, opened.sign_in_id).device
    assert (device[:5], len(device)) == ("phone", 200)


def test_a_user_acts_as_the_student_or_the_organiser_that_they_are(app):
    alice, organiser = factories.student(), factories.admin()
    assert sign_ins.actor_of(alice.user_id) == alice.actor
    assert sign_ins.actor_of(organiser.user_id) == actors.admin(organiser.user_id)
