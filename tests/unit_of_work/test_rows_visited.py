"""What a transition costs does not depend on how many wait, though nine in ten are greyed.

Counted by what the database itself does: the steps of SQLite's virtual machine, the rows that
PostgreSQL reads.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, islice

import pytest
from sqlalchemy import event, insert, update

from jobfair import clock
from jobfair.domain.decisions.expiry import CallLength
from jobfair.domain.state import EntryState, Presence, StudentStatus
from jobfair.extensions import db
from jobfair.models import (
    Company,
    Entry,
    Fair,
    Role,
    Student,
    User,
)
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.queues import expiry, interviews, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.waiting import wait_until

# Both are longer than the head that is read and shown, or the short one would cost too little.
SHORT, LONG = 60, 10_000
BOUND = 1.2
FIVE = timedelta(minutes=5)

GREYED = [
    {"presence": Presence.PAUSED, "reminded": True},
    {"presence": Presence.IN_INTERVIEW},
    {"presence": Presence.INACTIVE},
    {"presence": Presence.AVAILABLE, "aside": True},
]
STATUS = {
    Presence.PAUSED: StudentStatus.PAUSED,
    Presence.IN_INTERVIEW: StudentStatus.IN_INTERVIEW,
}


class Queues:
    """Two stands with the same students in line at both, the first nine in ten greyed."""

    def __init__(self, length):
        self.new = factories.student("New")
        self.first, self.second = factories.company("First"), factories.company("Second")
        greyed = list(islice(cycle(GREYED), length * 9 // 10))
        kinds = greyed + [{}] * (length - len(greyed))
        first_id = self.new.student_id + 1
        self.students = range(first_id, first_id + length)
        self.called = first_id + len(greyed)
        with db.engine.begin() as connection:
            connection.execute(insert(User), [_user(each) for each in self.students])
            connection.execute(
                insert(Student),
                [_student(each, kind) for each, kind in zip(self.students, kinds, strict=True)],
            )
            for number, company_id in enumerate((self.first, self.second)):
                connection.execute(
                    insert(Entry),
                    [
                        _entry(100_000 * (number + 1) + rank, company_id, student_id, rank, kind)
                        for rank, (student_id, kind) in enumerate(
                            zip(self.students, kinds, strict=True), 1
                        )
                    ],
                )
            connection.execute(update(Company).values(waiting=length, last_position=length))
            connection.execute(update(Fair).values(revision=300_000))
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT setval('students_id_seq', 100000)")
                connection.exec_driver_sql("SELECT setval('users_id_seq', 100000)")
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
                connection.commit()
        # The turn that the head of each queue has by right.
        for company_id in (self.first, self.second):
            companies.edit(actors.SYSTEM, company_id, {"slots": 2})
            companies.edit(actors.SYSTEM, company_id, {"slots": 1})

    def entry(self, student_id):
        """The student's entry at the first stand."""
        return 100_000 + student_id - self.students.start + 1


def _user(number):
    return {
        "id": number,
        "email": f"{number}@example.org",
        "password_hash": "",
        "role": Role.STUDENT,
        "created_at": clock.now(),
    }


def _student(number, kind):
    where = kind.get("presence", Presence.AVAILABLE)
    return {
        "id": number,
        "user_id": number,
        "first_name": "Some",
        "last_name": "Body",
        "status": STATUS.get(where, StudentStatus.AVAILABLE),
        "active": where is not Presence.INACTIVE,
    }


def _entry(entry_id, company_id, student_id, position, kind):
    return {
        "id": entry_id,
        "company_id": company_id,
        "student_id": student_id,
        "position": position,
        "state": EntryState.WAITING,
        "aside": False,
        "presence": Presence.AVAILABLE,
        "reminded": False,
        "created_at": clock.now(),
        **kind,
    }


@dataclass
class Cost:
    """What a block of code made the database do."""

    work: int = 0
    statements: int = 0
    _undo: list[Callable[[], None]] = field(default_factory=list)

    def __enter__(self):
        # Only new connections have the counters.
        db.engine.dispose()
        sqlite = db.engine.dialect.name == "sqlite"
        if sqlite:
            self._on("connect", lambda raw, _: raw.set_progress_handler(self._step, 1))
        else:
            # Of sixty rows it would read all, index or not.
            self._on("connect", lambda raw, _: _set(raw, "enable_seqscan = off"))
            self.work -= _rows_read()
        self._on("before_cursor_execute", self._statement)
        return self

    def _on(self, name, call):
        event.listen(db.engine, name, call)
        self._undo.append(lambda: event.remove(db.engine, name, call))

    def _step(self):
        self.work += 1

    def _statement(self, *_):
        self.statements += 1

    def __exit__(self, *_):
        for undo in self._undo:
            undo()
        db.engine.dispose()
        if db.engine.dialect.name != "sqlite":
            self.work += _rows_read()


