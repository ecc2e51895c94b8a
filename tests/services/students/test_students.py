"""A student whom the organisers make while they are already in an interview."""

import pytest

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.models import JournalRow
from jobfair.queries.stand import stands
from jobfair.services.access.accounts import NewStudent
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD


@pytest.fixture
def new():
    status = StudentStatus.IN_INTERVIEW
    return NewStudent("dan@example.org", PASSWORD, "Dan", "Doe", status=status)


def test_they_are_in_it_from_the_beginning(techcorp, new):
    account = students.create(actors.admin(7), new, techcorp)
    (row,) = stands.stand(techcorp).in_interview
    assert row.student_id == account.student_id
    rows = db.session.query(JournalRow).order_by(JournalRow.number).all()[-3:]
    assert [each.kind for each in rows] == ["student_created", "joined", "interview_started"]
    assert {(each.actor, each.actor_id) for each in rows} == {("admin", 7)}
    # They are made as anybody, and the interview makes them be in it.
    assert rows[0].data["status"] == "available"


def test_who_is_put_into_an_interview_with_other_changes_is_in_it_at_that_company(techcorp):
    alice = factories.student("Alice")
    changes = {"first_name": "Ada", "status": StudentStatus.IN_INTERVIEW, "company_id": techcorp}
    students.edit(actors.admin(7), alice.student_id, changes)
    (row,) = stands.stand(techcorp).in_interview
    assert (row.student_id, row.first_name) == (alice.student_id, "Ada")


def test_where_has_to_be_said_and_nobody_is_made_twice(techcorp, new):
    assert students.create(actors.admin(7), new) == Refusal("company_required")
    students.create(actors.admin(7), new, techcorp)
    assert students.create(actors.admin(7), new, techcorp) == Refusal("email_taken")
    assert len(stands.stand(techcorp).in_interview) == 1
