"""What the database refuses by itself: without the lock races are lost, but never booked twice.

Each has its twin, without the constraints too, in which exactly what they forbid comes about.
"""

import pytest
from sqlalchemy import func, select, text

from jobfair.models import NOT_LEFT, RUNNING, Entry
from tests.system.support.clients import at_once
from tests.system.test_races import TRIES, calling, starting


def one_student_is_put_into_two_interviews(fair):
    (student,) = fair.students(1)
    admin = fair.admin()
    address = f"/api/students/admin/students/{student.student_id}/"
    forced = [{"status": "in_interview", "current_company": fair.company()} for _ in range(4)]
    return at_once((admin.other(), calling("PATCH", address, each)) for each in forced)


def two_students_at_two_free_slots(fair):
    company = fair.company(slots=4)
    crowd = fair.students(4)
    return at_once([(each, starting(fair.entry(each, company))) for each in crowd])


def many_join_one_queue(fair):
    company = fair.company()
    return at_once((each, joining(company)) for each in fair.students(8))


def one_student_joins_twice(fair):
    company = fair.company()
    (student,) = fair.students(1)
    return at_once((student.other(), joining(company)) for _ in range(4))


def joining(company):
    return calling("POST", "/api/queues/", {"company": company})


def more_than_once(condition, *columns):
    return select(*columns).where(condition).group_by(*columns).having(func.count() > 1)


TWO_INTERVIEWS = more_than_once(RUNNING, Entry.student_id)
TWO_IN_A_SLOT = more_than_once(RUNNING, Entry.company_id, Entry.slot)
TWO_EQUAL_POSITIONS = more_than_once(Entry.id > 0, Entry.company_id, Entry.position)
TWO_PLACES = more_than_once(NOT_LEFT, Entry.company_id, Entry.student_id)

FORBIDDEN = {
    one_student_is_put_into_two_interviews: TWO_INTERVIEWS,
    two_students_at_two_free_slots: TWO_IN_A_SLOT,
    many_join_one_queue: TWO_EQUAL_POSITIONS,
    one_student_joins_twice: TWO_PLACES,
}

NUMBERS = "CREATE SEQUENCE numbers START 1000 INCREMENT 1000"
"""What tests.system.support.sequenced takes the journal's numbers from."""

CONSTRAINTS = [
    "DROP INDEX uq_entries_one_interview",
    "DROP INDEX uq_entries_slot",
    "DROP INDEX uq_entries_student_once",
    "ALTER TABLE entries DROP CONSTRAINT uq_entries_company_id",
]

REFUSED = ("server_error", "unavailable")


def has_come_about(fair, what):
    with fair.engine.connect() as connection:
        return bool(connection.execute(what).all())


@pytest.fixture(scope="module")
def unlocked(serve):
    """A fair without the lock."""
    return without_lock(serve)


@pytest.fixture(scope="module")
def unconstrained(serve):
    """A fair without the lock and without the constraints."""
    return without_lock(serve, *CONSTRAINTS)


def without_lock(serve, *changes):
    fair = serve("postgresql", app="tests.system.support.sequenced:app")
    with fair.engine.begin() as connection:
        for each in (NUMBERS, *changes):
            connection.execute(text(each))
    return fair


@pytest.mark.parametrize("race", FORBIDDEN, ids=lambda race: race.__name__)
def test_the_constraints_alone_prevent_it(unlocked, race):
    for _ in range(TRIES):
        answers = race(unlocked)
        assert not any(has_come_about(unlocked, each) for each in FORBIDDEN.values())
        assert {each.status for each in answers} <= {200, 201, 400, 500, 503}
        stopped = [each for each in answers if each.status >= 500]
        assert all(each.code in REFUSED and each.data["detail"] for each in stopped)
        if stopped:
            return
    pytest.fail(f"nobody was stopped {TRIES} times: this race proves nothing")


@pytest.mark.parametrize("race", FORBIDDEN, ids=lambda race: race.__name__)
def test_it_comes_about_without_them(unconstrained, race):
    for _ in range(TRIES):
        answers = race(unconstrained)
        if has_come_about(unconstrained, FORBIDDEN[race]):
            assert sum(each.status < 300 for each in answers) > 1
            return
    pytest.fail(f"prevented {TRIES} times without lock and constraints: by what?")
