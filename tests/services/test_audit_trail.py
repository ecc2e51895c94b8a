"""Each thing that an admin does is written down: who, what, when, before and after. What fails
leaves nothing."""

import inspect
from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import event, select

from jobfair import clock
from jobfair.catalogue.audit import actor, changes, sentence
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase, StudentStatus
from jobfair.extensions import db
from jobfair.models import JournalRow
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.services.access import accounts, invitations, pins
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.students import students
from tests.services.admin_acts import ACTS, BEFORE, NOW, REFUSED, SERVICES, Floor
from tests.support.replaying import everything

OWN_ACCOUNT = {
    "accounts.change_address",
    "accounts.change_password",
    "addresses.confirm",
    "addresses.issue_code",
    "students.delete_own",
}
"""What somebody does with their own account."""


MESSAGES_READ = {"messages.put_away", "messages.put_away_at_stand"}
"""In no log: nobody else sees what somebody has read."""

OF_A_STAND = {"companies.give_letter"}


@pytest.fixture
def floor(make_once):
    with clock.at(BEFORE):
        return make_once(Floor)


def test_every_act_of_an_admin_is_here():
    offered = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in SERVICES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(function).parameters), None) == "actor"
    }
    assert offered - OWN_ACCOUNT - MESSAGES_READ - OF_A_STAND == set(ACTS)


def _said(lines):
    return [(str(sentence(told)), list(map(str, changes(told)))) for told in lines]


@pytest.mark.parametrize("name", ACTS)
def test_who_what_when_before_and_after(floor, name):
    act, expected = ACTS[name]
    newest = _newest()
    with clock.at(NOW):
        outcome = act(floor)
    assert not isinstance(outcome, Refusal)
    with current_app.test_request_context(headers={"Accept-Language": "en"}):
        lines = [told for told in audit.each(AuditFilter()) if told.number > newest]
        assert _said(lines) == expected
        assert {str(actor(told)) for told in lines} == {"org@example.org"}
    assert {told.at for told in lines} == {NOW}
    assert {(told.by, told.by_id) for told in lines} == {("admin", floor.admin.id)}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_fails_leaves_nothing(floor, name):
    before = _everything()

    def fail(connection):
        if writes(connection):
            raise Broken

    event.listen(db.engine, "commit", fail)
    try:
        with pytest.raises(Broken):
            ACTS[name][0](floor)
    finally:
        event.remove(db.engine, "commit", fail)
    assert _everything() == before


def writes(connection):
    """Whether a transaction is one that writes: reads end with a commit too."""
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite":
        return options.get("writes", False)
    return "isolation_level" not in options


class Broken(Exception):
    pass


@pytest.mark.parametrize("name", REFUSED)
def test_an_act_that_is_refused_leaves_nothing(floor, name):
    before = _everything()
    assert isinstance(REFUSED[name](floor), Refusal)
    assert _everything() == before


def test_what_changes_nothing_is_not_written_down(floor):
    newest = _newest()
    companies.edit(floor.admin, floor.techcorp, {"name": "TechCorp", "stand": "A1", "slots": 1})
    students.force_status(floor.admin, floor.carol.student_id, StudentStatus.PAUSED)
    fair.set_phase(floor.admin, Phase.OPEN)
    pins.remove_pin(floor.admin, floor.rival)
    assert _newest() == newest


def test_no_secret_is_written_down(floor):
    token = companies.regenerate_token(floor.admin, floor.rival)
    links = invitations.invite(floor.admin, [floor.bob.student_id])
    accounts.set_password(floor.admin, floor.bob.user_id, "a new passphrase")
    pins.set_pin(floor.admin, floor.rival, "90210735")
    with db.engine.connect() as connection:
        written = repr(connection.execute(select(JournalRow.__table__)).all())
    for secret in (token, *links.values(), "a new passphrase", "90210735", "not a hash"):
        assert secret not in written


def test_the_log_stays_when_its_people_are_gone(floor):
    with clock.at(NOW):
        students.delete(floor.admin, floor.bob.student_id, "Bob Doe")
    with clock.at(NOW + timedelta(minutes=1)):
        companies.delete(floor.admin, floor.techcorp)
    with current_app.test_request_context(headers={"Accept-Language": "en"}):
        said = [words for words, _ in _said(audit.each(AuditFilter()))]
    assert "Bob Doe joined the queue at TechCorp" in said
    assert not any("deleted student" in words or "deleted company" in words for words in said)


def _newest():
    return max((told.number for told in audit.each(AuditFilter(calls=True))), default=0)


def _everything():
    with db.engine.connect() as connection:
        return everything(connection)
