"""An address is proved by the code that is mailed to it; a changed one is proved again."""

from threading import Thread

import pytest
from sqlalchemy import select

from jobfair.domain.refusals import Refusal
from jobfair.extensions import db
from jobfair.models import AddressCode, JournalRow, User
from jobfair.services import mail
from jobfair.services.access import accounts, addresses, invitations, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.services.queues import overrides, queues
from jobfair.services.students import students
from jobfair.unit_of_work.actors import SYSTEM, admin
from jobfair.unit_of_work.transaction import write_transaction
from tests.support import factories
from tests.support.factories import PASSWORD, Person
from tests.support.waiting import wait_until

OVER = Refusal("address_code_over")


@pytest.fixture
def ana(app):
    """Somebody who has just registered."""
    made = accounts.register(NewStudent("ana@example.org", PASSWORD, "Ana", "Lima"))
    return Person(made.user_id, "ana@example.org", made.student_id)


def is_confirmed(person):
    with db.engine.connect() as connection:
        return addresses.is_confirmed(connection, person.student_id)


def tries(person):
    with db.engine.connect() as connection:
        query = select(AddressCode.tries).where(AddressCode.user_id == person.user_id)
        return connection.execute(query).scalar()


def events():
    with db.engine.connect() as connection:
        return list(
            connection.execute(select(JournalRow.kind).order_by(JournalRow.number)).scalars()
        )


