"""A transition is all or nothing: the new state, its journal rows, then the hint."""

from datetime import timedelta
from itertools import groupby
from threading import Event, Thread

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.exc import IntegrityError

from jobfair import clock
from jobfair.domain import events
from jobfair.domain.decisions.expiry import CallLength
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import (
    DoorSign,
    EntryState,
    Phase,
    Presence,
    StudentStatus,
)
from jobfair.extensions import db
from jobfair.feed import hints
from jobfair.models import (
    Company,
    Entry,
    Fair,
    JournalRow,
    Student,
)
from jobfair.services.access import (
    accounts,
    addresses,
    invitations,
    pins,
    sign_ins,
)
from jobfair.services.companies import companies, logos
from jobfair.services.fair import fair, hall_maps, messages, opening_lot
from jobfair.services.queues import (
    door_signs,
    expiry,
    interviews,
    overrides,
    paper_interviews,
    presence,
    queues,
)
from jobfair.services.students import introductions, students
from jobfair.unit_of_work import actors, transaction
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import write_transaction
from tests.support import factories
from tests.support.replaying import everything, replayed, stored

ADMIN = actors.admin(1)


class Floor:
    """Two stands. Alice is in an interview at TechCorp, where Bob, Carol and Dan wait in this
    order; Bob is called at Rival; Carol is paused; Dan was set aside at Rival."""

    def __init__(self):
        self.techcorp = factories.company("TechCorp", stand="A1")
        self.rival = factories.company("Rival")
        names = ("Alice", "Bob", "Carol", "Dan")
        self.alice, self.bob, self.carol, self.dan = map(factories.student, names)
        self.interview = factories.interview(self.alice, self.techcorp)
        self.bobs, self.carols, self.dans = (
            factories.entry(each, self.techcorp) for each in (self.bob, self.carol, self.dan)
        )
        self.aside = factories.entry(self.dan, self.rival)
        queues.absent(actors.company(self.rival), self.aside)
        self.called = factories.entry(self.bob, self.rival)
        presence.change_status(self.carol.actor, StudentStatus.PAUSED)
        self.late = factories.student("Late")


@pytest.fixture
def floor(make_once):
    return make_once(Floor)


def edited(**changes):
    return lambda at: companies.edit(ADMIN, at.techcorp, changes)


def forced(status, company=None):
    return lambda at: students.force_status(
        ADMIN, at.alice.student_id, status, company and getattr(at, company)
    )


def turn_of(entry_id):
    with now() as connection:
        return connection.execute(select(Entry.turn).where(Entry.id == entry_id)).scalar_one()


def minutes_pass(minutes, call_minutes):
    length = None if call_minutes is None else timedelta(minutes=call_minutes)
    long_ago = clock.now() - timedelta(days=1)
    now = clock.now() + timedelta(minutes=minutes)
    return expiry.pass_time(now, long_ago, CallLength(length))


