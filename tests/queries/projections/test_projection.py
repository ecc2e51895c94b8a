"""What is counted once a process is right also after the journal was rewritten."""

from dataclasses import asdict

import pytest
from sqlalchemy import delete, select, update

from jobfair import clock
from jobfair.db.transactions import revision
from jobfair.extensions import db
from jobfair.feed import journal
from jobfair.models import Entry, Fair, JournalRow
from jobfair.ops import backups, purge
from jobfair.queries.projections import past_halls
from jobfair.queries.projections.interview_counts import InterviewCounts
from jobfair.queries.projections.interviews import rows_from
from jobfair.queries.projections.past_halls import PastHalls
from jobfair.queries.projections.projection import Projection
from jobfair.queries.projections.seat_durations import SeatDurations
from jobfair.queries.projections.standing_messages import StandingMessages
from jobfair.services.fair import messages
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories

ENOUGH = 8


def counts(projection):
    """The figures of an InterviewCounts by now."""
    with projection.lock:
        projection.catch_up(rows_from)
    return asdict(projection.overall), projection.began, projection.done


def durations(projection):
    """What a SeatDurations knows by now."""
    with db.engine.connect() as connection:
        return projection.model_of(connection, 1, revision())


def standing(projection):
    """The messages that a StandingMessages has."""
    with db.engine.connect() as connection:
        return projection.to_stands(connection, revision(), 0)


def halls(projection):
    """The last row that has changed the hall that a PastHalls replays."""
    with projection.lock:
        projection.catch_up(past_halls.rows_from)
        return projection.number_at(clock.now())


LOOKS = {
    InterviewCounts: counts,
    PastHalls: halls,
    SeatDurations: durations,
    StandingMessages: standing,
}


def something(company_id):
    """What each projection counts: an interview, and a message."""
    entry_id = factories.interview(factories.student(), company_id)
    interviews.complete(actors.company(company_id), entry_id)
    messages.to_everyone(actors.SYSTEM, "Good luck")


def restored(tmp_path):
    """The fair is put back to what it was before its last interviews."""
    path = tmp_path / "backup"
    backups.save(path)
    yield
    backups.restore(path, replace=True)


def purged(_tmp_path):
    """Everybody is removed."""
    yield
    purge.purge(everything=False)


def taken_over(_tmp_path):
    """A database takes over that had not received the last interviews, and others follow."""
    number = revision()
    with db.engine.connect() as connection:
        last = connection.execute(select(Entry.id).order_by(Entry.id.desc())).scalars().first()
    yield
    with db.engine.begin() as connection:
        connection.execute(delete(JournalRow).where(JournalRow.number > number))
        connection.execute(delete(Entry).where(Entry.id > last))
        connection.execute(update(Fair).values(revision=number))
    another = factories.company("Another")
    for _ in range(4):
        something(another)


def test_every_projection_is_looked_at_here():
    assert set(LOOKS) == set(Projection.__subclasses__())


@pytest.mark.parametrize("projection", LOOKS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("rewritten", [restored, purged, taken_over])
def test_a_journal_that_was_rewritten_is_counted_anew(app, tmp_path, projection, rewritten):
    look, company_id = LOOKS[projection], factories.company()
    for _ in range(ENOUGH):
        something(company_id)
    kept, rewriting = projection(), rewritten(tmp_path)
    next(rewriting)
    something(company_id)
    before = look(kept)
    next(rewriting, None)
    assert look(kept) == look(projection()) != before


@pytest.mark.parametrize("projection", LOOKS, ids=lambda each: each.__name__)
def test_each_row_is_counted_once(app, projection, monkeypatch):
    look, company_id, kept = LOOKS[projection], factories.company(), projection()
    numbers, count = [], projection.count
    monkeypatch.setattr(
        projection, "count", lambda self, row: numbers.append(row[0]) or count(self, row)
    )
    for _ in range(3):
        something(company_id)
        look(kept)
        look(kept)
    assert numbers == sorted(set(numbers))
    assert numbers


def test_what_an_app_remembers_of_lost_rows_is_forgotten(app):
    remembered = journal.derived(list)
    remembered.get().append(1)
    journal.forget_derived()
    assert remembered.get() == []