def _rows_read():
    """By everybody so far. A session's rows are counted at the latest when it is gone."""
    # Within one transaction PostgreSQL would go on to say who was connected at its first answer.
    autocommit = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection:
        ask = connection.exec_driver_sql
        others = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        wait_until(lambda: ask(others).scalar() == 0, "nobody else is connected")
        read = ask(
            "SELECT coalesce(sum(seq_tup_read), 0) + coalesce(sum(idx_tup_fetch), 0)"
            " FROM pg_stat_user_tables"
        )
        return int(read.scalar())


def _set(raw, setting):
    raw.execute(f"SET {setting}")
    raw.commit()


def join(at):
    queues.join(at.new.actor, at.first)


def start(at):
    interviews.start(actors.student(at.called), at.entry(at.called))


def complete(at):
    interviews.complete(actors.company(at.first), at.entry(at.called))


def pause(at):
    presence.change_status(actors.student(at.called + 1), StudentStatus.PAUSED)


def available(at):
    presence.change_status(actors.student(at.students.start), StudentStatus.AVAILABLE)


def absent(at):
    queues.absent(actors.company(at.first), at.entry(at.students.start))


def come_back(at):
    queues.present(actors.student(at.students.start), at.entry(at.students.start))


def say_coming(at):
    queues.say_coming(actors.student(at.students.start), at.entry(at.students.start))


def nothing_is_due(at):
    expiry.pass_time(clock.now(), clock.now(), CallLength(FIVE))


def calls_run_out(at):
    later = clock.now() + 2 * FIVE
    expiry.pass_time(later, later - FIVE, CallLength(FIVE))


def leave(at):
    queues.leave(actors.student(at.students.start), at.entry(at.students.start))


def stand_pauses(at):
    companies.edit(actors.SYSTEM, at.first, {"status": "paused"})


def stand_resumes(at):
    companies.edit(actors.SYSTEM, at.first, {"status": "recruiting"})


def add_slots(at):
    companies.edit(actors.SYSTEM, at.first, {"slots": 3})


def force_in(at):
    students.force_status(actors.SYSTEM, at.new.student_id, StudentStatus.IN_INTERVIEW, at.second)


def force_out(at):
    students.force_status(actors.SYSTEM, at.new.student_id, StudentStatus.AVAILABLE)


def read_stand(at):
    stands.stand(at.first)


def read_whole_stand(at):
    stands.stand(at.first, stands.ALL)


def read_dashboard(at):
    places.dashboard(at.called)


# In this order, each from where the one before it left off.
ACTS = [
    join,
    start,
    complete,
    pause,
    available,
    absent,
    come_back,
    say_coming,
    nothing_is_due,
    calls_run_out,
    leave,
    stand_pauses,
    stand_resumes,
    add_slots,
    force_in,
    force_out,
    read_stand,
    read_dashboard,
    read_whole_stand,
]
LINEAR = ("read_whole_stand",)
"""Shows that the counting notices."""


def costs(length):
    """What each act costs in queues of this length."""
    at = Queues(length)
    # A line is read once for all who look at it; here it has been.
    found = {}
    for act in ACTS:
        if act is read_dashboard:
            places.dashboard(at.called)
        with Cost() as cost:
            act(at)
        found[act.__name__] = cost
    return found


@pytest.mark.system
def test_ten_thousand_cost_what_sixty_do(app):
    short = costs(SHORT)
    _reset(app)
    long = costs(LONG)
    for name in short:
        assert long[name].statements == short[name].statements, name
        if name in LINEAR:
            assert long[name].work > short[name].work * 50
            continue
        assert long[name].work <= short[name].work * BOUND, (name, short[name], long[name])


def _reset(app):
    app.extensions.pop("jobfair", None)
    with db.engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            if table.name != "fairs":
                connection.execute(table.delete())
        connection.exec_driver_sql("UPDATE fairs SET revision = 0")