ACTS = {
    "door_sign_put_up": lambda at: door_signs.put_up(
        actors.company(at.techcorp), DoorSign.LATE, None
    ),
    "door_sign_taken_down": lambda at: (
        door_signs.put_up(actors.company(at.techcorp), DoorSign.LATE, None)
        and door_signs.take_down(actors.company(at.techcorp))
    ),
    "introduction_changed": lambda at: introductions.change(at.alice.actor, {"studies": "Data"}),
    "joined": lambda at: queues.join(at.alice.actor, at.rival),
    "left": lambda at: queues.leave_all(at.bob.actor),
    "call_seen": lambda at: queues.see_call(at.bob.actor, at.called, turn_of(at.called)),
    "said_coming": lambda at: queues.say_coming(at.bob.actor, at.called),
    "hold_ended": lambda at: (
        queues.say_coming(at.bob.actor, at.called) and minutes_pass(3, call_minutes=None)
    ),
    "hold_given_up": lambda at: (
        interviews.complete(actors.company(at.techcorp), at.interview)
        and queues.say_coming(at.bob.actor, at.called)
        and queues.say_coming(at.bob.actor, at.bobs)
    ),
    "set_aside": lambda at: queues.pass_turn(at.bob.actor, at.called),
    "came_back": lambda at: queues.present(at.dan.actor, at.aside),
    "interview_started": lambda at: interviews.start(at.bob.actor, at.called),
    "start_undone": lambda at: interviews.undo_start(at.alice.actor, at.interview),
    "interview_completed": lambda at: interviews.complete(
        actors.company(at.techcorp), at.interview
    ),
    "completion_undone": lambda at: (
        interviews.complete(actors.company(at.techcorp), at.interview)
        and interviews.undo_completion(actors.company(at.techcorp), at.interview)
    ),
    "started at the stand, out of turn": lambda at: (
        interviews.complete(actors.company(at.techcorp), at.interview)
        and interviews.start_at_stand(actors.company(at.techcorp), at.dans, out_of_turn=True)
    ),
    "interview_broken_off": forced(StudentStatus.PAUSED),
    "entry_completed": lambda at: overrides.complete_for(ADMIN, at.dans),
    "paper_interview_entered": lambda at: paper_interviews.enter(
        ADMIN,
        at.techcorp,
        [
            PaperInterview(each, clock.now() - timedelta(minutes=20), clock.now())
            for each in (at.bob.student_id, at.late.student_id, at.dan.student_id)
        ],
    ),
    "turn_came": edited(slots=2),
    "turn_soon": lambda at: queues.join(at.late.actor, at.rival),
    "turn_ended": lambda at: presence.change_status(at.bob.actor, StudentStatus.PAUSED),
    "reminded": lambda at: (
        queues.leave(at.bob.actor, at.bobs)
        and interviews.complete(actors.company(at.techcorp), at.interview)
    ),
    "student_created": lambda at: factories.student("Eve"),
    "student_edited": lambda at: accounts.edit_student(
        at.bob.actor, at.bob.student_id, {"first_name": "Bobby", "last_name": "Tables"}
    ),
    "student_deleted": lambda at: students.delete(ADMIN, at.alice.student_id, "Alice"),
    "student_status_changed": lambda at: students.make_all_available(ADMIN),
    "student_deactivated": lambda at: students.set_active(ADMIN, at.bob.student_id, False),
    "student_reactivated": lambda at: (
        students.set_active(ADMIN, at.bob.student_id, False)
        and students.set_active(ADMIN, at.bob.student_id, True)
    ),
    "company_created": lambda at: factories.company("Third", slots=3, queue_limit=5),
    "company_renamed": edited(name="TechCorp 2"),
    "company_moved": edited(stand="B7"),
    "company_profile_changed": edited(sectors="Data"),
    "company_contact_changed": lambda at: companies.edit(
        ADMIN, at.techcorp, {"contact": "ada@acme.example"}
    ),
    "company_logo_changed": lambda at: logos.set_logo(ADMIN, at.techcorp, factories.LOGO),
    "stand_placed": lambda at: (
        hall_maps.set_map(ADMIN, "", factories.HALL_MAP),
        hall_maps.place(ADMIN, at.techcorp, (3450, 2000)),
    ),
    "company_deleted": lambda at: companies.delete(ADMIN, at.techcorp),
    "company_status_changed": lambda at: companies.pause_all(ADMIN),
    "queue_opened": lambda at: edited(queue_open=False)(at) and edited(queue_open=True)(at),
    "queue_closed": edited(queue_open=False),
    "slots_changed": edited(slots=3),
    "queue_limit_changed": edited(queue_limit=2),
    "reordered": lambda at: overrides.reorder(ADMIN, at.techcorp, [at.dans, at.bobs, at.carols]),
    "token_regenerated": lambda at: companies.regenerate_token(ADMIN, at.techcorp),
    "address_confirmed": lambda at: addresses.confirm_for(
        ADMIN, factories.student("Eve", confirmed=False).student_id
    ),
    "pin_set": lambda at: pins.set_pin(ADMIN, at.techcorp, "4711"),
    "pin_removed": lambda at: [
        pins.set_pin(ADMIN, at.techcorp, "4711"),
        pins.remove_pin(ADMIN, at.techcorp),
    ],
    "phase_changed": lambda at: fair.set_phase(ADMIN, Phase.CLOSED),
    "lot_sealed": lambda at: (
        fair.set_phase(ADMIN, Phase.PREPARING) and opening_lot.set_by_lot(ADMIN, True)
    ),
    "put_into_lot": lambda at: (
        fair.set_phase(ADMIN, Phase.PREPARING) and opening_lot.set_by_lot(ADMIN, True)
    ),
    "lot_lifted": lambda at: (
        fair.set_phase(ADMIN, Phase.PREPARING)
        and opening_lot.set_by_lot(ADMIN, True)
        and opening_lot.set_by_lot(ADMIN, False)
    ),
    "lot_drawn": lambda at: (
        fair.set_phase(ADMIN, Phase.PREPARING)
        and opening_lot.set_by_lot(ADMIN, True)
        and queues.join(at.late.actor, at.rival)
        and fair.set_phase(ADMIN, Phase.OPEN)
    ),
    "places_dealt": lambda at: (
        fair.set_phase(ADMIN, Phase.PREPARING)
        and opening_lot.set_by_lot(ADMIN, True)
        and queues.join(at.late.actor, at.rival)
        and fair.set_phase(ADMIN, Phase.OPEN)
    ),
    "call_length_changed": lambda at: fair.set_call_minutes(ADMIN, None),
    "message_sent": lambda at: messages.to_queue(ADMIN, at.techcorp, "Two minutes late"),
    "student_invited": lambda at: invitations.invite(ADMIN, [at.bob.student_id]),
    "sign_in_ended": lambda at: sign_ins.end(
        at.bob.actor, at.bob.user_id, sign_ins.open_for(at.bob.user_id, "").sign_in_id
    ),
    "inserted at a rank": lambda at: overrides.add_entry(ADMIN, at.alice.student_id, at.rival, 1),
    "removed while running": lambda at: overrides.remove_entry(ADMIN, at.interview),
    "forced into another interview": forced(StudentStatus.IN_INTERVIEW, "rival"),
    "forced from one to the other": lambda at: students.force_status(
        ADMIN, at.bob.student_id, StudentStatus.IN_INTERVIEW, at.techcorp
    ),
    "completed by an admin": lambda at: overrides.complete_for(ADMIN, at.interview),
    "set aside by time": lambda at: minutes_pass(5, call_minutes=5),
    "prepared": lambda at: fair.set_phase(ADMIN, Phase.PREPARING),
}


