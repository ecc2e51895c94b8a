"""The hall at a past moment: what a page of then would have shown, replayed from the journal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.state import CompanyStatus, EntryState, Hall, Phase, StudentStatus
from jobfair.extensions import db
from jobfair.models import Fair, JournalRow
from jobfair.ops import editions, purge
from jobfair.queries.projections import past_halls
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.chance import seeded
from tests.support.replaying import stored

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ALWAYS = NINE - timedelta(days=1), NINE + timedelta(days=1)


def now_stored():
    with read_transaction() as connection:
        return stored(connection)


def a_day(minutes=40):
    """A small fair in which anything happens; the hall as it was stored after each minute."""
    chance, seen = seeded(11), {}
    with clock.at(NINE):
        stands = [factories.company(f"Company {n}", slots=1 + n % 2) for n in range(4)]
        people = [factories.student() for _ in range(9)]
    for minute in range(minutes):
        moment = NINE + MINUTE * minute
        with clock.at(moment + timedelta(seconds=20)):
            for _ in range(4):
                anything(chance, chance.choice(people), chance.choice(stands))
            if minute == 12:
                fair.set_phase(actors.SYSTEM, Phase.CLOSED)
            if minute == 15:
                fair.set_phase(actors.SYSTEM, Phase.OPEN)
            if minute == 20:
                companies.edit(
                    actors.company(stands[0]), stands[0], {"status": CompanyStatus.PAUSED}
                )
            if minute in (18, 25):
                last = now_stored().waiting_at(stands[minute % 4])[-1]
                overrides.move(actors.SYSTEM, last.company_id, last.id, 1)
            if minute == 30:
                students.delete(actors.SYSTEM, people.pop().student_id, "gone")
        seen[moment + timedelta(seconds=30)] = now_stored()
    return stands, seen


def anything(chance, person, company_id):
    hall = now_stored()
    entries = [e for e in hall.entries.values() if e.student_id == person.student_id and e.live]
    running = next((e for e in entries if e.running), None)
    called = next((e for e in entries if e.turn is not None), None)
    if running and chance.random() < 0.6:
        interviews.complete(actors.company(running.company_id), running.id)
    elif called and chance.random() < 0.5:
        interviews.start(person.actor, called.id)
    elif called and chance.random() < 0.3:
        queues.pass_turn(person.actor, called.id)
    elif hall.students[person.student_id].status is StudentStatus.PAUSED:
        presence.change_status(person.actor, StudentStatus.AVAILABLE)
    elif entries and chance.random() < 0.1:
        queues.leave(person.actor, entries[0].id)
    elif len(entries) < 3:
        queues.join(person.actor, company_id)


def of(hall, student_id):
    """A student's entries, but for the order of their queues."""
    return {replace(each, position=0) for each in hall.entries_by(student_id)}


def same(found: Hall, expected: Hall):
    """Equal but for the number: rows that change no hall count too."""
    found.number = expected.number
    assert found == expected


@pytest.fixture(params=[3, 10_000], ids=["many kept", "none kept"])
def _kept_halls(request, monkeypatch):
    monkeypatch.setattr(past_halls, "EVERY", request.param)


@pytest.mark.system
@pytest.mark.usefixtures("_kept_halls")
def test_every_minute_is_as_it_was_stored(app):
    stands, seen = a_day()
    for moment, expected in seen.items():
        same(past_halls.hall_at(moment), expected)
    for company_id in stands:
        for moment, expected in seen.items():
            part = past_halls.queue_at(company_id, moment)
            assert part.companies[company_id] == expected.companies[company_id]
            assert set(part.entries_of(company_id)) == set(expected.entries_of(company_id))
            for entry in part.entries_of(company_id):
                assert of(part, entry.student_id) == of(expected, entry.student_id)


def test_what_comes_meanwhile_is_found_at_the_next_look(app):
    with clock.at(NINE):
        company_id, person = factories.company(), factories.student()
    assert past_halls.hall_at(NINE + MINUTE).entries == {}
    with clock.at(NINE + MINUTE):
        queues.join(person.actor, company_id)
    assert past_halls.hall_at(NINE).entries == {}
    (entry,) = past_halls.hall_at(NINE + MINUTE).entries.values()
    assert (entry.state, entry.company_id) == (EntryState.WAITING, company_id)
    assert past_halls.changes(*ALWAYS) == (NINE, NINE + MINUTE)
    assert past_halls.changes(NINE + MINUTE, NINE + MINUTE) == (NINE + MINUTE, NINE + MINUTE)


def test_before_the_first_row_nothing_is_there(app):
    assert past_halls.changes(*ALWAYS) is None
    with clock.at(NINE):
        factories.company()
    assert past_halls.hall_at(NINE - MINUTE).companies == {}


def test_where_the_clock_was_set_back_what_came_after_counts_as_of_before(app):
    with clock.at(NINE):
        company_id, person = factories.company(), factories.student()
    with clock.at(NINE - timedelta(hours=1)):
        for other in (person, factories.student(), factories.student()):
            queues.join(other.actor, company_id)
    assert past_halls.hall_at(NINE - MINUTE).entries == {}
    assert len(past_halls.hall_at(NINE).entries) == 3


@pytest.mark.parametrize("how", ["purge", "edition"])
def test_the_next_fair_begins_with_the_companies_that_stay(app, how):
    with clock.at(NINE):
        company_id = factories.company("Acme", slots=3)
        queues.join(factories.student().actor, company_id)
        fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    with clock.at(NINE + MINUTE):
        if how == "purge":
            purge.purge(everything=False)
        else:
            editions.close(actors.SYSTEM, [company_id])
    same(past_halls.hall_at(NINE + MINUTE), now_stored())
    with clock.at(NINE + MINUTE * 2):
        fair.set_phase(actors.SYSTEM, Phase.OPEN)
        queues.join(factories.student().actor, company_id)
    hall = past_halls.hall_at(NINE + MINUTE * 2)
    same(hall, now_stored())
    assert hall.companies[company_id].slots == 3
    assert len(hall.entries) == 1


def test_a_journal_that_began_without_its_companies_is_read_all_the_same(app):
    with clock.at(NINE):
        company_id = factories.company("Acme")
        fair.set_phase(actors.SYSTEM, Phase.CLOSED)
        editions.close(actors.SYSTEM, [company_id])
        with db.engine.begin() as connection:
            bare = {"students": 0, "companies": 0}
            purged = JournalRow.kind == "fair_purged"
            connection.execute(update(JournalRow).where(purged).values(data=bare))
        queues.join(factories.student().actor, company_id)
    hall = past_halls.hall_at(NINE)
    assert hall.companies[company_id].name == "Acme"
    assert hall.companies[company_id].waiting == 1


def test_a_fair_that_was_open_before_its_first_row_was_open(app):
    with db.engine.begin() as connection:
        connection.execute(update(Fair).values(phase=Phase.OPEN))
    with clock.at(NINE):
        company_id = factories.company()
        queues.join(factories.student().actor, company_id)
    (entry,) = past_halls.hall_at(NINE).entries.values()
    assert entry.turn is not None
    assert past_halls.hall_at(NINE).phase is Phase.OPEN
