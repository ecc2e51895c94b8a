"""Accounts and their passwords."""

import pytest
from sqlalchemy import select

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.models import (
    Fair,
    JournalRow,
    Role,
    Student,
    User,
)
from jobfair.services.access import accounts, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.services.queues import queues
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

EMAIL_TAKEN = Refusal("email_taken")


def journal():
    rows = db.session.execute(
        select(JournalRow.kind, JournalRow.actor, JournalRow.actor_id, JournalRow.data).order_by(
            JournalRow.number
        )
    ).all()
    db.session.close()
    return [tuple(row) for row in rows]


def can_sign_in(person, password):
    return not isinstance(sign_ins.sign_in(person.email, password, ""), Refusal)


def test_a_student_registers(app, alice):
    user = db.session.get(User, alice.user_id)
    student = db.session.get(Student, alice.student_id)
    assert (user.email, user.role) == ("alice@example.org", Role.STUDENT)
    assert (student.first_name, student.last_name) == ("Alice", "Martin")
    assert (student.status, student.active) == ("available", True)
    assert PASSWORD not in user.password_hash
    assert journal() == [
        (
            "student_created",
            "student",
            alice.student_id,
            {"student_id": alice.student_id, "status": "available"},
        )
    ]


@pytest.mark.parametrize("email", ["alice@example.org", " ALICE@Example.org "])
def test_an_address_has_one_account(app, alice, email):
    assert accounts.register(NewStudent(email, PASSWORD, "Al", "M")) == EMAIL_TAKEN
    assert accounts.ensure_admin(email, PASSWORD, issued=False) is False
    assert len(journal()) == 1


def test_an_admin_makes_a_paused_student(app):
    new = NewStudent("bob@example.org", PASSWORD, "Bob", "D", status="paused")
    account = accounts.create_student(actors.admin(7), new)
    assert db.session.get(Student, account.student_id).status == "paused"
    assert journal()[0][1:3] == ("admin", 7)


def test_an_admin_is_made_once_and_keeps_the_password(app):
    assert accounts.ensure_admin("Boss@example.org", PASSWORD, issued=False) is True
    assert accounts.ensure_admin("boss@example.org", "another password", issued=False) is False
    assert not isinstance(sign_ins.sign_in("boss@example.org", PASSWORD, ""), Refusal)


def test_a_name_is_changed_and_recorded(app, alice):
    accounts.edit_student(
        alice.actor, alice.student_id, {"first_name": "Alix", "last_name": "Martin"}
    )
    assert db.session.get(Student, alice.student_id).first_name == "Alix"
    assert journal()[-1][3] == {
        "student_id": alice.student_id,
        "before": {"first_name": "Alice"},
        "after": {"first_name": "Alix"},
    }


def test_saving_the_same_name_records_nothing(app, alice):
    accounts.edit_student(
        alice.actor, alice.student_id, {"first_name": "Alice", "last_name": "Martin"}
    )
    assert len(journal()) == 1
    assert db.session.get(Fair, 1).revision == 1


def test_a_changed_name_is_shown_to_the_queues_it_stands_in(app, alice):
    company_id = factories.company()
    queues.join(alice.actor, company_id)
    accounts.edit_student(
        alice.actor, alice.student_id, {"first_name": "Alix", "last_name": "Martin"}
    )
    newest = select(JournalRow).order_by(JournalRow.number.desc())
    row = db.session.scalars(newest).first()
    assert (row.kind, row.companies) == ("student_edited", [company_id])


def test_an_address_is_changed_but_not_to_anothers(app, alice):
    bob = factories.student("Bob", email="bob@example.org")
    actor = actors.admin(1)
    edit = {"email": "ALICE@example.org", "first_name": "Robert"}
    assert accounts.edit_student(actor, bob.student_id, edit) == EMAIL_TAKEN
    assert db.session.get(Student, bob.student_id).first_name == "Bob"
    db.session.close()
    accounts.edit_student(actor, bob.student_id, {"email": " Robert@Example.org"})
    assert db.session.get(User, bob.user_id).email == "robert@example.org"


def test_there_is_nobody_to_change(app):
    with pytest.raises(NotFound):
        accounts.edit_student(actors.student(99), 99, {"first_name": "A", "last_name": "B"})
    with pytest.raises(NotFound):
        accounts.set_password(actors.SYSTEM, 99, PASSWORD)


def test_a_new_password_ends_the_other_sign_ins(app, alice):
    here = sign_ins.open_for(alice.user_id, "")
    elsewhere = sign_ins.open_for(alice.user_id, "")
    accounts.change_password(alice.actor, alice.user_id, PASSWORD, "new password", here.sign_in_id)
    assert sign_ins.session(here.sign_in_id)
    assert sign_ins.session(elsewhere.sign_in_id) is None
    assert can_sign_in(alice, "new password")
    assert not can_sign_in(alice, PASSWORD)
    assert journal()[-1][::3] == (
        "sign_in_ended",
        {"sign_in_id": elsewhere.sign_in_id, "user_id": alice.user_id},
    )


def test_the_current_password_is_asked_for(app, alice):
    here = sign_ins.open_for(alice.user_id, "")
    refusal = accounts.change_password(
        alice.actor, alice.user_id, "wrong", "new password", here.sign_in_id
    )
    assert refusal == Refusal("wrong_password")
    assert can_sign_in(alice, PASSWORD)


def test_a_reset_ends_every_sign_in_and_is_recorded_without_the_password(app, alice):
    opened = sign_ins.open_for(alice.user_id, "")
    accounts.set_password(actors.admin(1), alice.user_id, "new password")
    assert sign_ins.session(opened.sign_in_id) is None
    assert [row[0] for row in journal()] == ["student_created", "student_edited", "sign_in_ended"]
    assert "new password" not in str(journal())


def test_a_password_is_the_same_on_every_keyboard(app):
    bob = factories.student("Bob")
    accounts.set_password(actors.SYSTEM, bob.user_id, "caf\u00e9 noir")
    assert can_sign_in(bob, "cafe\u0301 noir")
