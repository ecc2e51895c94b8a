"""The team: links in, roles, removal, and the organiser who stays."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from jobfair.catalogue.audit import actor, actor_kind
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.models import Invitation, JournalRow, Role
from jobfair.queries.admin import team as members
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.queries.admin.students.invitations import digest
from jobfair.services.access import accounts, sign_ins, team
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

REFUSED = Refusal("not_allowed")


@pytest.fixture
def organiser(app):
    return factories.admin()


@pytest.fixture
def desk(organiser):
    return factories.member("desk", "desk@example.org")


def roles():
    return {each.email: each.role for each in members.members()}


def test_somebody_is_invited_chooses_a_password_and_has_the_role(organiser):
    invited = team.invite(organiser.actor, "Ann@Example.org", Role.DESK)
    waiting = members.member(invited.user_id)
    assert (waiting.email, waiting.role) == ("ann@example.org", Role.DESK)
    assert not waiting.has_password
    assert waiting.invited_until - waiting.since == team.LIFETIME == timedelta(days=3)
    assert accounts.accept_invitation(invited.token, PASSWORD) == invited.user_id
    opened = sign_ins.sign_in("ann@example.org", PASSWORD, "a tablet")
    assert sign_ins.session(opened.sign_in_id).role is Role.DESK
    there = members.member(invited.user_id)
    assert there.has_password
    assert there.signed_in_at == opened.at
    assert sign_ins.actor_of(invited.user_id) == actors.member(invited.user_id, Role.DESK)


def test_only_a_digest_of_the_link_is_kept(organiser):
    token = team.invite(organiser.actor, "ann@example.org", Role.VIEWER).token
    assert db.session.scalars(select(Invitation)).one().digest == digest(token)
    assert token not in str(db.session.execute(select(JournalRow.data)).all())


def test_a_link_lapses_after_three_days_and_a_new_one_ends_the_old(organiser, time):
    old = team.invite(organiser.actor, "ann@example.org", Role.DESK)
    new = team.invite_again(organiser.actor, old.user_id)
    assert accounts.check_link(old.token) == Refusal("link_over")
    assert accounts.check_link(new.token).email == "ann@example.org"
    time.pass_(days=3)
    assert accounts.check_link(new.token) == Refusal("link_over")
    assert members.member(old.user_id).invited_until is None


def test_an_address_has_one_account(organiser, desk):
    student = factories.student("Alice")
    for email in (student.email, desk.email, organiser.email.upper()):
        assert team.invite(organiser.actor, email, Role.VIEWER) == Refusal("email_taken")
    assert team.invite_again(organiser.actor, desk.user_id) == Refusal("already_member")


def test_who_has_another_role_signs_in_again_with_it(organiser, desk):
    opened = sign_ins.open_for(desk.user_id, "a tablet")
    assert team.change_role(organiser.actor, desk.user_id, Role.DESK) is None
    assert sign_ins.session(opened.sign_in_id) is not None
    assert team.change_role(organiser.actor, desk.user_id, Role.ADMIN) is None
    assert sign_ins.session(opened.sign_in_id) is None
    assert roles()[desk.email] is Role.ADMIN


def test_who_is_removed_is_signed_out_and_may_be_invited_again(organiser, desk):
    opened = sign_ins.open_for(desk.user_id, "a tablet")
    assert team.remove(organiser.actor, desk.user_id) is None
    assert sign_ins.session(opened.sign_in_id) is None
    assert roles() == {organiser.email: Role.ADMIN}
    assert team.invite(organiser.actor, desk.email, Role.VIEWER).user_id != desk.user_id


@pytest.mark.parametrize("role", ["desk", "viewer"])
def test_only_an_organiser_changes_the_team(organiser, desk, role):
    """Also where the request was let in before the role was taken away."""
    lesser = factories.member(role)
    for who in (lesser.actor, actors.admin(lesser.user_id), actors.admin(999)):
        before = roles()
        assert team.invite(who, "new@example.org", Role.ADMIN) == REFUSED
        assert team.invite_again(who, desk.user_id) == REFUSED
        assert team.change_role(who, lesser.user_id, Role.ADMIN) == REFUSED
        assert team.remove(who, organiser.user_id) == REFUSED
        assert roles() == before


def test_nobody_changes_their_own_role(organiser):
    factories.member("admin")
    outcome = team.change_role(organiser.actor, organiser.user_id, Role.VIEWER)
    assert outcome == Refusal("own_role")


def test_the_last_organiser_stays(organiser, desk):
    """An organiser who has not chosen a password yet could not manage the fair."""
    team.invite(organiser.actor, "new@example.org", Role.ADMIN)
    last = Refusal("last_organiser")
    assert team.remove(organiser.actor, organiser.user_id) == last
    assert team.change_role(actors.SYSTEM, organiser.user_id, Role.DESK) == last
    other = factories.member("admin")
    assert team.remove(organiser.actor, organiser.user_id) is None
    assert team.remove(other.actor, other.user_id) == last


def test_of_two_who_remove_each_other_one_stays(organiser):
    """The second was let in while both were organisers; under the lock they are none any more."""
    other = factories.member("admin")
    assert team.remove(organiser.actor, other.user_id) is None
    assert team.remove(other.actor, organiser.user_id) == REFUSED
    assert list(roles()) == [organiser.email]


def test_a_student_is_none_of_the_team(organiser):
    alice = factories.student("Alice")
    with pytest.raises(NotFound):
        team.change_role(organiser.actor, alice.user_id, Role.ADMIN)
    with pytest.raises(NotFound):
        team.remove(organiser.actor, alice.user_id)
    with pytest.raises(NotFound):
        members.member(alice.user_id)


def test_the_log_says_who_in_which_role_also_once_they_are_gone(organiser, desk):
    """And in the role that they had then."""
    alice = factories.student("Alice")
    students.force_status(desk.actor, alice.student_id, "paused")
    team.change_role(organiser.actor, desk.user_id, Role.VIEWER)
    team.remove(organiser.actor, desk.user_id)
    with current_app.test_request_context(headers={"Accept-Language": "en"}):
        (done,) = audit.each(AuditFilter(actors=frozenset({"desk"})))
        assert (str(actor(done)), actor_kind(done)) == ("desk@example.org", "Desk")
