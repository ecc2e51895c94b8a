"""Personal links: one use, one student, a limited time; the newest only."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobfair.domain.refusals import Refusal
from jobfair.extensions import db
from jobfair.imports import comparing, importing
from jobfair.imports.comparing import ListedStudent
from jobfair.models import Invitation, JournalRow
from jobfair.queries.admin.students import invitations as guests
from jobfair.services.access import accounts, invitations, sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

ADMIN = actors.admin(1)
CHOSEN = "chosen by the student"


@pytest.fixture
def ines(app):
    """The id of a student who was imported and has no password."""
    listed = [ListedStudent("Inès", "Lefèvre", "ines@example.org")]
    promise = comparing.compare_students(listed).promise
    importing.import_students(ADMIN, listed, promise)
    return guests.without_password()[0].student_id


def made(student_id):
    return invitations.invite(ADMIN, [student_id])[student_id]


def signs_in(email, password):
    return not isinstance(sign_ins.sign_in(email, password, "test"), Refusal)


def test_a_link_opens_its_account_once(ines):
    token = made(ines)
    assert accounts.check_link(token).student_id == ines
    assert accounts.check_link(token).email == "ines@example.org"
    user_id = accounts.accept_invitation(token, CHOSEN)
    assert not isinstance(user_id, Refusal)
    assert signs_in("ines@example.org", CHOSEN)
    assert accounts.check_link(token) == Refusal("link_used")
    assert accounts.accept_invitation(token, "another one") == Refusal("link_used")
    assert signs_in("ines@example.org", CHOSEN)


def test_only_a_digest_is_kept(ines):
    token = made(ines)
    assert len(token) == 32
    kept = db.session.scalars(select(Invitation)).one()
    assert kept.digest == guests.digest(token)
    assert token not in str(db.session.execute(select(Invitation.__table__)).all())
    assert token not in str(db.session.execute(select(JournalRow.data)).all())


def test_a_newer_link_ends_the_older(ines):
    old, new = made(ines), made(ines)
    assert accounts.check_link(old) == Refusal("link_over")
    assert accounts.check_link(new).student_id == ines


def test_a_link_lasts_thirty_days(ines, time):
    token = made(ines)
    time.pass_(days=29, hours=23)
    assert accounts.check_link(token).student_id == ines
    time.pass_(hours=1)
    assert accounts.check_link(token) == Refusal("link_over")
    assert accounts.accept_invitation(token, CHOSEN) == Refusal("link_over")
    assert timedelta(days=30) == invitations.LIFETIME


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "A" * 32])
def test_an_unknown_link(ines, token):
    made(ines)
    assert accounts.check_link(token) == Refusal("link_unknown")


def test_a_deactivated_students_link(ines):
    token = made(ines)
    students.set_active(ADMIN, ines, active=False)
    assert accounts.accept_invitation(token, CHOSEN) == Refusal("link_inactive")
    students.set_active(ADMIN, ines, active=True)
    assert accounts.check_link(token).student_id == ines


def test_a_deleted_students_link(ines):
    token = made(ines)
    students.delete(ADMIN, ines, "Inès")
    assert accounts.check_link(token) == Refusal("link_unknown")


def test_somebody_who_lost_their_password_is_signed_out_elsewhere(app):
    alice = factories.student("Alice")
    opened = sign_ins.open_for(alice.user_id, "lost phone")
    token = made(alice.student_id)
    assert sign_ins.session(opened.sign_in_id), "a link by itself changes nothing"
    accounts.accept_invitation(token, CHOSEN)
    assert sign_ins.session(opened.sign_in_id) is None
    assert not signs_in(alice.email, PASSWORD)


def test_a_password_set_otherwise_ends_the_links(ines):
    token = made(ines)
    students.edit(ADMIN, ines, {"password": PASSWORD})
    assert accounts.check_link(token) == Refusal("link_over")


def test_it_is_journalled_who_made_it_and_who_used_it(ines):
    accounts.accept_invitation(made(ines), CHOSEN)
    rows = db.session.execute(
        select(JournalRow.kind, JournalRow.actor, JournalRow.student_id).order_by(JournalRow.number)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("student_created", "admin", ines),
        ("list_imported", "admin", None),
        ("student_invited", "admin", ines),
        ("student_edited", "student", ines),
    ]


def test_who_still_needs_what(ines):
    factories.student("Alice")
    assert [each.invited_at for each in guests.without_password()] == [None]
    token = made(ines)
    page = guests.guests()
    assert (page.total, page.invited, page.uninvited) == (1, 1, 0)
    accounts.accept_invitation(token, CHOSEN)
    assert guests.guests().total == 0


def test_a_student_who_is_no_more_gets_no_link(ines):
    students.delete(ADMIN, ines, "Inès")
    assert invitations.invite(ADMIN, [ines]) == {}
