"""Decisions that wait for the lock at the same moment share a transaction, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from jobfair.domain.events import Left
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import StudentStatus
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.feed import hints as feed_hints
from jobfair.feed import journal
from jobfair.models import JournalRow
from jobfair.queries.stand import stands
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.unit_of_work import actors, batching
from jobfair.unit_of_work.idempotency_keys import IdempotentRequest, Repeated
from tests.support import factories
from tests.support.chance import seeded
from tests.support.replaying import replayed, stored
from tests.support.waiting import wait_until


@pytest.fixture
def hints(monkeypatch):
    """The rows that each transaction tells of once it is committed."""
    told = []
    monkeypatch.setattr(feed_hints, "send", lambda _number, written: told.append(list(written)))
    return told


@pytest.fixture
def at_once(app):
    """Have all of these done by threads that wait for the lock together; returns outcomes."""

    def do(*acts):
        waiting = batching._waiting.get()

        def one(act):
            with app.app_context():
                return act()

        with ThreadPoolExecutor(len(acts)) as threads:
            doing = []
            with batching._batch_lock:
                for act in acts:
                    doing.append(threads.submit(one, act))
                    wait_until(lambda: len(waiting) == len(doing), "all wait")
            outcomes = [each.exception(20) or each.result() for each in doing]
        assert not waiting
        return outcomes

    return do


def check_the_journal():
    with db.engine.connect() as connection:
        now, told = stored(connection), replayed(connection)
    assert (now.companies, now.students, now.entries) == (
        told.companies,
        told.students,
        told.entries,
    )


def test_they_are_written_by_one_transaction(at_once, hints):
    company_id = factories.company(slots=2)
    people = [factories.student(name) for name in ("Alice", "Bob", "Carol")]
    hints.clear()
    outcomes = at_once(*(lambda who=who: queues.join(who.actor, company_id) for who in people))
    assert not any(isinstance(each, Refusal) for each in outcomes)
    (written,) = hints
    joined = [row for row in written if row.kind == "joined"]
    assert [row.student_id for row in joined] == [who.student_id for who in people]
    assert [row.change for row in joined] == [row.number for row in joined]
    # The third waits: each was decided on what the one before had left.
    assert [row.student_id for row in stands.called(company_id)] == [
        who.student_id for who in people[:2]
    ]
    check_the_journal()


def test_each_has_its_own_actor_and_answer(at_once, hints):
    company_id = factories.company()
    alice, bob = factories.student("Alice"), factories.student("Bob")
    first, second = factories.entry(alice, company_id), factories.entry(bob, company_id)
    hints.clear()
    started, early, paused = at_once(
        lambda: interviews.start(alice.actor, first),
        lambda: interviews.start(bob.actor, second),
        lambda: presence.change_status(bob.actor, StudentStatus.PAUSED),
    )
    assert len(hints) == 1
    by = {row.kind: row.actor_id for row in hints[0]}
    assert by["interview_started"] == alice.student_id
    assert by["student_status_changed"] == bob.student_id
    assert not isinstance(started, Refusal)
    assert not isinstance(paused, Refusal)
    assert early.code == Code.NO_FREE_SLOT
    check_the_journal()


def test_a_result_is_of_the_moment_of_its_decision(at_once):
    """Somebody who joins and gives up every place at once has joined, at that position."""
    company_id = factories.company(slots=2)
    factories.entry(factories.student("Bob"), company_id)
    alice = factories.student("Alice")
    for position in (2, 3):
        place, left = at_once(
            lambda: queues.join(alice.actor, company_id), lambda: queues.leave_all(alice.actor)
        )
        assert (place.position, place.ahead, place.can_start) == (position, 1, True)
        assert [event.entry_id for event in left.events(Left)] == [place.id]
    check_the_journal()


@pytest.mark.parametrize("address", ["/companies/{}/join", "/api/queues/"])
def test_joining_is_answered_though_the_place_was_left_at_once(app, at_once, address):
    company_id = factories.company()
    alice = factories.student("Alice")
    browser, headers = app.test_client(), alice.bearer()

    def join():
        told = {"json": {"company": company_id}} if "api" in address else {}
        return browser.post(address.format(company_id), headers=headers, **told)

    answer, left = at_once(join, lambda: queues.leave_all(alice.actor))
    assert left.events(Left)
    if "api" in address:
        assert answer.status_code == 201
        assert (answer.json["can_start"], answer.json["ahead_count"]) == (True, 0)
    else:
        assert answer.status_code == 303


def test_how_many_are_ahead_is_counted_with_those_who_left_together(at_once):
    """Twenty wait before Zoe, more than a decision reads; one of them goes just before she asks."""
    company_id = factories.company()
    people = [factories.student(f"Student {n}") for n in range(20)]
    entries = [factories.entry(each, company_id) for each in people]
    zoe = factories.student("Zoe")
    last = factories.entry(zoe, company_id)
    _left, early = at_once(
        lambda: queues.leave(people[3].actor, entries[3]), lambda: interviews.start(zoe.actor, last)
    )
    assert early == Refusal(Code.NOT_YOUR_TURN, {"ahead": 19})


def test_one_that_fails_takes_nobody_along(at_once, hints):
    company_id = factories.company(slots=3)
    people = [factories.student(name) for name in ("Alice", "Bob", "Carol")]
    hints.clear()
    alice, nobody, carol = at_once(
        lambda: queues.join(people[0].actor, company_id),
        lambda: queues.leave(people[1].actor, 4711),
        lambda: queues.join(people[2].actor, company_id),
    )
    assert isinstance(nobody, NotFound)
    assert not isinstance(alice, Refusal | Exception)
    assert not isinstance(carol, Refusal | Exception)
    assert len(hints) == 2
    assert len(stands.called(company_id)) == 2
    check_the_journal()


def test_a_request_that_was_carried_out_before_is_not_done_with_others(at_once):
    company_id = factories.company(slots=3)
    alice, bob = factories.student("Alice"), factories.student("Bob")
    entry_id = factories.entry(alice, company_id)

    def keyed():
        return replace(alice.actor, request=IdempotentRequest("sign-in 1", "a key", "digest"))

    first, again, other = at_once(
        lambda: interviews.start(keyed(), entry_id),
        lambda: queues.leave(keyed(), entry_id),
        lambda: queues.join(bob.actor, company_id),
    )
    # Threads are not let in in the order in which they came.
    assert {isinstance(each, Repeated) for each in (first, again)} == {True, False}
    assert not isinstance(other, Refusal | Exception)
    check_the_journal()


def test_what_may_have_been_committed_is_not_done_again(at_once, monkeypatch):
    """The database went away with the commit: somebody who waits is told, and may look."""
    company_id = factories.company(slots=3)
    people = [factories.student(name) for name in ("Alice", "Bob")]
    begun = []
    real_transaction = batching.write_transaction

    @contextmanager
    def lost_at_the_end(actor):
        begun.append(True)
        with real_transaction(actor) as work:
            yield work
        raise OperationalError("COMMIT", None, Exception("gone"))

    monkeypatch.setattr(batching, "write_transaction", lost_at_the_end)
    outcomes = at_once(*(lambda who=who: queues.join(who.actor, company_id) for who in people))
    assert [type(each) for each in outcomes] == [OperationalError] * 2
    assert len(begun) == 1
    assert len(stands.called(company_id)) == 2


def test_somebody_who_needs_the_whole_fair_goes_alone(at_once, hints):
    company_id = factories.company()
    alice, bob = factories.student("Alice"), factories.student("Bob")
    for who in (alice, bob):
        factories.entry(who, company_id)
    hints.clear()
    order = [row.id for row in stands.stand(company_id).waiting][::-1]
    at_once(
        lambda: presence.change_status(alice.actor, StudentStatus.PAUSED),
        lambda: overrides.reorder(actors.admin(1), company_id, order),
        lambda: presence.change_status(bob.actor, StudentStatus.PAUSED),
    )
    assert len(hints) == 2
    check_the_journal()


@pytest.mark.parametrize("seed", range(4))
def test_a_random_fair_in_groups_is_one_fair(at_once, hints, seed):
    """Whatever waits together: the journal is whole, and the rules make the same fair of it."""
    chance = seeded(seed)
    companies = [factories.company(f"Stand {n}", slots=1 + n % 2) for n in range(4)]
    people = [factories.student(f"Student {n}").student_id for n in range(10)]
    together = 0
    for _ in range(12):
        hints.clear()
        acts = [act(chance, companies, chance.choice(people)) for _ in range(7)]
        outcomes = at_once(*acts)
        assert not [e for e in outcomes if isinstance(e, Exception) and not isinstance(e, NotFound)]
        together += sum(len({row.change for row in written}) > 1 for written in hints)
        check_the_journal()
    assert together > 5


def act(chance, companies, student_id):
    company_id = chance.choice(companies)
    student, company = actors.student(student_id), actors.company(company_id)
    rows = stands.stand(company_id)
    own = [row.id for row in rows.waiting if row.student_id == student_id]
    called = stands.called(company_id)
    return chance.choice(
        [
            lambda: queues.join(student, company_id),
            lambda: queues.join(student, company_id),
            lambda: presence.change_status(student, chance.choice(list(StudentStatus)[:2])),
            *(lambda entry=entry: queues.leave(student, entry) for entry in own),
            *(
                lambda row=row: interviews.start(actors.student(row.student_id), row.id)
                for row in called
            ),
            *(lambda row=row: queues.absent(company, row.id) for row in called[:1]),
            *(lambda row=row: interviews.complete(company, row.id) for row in rows.in_interview),
        ]
    )


def test_what_is_told_is_what_is_read(at_once, hints):
    """A process does not read what it has written: it has to be the same to the last value."""
    chance = seeded(5)
    companies = [factories.company(f"Stand {n}", slots=2) for n in range(3)]
    people = [factories.student(f"Student {n}").student_id for n in range(8)]
    for _ in range(10):
        at_once(*(act(chance, companies, chance.choice(people)) for _ in range(5)))
    told = {row.number: row for written in hints for row in written}
    read = {row.number: row for row in journal.since(min(told) - 1)[1]}
    assert told == read
    with db.engine.connect() as connection:
        kinds = set(connection.execute(select(JournalRow.kind)).scalars())
    assert {"joined", "turn_came", "interview_started", "interview_completed"} <= kinds
