"""Closing an edition keeps its figures and no person; companies go on, with new links."""

import json
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from jobfair import clock
from jobfair.db.transactions import current_phase
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase, StudentStatus
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.models import Company, CompanyLogo, Edition, JournalRow
from jobfair.ops import editions, purge
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.admin.figures.past_editions import as_stored, report_now
from jobfair.queries.admin.figures.told_waits import NONE_TOLD
from jobfair.queries.admin.records import day_again, past_days
from jobfair.queries.stand import stands
from jobfair.services.access import pins, sign_ins
from jobfair.services.companies import companies, logos, notes
from jobfair.services.fair import fair, messages
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import introductions, own_notes
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction
from jobfair.wording.times import local_time
from tests.support import factories

WORDS = ("Zoltan", "Quixwood", "zq@example.org", "talkative", "shy at first", "knotweed")
"""What somebody is called, writes and is told, and nobody else."""


class Past:
    """A fair that was closed: interviews done and running, notes, messages, sign-ins."""

    def __init__(self):
        self.admin = factories.admin()
        self.techcorp = factories.company("TechCorp", stand="A1", sectors="Énergie")
        self.rival = factories.company("Rival", stand="B2")
        self.gone = factories.company("Not again")
        logos.set_logo(actors.SYSTEM, self.techcorp, factories.LOGO)
        pins.set_pin(actors.SYSTEM, self.techcorp, "4711")
        self.zoltan = factories.student("Zoltan", "Quixwood", email="zq@example.org")
        introductions.change(
            self.zoltan.actor,
            {"studies": "knotweed", "sentence": "knotweed", "shows_introduction": True},
        )
        entry = queues.join(self.zoltan.actor, self.techcorp, lambda _waiting: (0, 5)).id
        interviews.start(self.zoltan.actor, entry)
        notes.write(actors.company(self.techcorp), entry, {"text": "talkative"})
        interviews.complete(actors.company(self.techcorp), entry)
        own_notes.write(self.zoltan.actor, self.techcorp, "shy at first")
        messages.to_student(self.admin.actor, self.zoltan.student_id, "Zoltan, come back")
        queues.join(self.zoltan.actor, self.rival)
        sign_ins.open_for(self.zoltan.user_id, "Zoltan's phone")
        fair.set_details(self.admin.actor, {"name": "Forum 2026"})
        fair.set_phase(self.admin.actor, Phase.CLOSED)


@pytest.fixture
def past(app):
    return Past()


def day_of(row):
    """What an edition's row keeps of its day, as text."""
    kept = row._mapping.get("day")
    return zlib.decompress(kept).decode() if isinstance(kept, bytes) else ""


def words_left():
    """Those that any column of any table still holds."""
    with db.engine.connect() as connection:
        rows = [
            repr(tuple(row)) + json.dumps(row._mapping.get("report"), default=str) + day_of(row)
            for table in db.metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    return {word for word in WORDS for row in rows if word in row}


def rows_of(model, *columns):
    with db.engine.connect() as connection:
        return connection.execute(select(*(getattr(model, each) for each in columns))).all()


def test_no_name_address_or_note_is_in_any_table_afterwards(past):
    assert words_left() == set(WORDS)
    editions.close(past.admin.actor, [past.techcorp])
    assert words_left() == set()
    if db.engine.dialect.name == "sqlite":
        assert purge.wipe()
        path = Path(db.engine.url.database)
        for each in path.parent.glob(f"{path.name}*"):
            assert not [word for word in WORDS if word.encode() in each.read_bytes()]


def test_its_report_is_as_it_was_but_for_studies(past):
    before = report_now(local_time.zone())
    edition_id = editions.close(past.admin.actor, [past.techcorp])
    edition, kept = past_editions.edition(edition_id)
    assert edition.name == "Forum 2026"
    assert kept == before
    assert kept.statistics.overall.done == 1
    assert [(each.name, each.figures.done) for each in kept.sectors] == [("Énergie", 1)]
    assert (kept.told.overall.kept, kept.told.overall.untold) == (1, 0)
    assert [bool(each.hours[0]) for each in kept.hours.stands] == [True, False, False]
    # And the next one begins with none.
    assert report_now(local_time.zone()).statistics.overall.done == 0
    assert [each.id for each in past_editions.editions()] == [edition_id]


def test_one_from_before_told_waits_were_kept_has_none(past):
    with write_transaction(actors.SYSTEM) as work:
        edition_id = editions.keep_figures(work, b"")
        report = as_stored(report_now(local_time.zone()))
        del report["told"]
        work.connection.execute(update(Edition).values(report=report))
    _, kept = past_editions.edition(edition_id)
    assert kept.told == NONE_TOLD
    assert kept.statistics == report_now(local_time.zone()).statistics


def test_the_companies_that_are_picked_go_on_with_new_links(past):
    before = dict(tuple(row) for row in rows_of(Company, "name", "token"))
    companies.edit(actors.SYSTEM, past.rival, {"queue_open": False})
    editions.close(past.admin.actor, [past.techcorp, past.rival])
    after = dict(tuple(row) for row in rows_of(Company, "name", "token"))
    assert after.keys() == {"TechCorp", "Rival"}
    assert all(after[name] != before[name] for name in after)
    with pytest.raises(NotFound):
        stands.link(before["TechCorp"])
    kept = stands.link(after["TechCorp"])
    assert (kept.company.stand, kept.pin_hash) == ("A1", None)
    assert set(rows_of(Company, "sectors", "queue_open")) == {("Énergie", True), (None, True)}
    assert len(rows_of(CompanyLogo, "company_id")) == 1
    assert current_phase() is Phase.PREPARING


def test_it_is_recorded_by_whom(past):
    editions.close(past.admin.actor, [past.techcorp])
    told = {row.kind: row for row in rows_of(JournalRow, "kind", "actor_id", "data")}
    assert told.keys() == {"fair_purged", "edition_closed"}
    assert {row.actor_id for row in told.values()} == {past.admin.user_id}
    assert told["edition_closed"].data == {"name": "Forum 2026", "students": 1, "companies": 2}


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.PREPARING])
def test_a_fair_that_is_not_closed_is_not_over(past, phase):
    fair.set_phase(past.admin.actor, phase)
    assert editions.close(past.admin.actor, []) == Refusal("fair_not_closed")
    assert words_left() == set(WORDS)
    assert past_editions.editions() == []