def another(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_code_proves_the_address_once(ana):
    assert not is_confirmed(ana)
    issued = addresses.issue_code(ana.actor)
    assert (issued.email, issued.first_name) == ("ana@example.org", "Ana")
    assert issued.code.isdecimal()
    assert len(issued.code) == 6
    assert addresses.confirm(ana.actor, issued.code) is None
    assert is_confirmed(ana)
    assert addresses.confirm(ana.actor, issued.code) is None, "twice is no error"
    assert events().count("address_confirmed") == 1
    assert addresses.issue_code(ana.actor) == Refusal("address_confirmed")


def test_only_a_keyed_digest_is_kept(ana):
    issued = addresses.issue_code(ana.actor)
    with db.engine.connect() as connection:
        assert issued.code not in connection.execute(select(AddressCode.digest)).scalar_one()


def test_five_wrong_tries_and_the_code_is_worth_nothing(ana):
    code = addresses.issue_code(ana.actor).code
    said = [addresses.confirm(ana.actor, another(code)) for _ in range(6)]
    lefts = [Refusal("address_code_wrong", {"left": left}) for left in (4, 3, 2, 1, 0)]
    assert said == [*lefts, OVER]
    assert addresses.confirm(ana.actor, code) == OVER
    assert tries(ana) == 5
    assert not is_confirmed(ana)


def test_of_two_last_tries_at_once_one_counts(app, ana, monkeypatch):
    """Five tries never become six: both wait for the lock, and read what is left only then."""
    code = addresses.issue_code(ana.actor).code
    for _ in range(4):
        addresses.confirm(ana.actor, another(code))
    arrived, said = [], []

    def arriving(actor):
        arrived.append(actor)
        return write_transaction(actor)

    monkeypatch.setattr(addresses, "write_transaction", arriving)

    def tries_once():
        with app.app_context():
            said.append(addresses.confirm(ana.actor, another(code)))

    both = [Thread(target=tries_once) for _ in range(2)]
    with write_transaction(SYSTEM):
        for each in both:
            each.start()
        wait_until(lambda: len(arrived) == 2, "both at the lock")
    for each in both:
        each.join()
    assert sorted(each.code for each in said) == ["address_code_over", "address_code_wrong"]
    assert tries(ana) == 5


def test_after_ten_minutes_it_is_over(ana, time):
    code = addresses.issue_code(ana.actor).code
    time.pass_(minutes=9, seconds=59)
    assert addresses.confirm(ana.actor, another(code)).code == "address_code_wrong"
    time.pass_(seconds=1)
    assert addresses.confirm(ana.actor, code) == OVER


def test_a_new_one_each_minute_and_the_last_one_counts(ana, time):
    first = addresses.issue_code(ana.actor).code
    assert addresses.issue_code(ana.actor) == Refusal("address_code_sent")
    for _ in range(5):
        addresses.confirm(ana.actor, another(first))
    time.pass_(minutes=1)
    second = addresses.issue_code(ana.actor).code
    if first != second:
        assert addresses.confirm(ana.actor, first).code == "address_code_wrong"
    assert addresses.confirm(ana.actor, second) is None


def test_a_code_is_worth_nothing_for_somebody_else_or_without_one(ana, alice):
    code = addresses.issue_code(ana.actor).code
    eve = factories.student("Eve", confirmed=False)
    assert addresses.confirm(eve.actor, code) == OVER


def signed_in(person):
    return sign_ins.open_for(person.user_id, "test").sign_in_id


CHANGES = {
    "by the student": lambda ana: accounts.change_address(
        ana.actor, ana.user_id, PASSWORD, signed_in(ana), "new@example.org"
    ),
    "by an organiser": lambda ana: students.edit(
        admin(1), ana.student_id, {"email": "new@example.org"}
    ),
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_changed_address_is_proved_again(ana, how):
    code = addresses.issue_code(ana.actor).code
    addresses.confirm(ana.actor, code)
    link = invitations.invite(SYSTEM, [ana.student_id])[ana.student_id]
    assert not isinstance(CHANGES[how](ana), Refusal)
    assert not is_confirmed(ana)
    assert addresses.confirm(ana.actor, code) == OVER
    assert accounts.check_link(link) == Refusal("link_over"), "mailed to the address before"


def test_a_code_for_the_address_before_does_not_prove_the_new_one(ana):
    code = addresses.issue_code(ana.actor).code
    CHANGES["by an organiser"](ana)
    assert addresses.confirm(ana.actor, code) == OVER


def test_a_new_name_or_the_same_address_proves_nothing_anew(alice):
    students.edit(admin(1), alice.student_id, {"first_name": "Al", "email": " Alice@Example.org"})
    assert is_confirmed(alice)


def test_the_own_address_is_changed_with_the_password(ana):
    wrong = accounts.change_address(
        ana.actor, ana.user_id, "another password", signed_in(ana), "n@example.org"
    )
    assert wrong == Refusal("wrong_password")


WHO_IS_CONFIRMED = {
    "registered": (lambda at: at, False),
    "made by an organiser": (
        lambda at: accounts.create_student(
            admin(1), NewStudent("o@example.org", PASSWORD, "O", "R")
        ),
        True,
    ),
    "came by a personal link": (
        lambda at: (
            accounts.accept_invitation(
                invitations.invite(SYSTEM, [at.student_id])[at.student_id], "a new passphrase"
            )
            and at
        ),
        True,
    ),
    "confirmed at the desk": (
        lambda at: addresses.confirm_for(admin(1), at.student_id) or at,
        True,
    ),
}


@pytest.mark.parametrize("how", WHO_IS_CONFIRMED)
def test_whose_address_counts_as_confirmed(ana, how):
    comes, expected = WHO_IS_CONFIRMED[how]
    assert is_confirmed(comes(ana)) is expected


@pytest.mark.parametrize(
    ("by_mail", "confirmed", "joins"),
    [
        (True, False, False),
        (True, True, True),
        (False, False, True),
        (False, True, True),
    ],
)
def test_who_may_join(techcorp, monkeypatch, by_mail, confirmed, joins):
    monkeypatch.setattr(mail, "is_configured", lambda: by_mail)
    person = factories.student("Ana", confirmed=confirmed)
    outcome = queues.join(person.actor, techcorp)
    assert isinstance(outcome, Refusal) is not joins
    assert joins or outcome == Refusal("address_not_confirmed")


def test_an_organiser_adds_whom_they_see(techcorp, monkeypatch):
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    person = factories.student("Ana", confirmed=False)
    assert not isinstance(overrides.add_entry(admin(1), person.student_id, techcorp), Refusal)


def test_organisers_accounts_need_no_proof(app):
    factories.admin()
    with db.engine.connect() as connection:
        assert connection.execute(select(User.address_confirmed_at)).scalar_one() is not None
