"""The fair in figures, through JSON."""

from jobfair.services.queues import interviews, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program

DASHBOARD = "/api/admin/dashboard/"


def test_an_empty_fair(client):
    answer = Program(client, factories.admin()).get(DASHBOARD)
    assert answer.status_code == 200
    assert answer.json == {
        "total_students": 0,
        "active_students": 0,
        "students_in_interview": 0,
        "total_companies": 0,
        "recruiting_companies": 0,
        "total_queue_entries": 0,
        "completed_interviews": 0,
    }


def test_a_fair_in_motion(client):
    as_admin = Program(client, factories.admin())
    techcorp = factories.company("TechCorp", slots=2)
    factories.company("Asleep", status="paused")
    people = [factories.student(name) for name in ("Alice", "Bob", "Chloé", "David", "Emma")]
    interviews.complete(actors.company(techcorp), factories.interview(people[0], techcorp))
    factories.interview(people[1], techcorp)
    factories.entry(people[2], techcorp)
    queues.leave(people[3].actor, factories.entry(people[3], techcorp))
    students.set_active(actors.SYSTEM, people[4].student_id, False)
    assert as_admin.get(DASHBOARD).json == {
        "total_students": 5,
        "active_students": 4,
        "students_in_interview": 1,
        "total_companies": 2,
        "recruiting_companies": 1,
        "total_queue_entries": 3,
        "completed_interviews": 1,
    }