def test_without_any_company_or_interview_it_can_be_closed_too(app):
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    edition_id = editions.close(actors.SYSTEM, [])
    assert past_editions.edition(edition_id)[1].hours.starts == ()
    with db.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(Company)).scalar() == 0


NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def minutes(number):
    return NINE + timedelta(minutes=number)


def test_its_day_is_as_it_was_without_anybody(app):
    with clock.at(NINE):
        fair.set_phase(actors.SYSTEM, Phase.OPEN)
        acme = factories.company("Acme", stand="A1", slots=2)
        people = [factories.student() for _ in range(4)]
        entries = [factories.entry(each, acme) for each in people]
    with clock.at(minutes(1)):
        interviews.start(people[0].actor, entries[0])
    with clock.at(minutes(2)):
        presence.change_status(people[3].actor, StudentStatus.PAUSED)
        queues.pass_turn(people[1].actor, entries[1])
    with clock.at(minutes(5)):
        interviews.complete(actors.company(acme), entries[0])
    with clock.at(minutes(8)):
        companies.delete(actors.SYSTEM, factories.company("Short"))
        fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    before = {at: day_again.day_then(minutes(at + 0.99), acme) for at in range(9)}
    edition_id = editions.close(actors.SYSTEM, [])
    for at, was in before.items():
        kept = past_days.day_then(edition_id, minutes(at + 0.99), acme)
        assert kept.hall == was.hall
        assert kept.board.stand == was.board.stand
        rows = kept.board.inside + kept.board.queue
        expected = was.board.inside + was.board.queue
        assert [each.state for each in rows] == [each.state for each in expected]
        assert {(each.name, each.since) for each in rows} <= {(None, None)}
    assert past_days.day_then(edition_id, NINE - timedelta(minutes=1)).hall.stands == ()
    assert past_days.latest(edition_id) == minutes(8)
    assert (kept.first, kept.last) == (NINE, minutes(8))


def test_nothing_kept_of_a_day_leads_from_one_minute_to_the_next(past):
    edition_id = editions.close(past.admin.actor, [past.techcorp])
    query = select(Edition.day).where(Edition.id == edition_id)
    with db.engine.connect() as connection:
        kept = json.loads(zlib.decompress(connection.execute(query).scalar_one()))
    frames = [frame for *_stand, of_stand in kept["stands"] for frame in of_stand]
    assert frames
    for minute, recruiting, slots, states in frames:
        assert [type(each) for each in (minute, recruiting, slots)] == [int, bool, int]
        assert set(states) <= set("rcwapid")


def test_of_one_from_before_days_were_kept_there_is_none(past):
    edition_id = editions.close(past.admin.actor, [past.techcorp])
    with db.engine.begin() as connection:
        connection.execute(update(Edition).values(day=None))
    assert not past_editions.edition(edition_id)[0].has_day
    with pytest.raises(NotFound):
        past_days.day_then(edition_id, NINE)