def now():
    return db.engine.connect()


def in_journal():
    with now() as connection:
        rows = connection.execute(select(JournalRow.__table__).order_by(JournalRow.number))
        return rows.all()


def revision():
    with now() as connection:
        return connection.execute(select(Fair.revision)).scalar_one()


def test_every_kind_of_event_has_its_act():
    # A fair put back or removed as a whole is no transition: test_backups and test_purging. Nor
    # is what is said of its screen, its end, its team, its alerts, what was written, who may
    # sign up, what was done to many at once and lists, which touch no queue: test_audit_trail,
    # test_alerts, test_team, test_many_companies,
    # test_link_mails and test_importing.
    elsewhere = {"fair_restored", "fair_purged", "fair_end_set"}
    elsewhere |= {"screen_link_made", "screen_link_withdrawn", "screen_names_changed"}
    elsewhere |= {"profile_editing_allowed", "profile_editing_ended", "second_factor_removed"}
    elsewhere |= {"fair_details_changed", "fair_zone_changed", "fair_logo_changed"}
    elsewhere |= {"hall_map_changed", "alert_taken", "alert_given_back", "message_withdrawn"}
    elsewhere |= {"new_device", "sign_up_changed", "sign_up_word_changed", "many_changed"}
    elsewhere |= {"list_imported", "import_undone", "backup_taken", "edition_closed"}
    elsewhere |= {"links_mailed", "link_mails_stopped"}
    elsewhere |= {"key_made", "key_withdrawn", "webhook_made", "webhook_secret_changed"}
    elsewhere |= {"webhook_paused", "webhook_resumed", "webhook_removed"}
    elsewhere |= {"webhook_events_changed"}
    elsewhere |= {"links_taken", "member_invited", "member_role_changed", "member_removed"}
    assert set(events._KINDS) - elsewhere <= set(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_what_is_stored_is_what_was_decided(floor, name, monkeypatch):
    before = len(in_journal())
    decided = []
    load = transaction.load
    monkeypatch.setattr(
        transaction, "load", lambda *what: decided.append(load(*what)) or decided[-1]
    )
    ACTS[name](floor)
    with now() as connection:
        hall = stored(connection)
        assert replayed(connection) == hall
    # Those of one transaction after the other: the last has seen what all of them did.
    for things in ("companies", "students", "entries"):
        assert getattr(decided[-1], things).items() <= getattr(hall, things).items()
    rows = in_journal()[before:]
    assert rows
    assert name in {row.kind for row in rows} or name not in events._KINDS
    assert rows[-1].number == revision()
    for _, change in groupby(rows, key=lambda row: row.change):
        check_change(list(change))


def check_change(change):
    """Its rows bear its first row's number; the companies it shows bear its last or a later one."""
    assert {row.change for row in change} == {change[0].number}
    with now() as connection:
        shown = dict(map(tuple, connection.execute(select(Company.id, Company.revision))))
    for company_id in {each for row in change for each in row.companies} & set(shown):
        assert shown[company_id] >= change[-1].number


def test_a_new_order_takes_the_old_positions(floor):
    order = [floor.dans, floor.carols, floor.bobs]
    before = positions(floor.techcorp)
    overrides.reorder(ADMIN, floor.techcorp, order)
    after = positions(floor.techcorp)
    assert sorted(after.values()) == sorted(before.values())
    assert sorted(order, key=after.__getitem__) == order


def positions(company_id):
    own = select(Entry.id, Entry.position).where(
        Entry.company_id == company_id, Entry.state == EntryState.WAITING
    )
    with now() as connection:
        return dict(map(tuple, connection.execute(own)))


def test_deleting_a_company_leaves_its_history(floor):
    companies.delete(ADMIN, floor.techcorp)
    with now() as connection:
        assert (
            connection.execute(select(Entry).where(Entry.company_id == floor.techcorp)).all() == []
        )
        ids = connection.execute(select(Student.company_id)).scalars().all()
    assert set(ids) == {None}
    assert any(row.company_name == "TechCorp" for row in in_journal())


def test_ids_are_not_given_out_again(floor):
    companies.delete(ADMIN, floor.rival)
    assert factories.company("Heir") > floor.rival


# All or nothing


REFUSED = {
    "already joined": lambda at: queues.join(at.alice.actor, at.techcorp),
    "not her turn": lambda at: interviews.start(at.bob.actor, at.bobs),
    "not in an interview": lambda at: interviews.complete(actors.company(at.techcorp), at.bobs),
    "already paused": lambda at: presence.change_status(at.carol.actor, StudentStatus.PAUSED),
    "stale order": lambda at: overrides.reorder(ADMIN, at.techcorp, [at.bobs]),
    "name taken": lambda at: companies.edit(ADMIN, at.rival, {"name": " techCORP ", "stand": "Z"}),
    "e-mail taken": lambda at: students.edit(
        ADMIN, at.bob.student_id, {"email": at.carol.email, "status": StudentStatus.PAUSED}
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_leaves_nothing(floor, name, told):
    with now() as connection:
        before = everything(connection)
    assert isinstance(REFUSED[name](floor), Refusal)
    with now() as connection:
        assert everything(connection) == before
    assert told == []


@pytest.mark.parametrize(
    "name", ["interview_completed", "reordered", "company_deleted", "inserted at a rank"]
)
def test_whichever_statement_fails_nothing_stays(floor, name, told):
    """The n-th statement of the transition is the last that works, for each n."""
    with now() as connection:
        before = everything(connection)
    failures = 0
    while True:
        with Failing(failures) as outcome:
            ACTS[name](floor)
        if not outcome.failed:
            break
        failures += 1
        with now() as connection:
            assert everything(connection) == before
        assert told == []
    assert failures > 5


class Failing:
    """Lets this many statements through, then fails."""

    def __init__(self, statements):
        self._left = statements
        self.failed = False

    def __enter__(self):
        event.listen(db.engine, "before_cursor_execute", self._count)
        return self

    def _count(self, *_):
        if self._left == 0:
            raise Broken
        self._left -= 1

    def __exit__(self, kind, *_):
        event.remove(db.engine, "before_cursor_execute", self._count)
        self.failed = kind is Broken
        return self.failed


class Broken(Exception):
    pass


def test_a_failed_commit_leaves_nothing(floor, told):
    with now() as connection:
        before = everything(connection)

    def fail(connection):
        raise Broken

    event.listen(db.engine, "commit", fail)
    with pytest.raises(Broken):
        interviews.complete(actors.company(floor.techcorp), floor.interview)
    event.remove(db.engine, "commit", fail)
    with now() as connection:
        assert everything(connection) == before
    assert told == []


# The hint


@pytest.fixture
def told(floor, monkeypatch):
    """The hints sent."""
    sent = []
    monkeypatch.setattr(hints, "send", lambda number, _written: sent.append(number))
    return sent


def test_the_hint_goes_out_after_the_commit(floor, monkeypatch):
    seen = []
    monkeypatch.setattr(hints, "send", lambda number, _written: seen.append((number, revision())))
    interviews.complete(actors.company(floor.techcorp), floor.interview)
    assert seen == [(revision(), revision())]


def test_what_changes_nothing_is_not_told(floor, told):
    companies.edit(ADMIN, floor.techcorp, {"slots": 1})
    assert told == []


# One writer at a time, and what the database refuses by itself


def test_a_second_writer_waits_and_sees_what_the_first_did(app, floor):
    inside, seen = Event(), []

    def second():
        with app.app_context():
            inside.wait(5)
            seen.append(
                transact(actors.SYSTEM, LoadSpec(), lambda hall: seen.append(hall.number) or ())
            )

    thread = Thread(target=second)
    thread.start()
    with write_transaction(actors.SYSTEM) as work:
        inside.set()
        thread.join(0.3)
        assert seen == []
        work.carry_out(ADMIN, work.load(LoadSpec()), (events.TokenRegenerated(floor.techcorp),))
        number = work.number
    thread.join(5)
    assert seen[0] == number


def entry_like(entry_id, **changes):
    with now() as connection:
        row = connection.execute(select(Entry.__table__).where(Entry.id == entry_id)).one()
    return {**row._mapping, "id": 10_000, "position": 10_000, "turn": None, **changes}


IMPOSSIBLE = {
    "two entries of one student in one queue": lambda at: insert(Entry).values(entry_like(at.bobs)),
    "two entries at one position": lambda at: insert(Entry).values(
        entry_like(at.bobs, student_id=at.alice.student_id, position=2)
    ),
    "two interviews of one student": lambda at: insert(Entry).values(
        entry_like(at.interview, company_id=at.rival)
    ),
    "two interviews in one slot": lambda at: (
        update(Entry).where(Entry.id == at.bobs).values(state=EntryState.RUNNING, slot=1)
    ),
    "no slots": lambda at: update(Company).values(slots=0),
    "fewer than none waiting": lambda at: update(Company).values(waiting=-1),
    "two companies of one name": lambda at: update(Company).values(name_key="same"),
    "two companies with one link": lambda at: update(Company).values(token="same"),
    "two rows with one number": lambda at: insert(JournalRow).values(
        number=1, change=1, at=clock.now(), kind="x", actor="x", companies=[], data={}
    ),
    "an entry of nobody": lambda at: insert(Entry).values(
        entry_like(at.dans, student_id=999, presence=Presence.AVAILABLE)
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_must_never_be_is_refused_by_the_database(floor, name):
    statement = IMPOSSIBLE[name](floor)
    with db.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(statement)
