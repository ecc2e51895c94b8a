"""After a purge nobody is left in the database; companies and admins are, and a new fair begins."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobfair.db.transactions import current_phase
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import (
    Company,
    Fair,
    JournalRow,
    Role,
    SignIn,
    User,
)
from jobfair.ops import purge
from jobfair.queries.fair import fair_identity
from jobfair.queries.stand import stands
from jobfair.services.access import sign_ins
from jobfair.services.companies import companies, notes
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors
from tests.support import factories

KEPT = {"companies": 2, "fairs": 1, "journal": 1, "sign_ins": 1, "users": 1}


class Past:
    """A fair that is over: someone done, someone waiting, someone still in an interview."""

    def __init__(self):
        self.admin = factories.admin()
        self.living = sign_ins.open_for(self.admin.user_id, "desk").sign_in_id
        self.over = sign_ins.open_for(self.admin.user_id, "desk").sign_in_id
        sign_ins.end(self.admin.actor, self.admin.user_id, self.over)
        self.techcorp, self.rival = factories.company("TechCorp"), factories.company("Rival")
        self.alice, self.bob = factories.student(), factories.student("Bob")
        interview = factories.interview(self.alice, self.techcorp)
        notes.write(actors.company(self.techcorp), interview, {"text": "to be called back"})
        interviews.complete(actors.company(self.techcorp), interview)
        factories.interview(self.bob, self.rival)
        factories.entry(self.bob, self.techcorp)
        sign_ins.open_for(self.alice.user_id, "phone")


@pytest.fixture
def past(app):
    return Past()


def counts():
    """How many rows each table has; those that have none are left out."""
    with db.engine.connect() as connection:
        found = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in db.metadata.sorted_tables
        }
    return {name: count for name, count in found.items() if count}


def one(query):
    with db.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def test_people_and_what_they_did_are_gone(past):
    before = counts()
    gone = purge.purge(everything=False)
    assert counts() == KEPT
    assert (gone.students, gone.entries, gone.companies) == (2, 3, 0)
    assert gone.sign_ins == before["sign_ins"] - 1
    assert gone.journal_rows == before["journal"]
    assert one(select(User.role)) is Role.ADMIN
    assert one(select(SignIn.id)) == past.living


def test_what_it_would_remove_is_what_it_removes(past):
    for everything in (False, True):
        told = purge.preview(everything)
        assert purge.purge(everything) == told
        assert not purge.preview(everything)


def test_companies_keep_their_links_and_lose_their_queues(past):
    token = factories.token(past.techcorp)
    purge.purge(everything=False)
    assert factories.token(past.techcorp) == token
    stand = stands.stand(past.techcorp)
    assert (stand.company.waiting, stand.company.running) == (0, 0)
    assert (stand.in_interview, stand.waiting, stand.done) == ((), (), ())


def test_companies_go_too_when_everything_goes(past):
    gone = purge.purge(everything=True)
    assert gone.companies == 2
    assert counts() == {name: n for name, n in KEPT.items() if name != "companies"}


def test_it_is_recorded_without_anybodys_name_under_a_new_number(past):
    before = one(select(Fair.revision))
    purge.purge(everything=False)
    with db.engine.connect() as connection:
        row = connection.execute(select(JournalRow.__table__)).one()
        revisions = set(connection.execute(select(Company.revision)).scalars())
    assert (row.number, row.kind) == (before + 1, "fair_purged")
    stands = row.data.pop("stands")
    assert row.data == {"students": 2, "companies": 0}
    assert sorted(each["id"] for each in stands) == sorted([past.techcorp, past.rival])
    assert sorted(row.companies) == sorted([past.techcorp, past.rival])
    assert one(select(Fair.revision)) == before + 1
    assert revisions == {before + 1}


def test_a_new_fair_begins_at_position_one_with_new_ids(past):
    last = one(select(Fair.revision))
    purge.purge(everything=False)
    fair.set_phase(past.admin.actor, Phase.OPEN)
    carol = factories.student("Carol")
    assert carol.student_id > past.bob.student_id
    assert carol.user_id > past.bob.user_id
    entry_id = factories.interview(carol, past.techcorp)
    assert entry_id > last
    assert stands.stand(past.techcorp).in_interview[0].position == 1
    assert not isinstance(interviews.complete(actors.company(past.techcorp), entry_id), Refusal)
    assert not isinstance(queues.join(carol.actor, past.rival), Refusal)


def test_the_next_fair_is_in_preparation_and_its_days_are_not_known(past):
    said = {"name": "Forum", "starts_on": date(2126, 11, 26), "opens": time(9), "closes": time(18)}
    assert fair.set_details(past.admin.actor, said) is None
    fair.set_phase(past.admin.actor, Phase.CLOSED)
    purge.purge(everything=False)
    assert current_phase() is Phase.PREPARING
    now = fair_identity.current()
    assert (now.starts_on, now.ends_on, now.opens, now.closes) == (None,) * 4
    assert now.name == "Forum"
    # Nothing that is left keeps the rest from being changed.
    assert fair.set_details(past.admin.actor, {"name": "Forum 2127"}) is None
    carol = factories.student("Carol")
    entry_id = factories.entry(carol, past.techcorp)
    assert interviews.start(carol.actor, entry_id) == Refusal(
        Code.FAIR_NOT_OPEN, {"phase": Phase.PREPARING}
    )


def test_what_was_removed_is_not_in_the_file_either(past):
    if db.engine.dialect.name != "sqlite":
        assert purge.wipe()
        return
    path = Path(db.engine.url.database)
    held = past.alice.email.encode()
    purge.purge(everything=False)
    assert purge.wipe()
    for each in path.parent.glob(f"{path.name}*"):
        assert held not in each.read_bytes()


def test_how_long_nothing_has_happened(app, time):
    assert purge.quiet_for() is None
    company_id = factories.company()
    time.pass_(days=30)
    assert timedelta(days=30) <= purge.quiet_for() < timedelta(days=30, minutes=1)
    companies.edit(actors.SYSTEM, company_id, {"stand": "A1"})
    assert purge.quiet_for() < timedelta(minutes=1)
