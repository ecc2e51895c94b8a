"""People, companies and entries for tests, made through the services."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import count
from tempfile import TemporaryFile

from sqlalchemy import insert, select

from jobfair import clock
from jobfair.db.transactions import unlocked_transaction
from jobfair.domain.refusals import Refusal
from jobfair.extensions import db
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.companies.logos import Logo
from jobfair.fields.fair.hall_maps import MapPicture
from jobfair.models import Rehearsal, RehearsalState, Role, Scope, User, WebhookDelivery
from jobfair.ops import backups, editions, uploaded_backups
from jobfair.queries.admin.fair.rehearsals import outcome_as_stored, plan_as_stored
from jobfair.queries.admin.records import past_days
from jobfair.queries.stand import stands
from jobfair.security.hashing import passwords
from jobfair.services.access import accounts, keys, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, queues
from jobfair.simulation.plan import Plan, Stand
from jobfair.simulation.rehearsal import rehearse
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction
from jobfair.web.security.sign_in import tokens

PASSWORD = "correct horse battery"
HALL_MAP = MapPicture("0123456789abcdef", b"map", 800, 600)
LOGO = Logo("0123456789abcdef", b"small", b"large")
"""Of which nobody looks at the picture."""

_numbers = count(1)


@dataclass(frozen=True)
class Person:
    """An account, and how to use it. `student_id` is None for the team,
    and `role` counts for the team alone."""

    user_id: int
    email: str
    student_id: int | None = None
    role: Role = Role.ADMIN

    @property
    def actor(self):
        """The person as the one who acts."""
        if self.student_id is None:
            return actors.member(self.user_id, self.role)
        return actors.student(self.student_id)

    def sign_in(self, client):
        """Sign the client in with cookies, as a browser does."""
        opened = sign_ins.open_for(self.user_id, "test")
        client.set_cookie("jobfair_access", tokens.access(opened.sign_in_id, self.user_id))
        return opened

    def bearer(self):
        """The headers of a program that uses the account."""
        opened = sign_ins.open_for(self.user_id, "test")
        return {"Authorization": f"Bearer {tokens.access(opened.sign_in_id, self.user_id)}"}


def uploaded_backup():
    """The key of a backup of this moment that an organiser has uploaded."""
    with TemporaryFile() as file:
        backups.write(file)
        file.seek(0)
        return uploaded_backups.keep(file)


def edition():
    """The id of a past edition, with the figures of this moment."""
    day = past_days.kept_now()
    with write_transaction(actors.SYSTEM) as work:
        return editions.keep_figures(work, day)


def rehearsal(company="TechCorp"):
    """The id of a rehearsal that is done, of a small fair."""
    plan, outcome = _rehearsed(company)
    return _rehearsal(clock.now(), state=RehearsalState.DONE, plan=plan, outcome=outcome)


def lost_rehearsal():
    """The id of one of which nothing was heard for an hour: it can be cancelled, or the next one
    be begun. There is one at a time."""
    running = select(Rehearsal.id).where(Rehearsal.state == RehearsalState.RUNNING)
    with unlocked_transaction() as connection:
        found = connection.execute(running).scalar()
    plan, _outcome = _rehearsed("TechCorp")
    heard_at = clock.now() - timedelta(hours=1)
    return found or _rehearsal(heard_at, state=RehearsalState.RUNNING, plan=plan)


def _rehearsal(at, **values):
    row = {"asked_at": at, "heard_at": at, "played": 10, "days": 10, **values}
    with unlocked_transaction() as connection:
        new = insert(Rehearsal).values(row).returning(Rehearsal.id)
        return connection.execute(new).scalar_one()


@cache
def _rehearsed(company):
    plan = Plan((Stand(company, length=45.0, wanted=2.0), Stand(company)), students=12, wishes=1)
    outcome = rehearse(plan, lambda _played, _days: None)
    return plan_as_stored(plan), outcome_as_stored(outcome)


def student(first_name="Alice", last_name="Martin", **more):
    email = more.pop("email", f"{first_name}.{next(_numbers)}@example.org".lower())
    confirmed = more.pop("confirmed", True)
    new = NewStudent(email, PASSWORD, first_name, last_name, **more)
    password_hash = passwords.hash_password(PASSWORD)
    with write_transaction(actors.SYSTEM) as work:
        account = accounts.insert_student(work, None, new, password_hash, confirmed)
    return Person(account.user_id, email, account.student_id)


def admin(email="admin@example.org"):
    accounts.ensure_admin(email, PASSWORD, issued=False)
    user_id = db.session.execute(select(User.id).where(User.email == email)).scalar_one()
    db.session.close()
    return Person(user_id, email)


def member(role, email=None):
    """Somebody of the team, who never signs in by password."""
    email = email or f"{role}.{next(_numbers)}@example.org"
    with write_transaction(actors.SYSTEM) as work:
        user_id = accounts.insert_user(
            work, email, "no hash", Role(role), issued=False, confirmed=True
        )
    return Person(user_id, email, role=Role(role))


def key(person, *scopes, name="badge printer"):
    """A new key of a person, which may do everything where no scope is said."""
    return keys.make(person.actor, name, scopes or Scope)


def delivery(webhook_id):
    """The id of a try to deliver an event, which found no answer."""
    values = {"change": 1, "place": 0, "event": "interview_started", "at": clock.now()}
    with unlocked_transaction() as connection:
        return connection.execute(
            insert(WebhookDelivery)
            .values(webhook_id=webhook_id, status=None, answer="zz", again=False, **values)
            .returning(WebhookDelivery.id)
        ).scalar_one()


def company(name="TechCorp", **more):
    """A company's id."""
    return companies.create(actors.SYSTEM, NewCompany(name, **more))


def entry(person, company_id):
    """The id of a new entry: the person joins the company's queue."""
    return queues.join(person.actor, company_id).id


def interview(person, company_id):
    """The id of an entry whose interview runs; the company must have a slot free."""
    entry_id = entry(person, company_id)
    assert not isinstance(interviews.start(person.actor, entry_id), Refusal)
    return entry_id


def token(company_id):
    """The secret in a company's link."""
    return stands.token_of(company_id)
