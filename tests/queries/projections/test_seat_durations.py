"""A worker that has just started counts the lengths of a day of which much is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from jobfair import clock
from jobfair.db.transactions import revision
from jobfair.domain.state import StudentStatus
from jobfair.domain.waiting_time import duration_model
from jobfair.extensions import db
from jobfair.feed import journal
from jobfair.queries.projections.seat_durations import SeatDurations
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.queues import interviews
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories

LENGTHS = (20, 22, 24, 26, 28, 30, 32, 34)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def held_for(company_id, person, minutes):
    with clock.at(NOON):
        entry_id = factories.interview(person, company_id)
    with clock.at(NOON + timedelta(minutes=minutes)):
        interviews.complete(actors.company(company_id), entry_id)
    return entry_id


def deleted_student(company_id, person, _entry_id):
    students.delete(actors.SYSTEM, person.student_id, "Alice")


def undone_and_broken_off(company_id, person, entry_id):
    with clock.at(NOON + timedelta(minutes=10, seconds=30)):
        interviews.undo_completion(actors.company(company_id), entry_id)
    students.force_status(actors.SYSTEM, person.student_id, StudentStatus.AVAILABLE)


def deleted_company(company_id, _person, _entry_id):
    companies.delete(actors.SYSTEM, company_id)


@pytest.mark.parametrize("gone", [deleted_student, undone_and_broken_off, deleted_company])
def test_what_is_gone_is_left_out_and_every_page_is_there(app, gone):
    techcorp, rival = factories.company("TechCorp"), factories.company("Rival")
    alice, bob = factories.student("Alice"), factories.student("Bob")
    gone(techcorp, alice, held_for(techcorp, alice, 10))
    for minutes in LENGTHS:
        held_for(rival, factories.student(), minutes)
    factories.entry(bob, rival)
    journal.forget_derived()
    (place,) = places.dashboard(bob.student_id).waiting
    with db.engine.connect() as connection, clock.at(NOON + timedelta(hours=2)):
        counted = SeatDurations().model_of(connection, rival, place.company.revision)
    seconds = [60.0 * minutes for minutes in LENGTHS]
    assert counted == duration_model(seconds, seconds)
    assert counted is not None


def test_what_was_ended_by_mistake_counts_once_and_whole(app):
    techcorp = factories.company("TechCorp")
    *others, alice = (factories.student() for _ in range(len(LENGTHS) + 1))
    for person, minutes in zip(others, LENGTHS, strict=True):
        held_for(techcorp, person, minutes)
    entry_id = held_for(techcorp, alice, 1)
    held = SeatDurations()
    with db.engine.connect() as connection, clock.at(NOON + timedelta(hours=2)):
        in_between = held.model_of(connection, techcorp, revision())
    with clock.at(NOON + timedelta(minutes=1, seconds=30)):
        interviews.undo_completion(actors.company(techcorp), entry_id)
    with clock.at(NOON + timedelta(minutes=36)):
        interviews.complete(actors.company(techcorp), entry_id)
    seconds = [60.0 * minutes for minutes in (*LENGTHS, 36)]
    for counting in (held, SeatDurations()):
        with db.engine.connect() as connection, clock.at(NOON + timedelta(hours=2)):
            counted = counting.model_of(connection, techcorp, revision())
        assert counted == duration_model(seconds, seconds) != in_between
