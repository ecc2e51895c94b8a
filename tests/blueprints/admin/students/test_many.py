"""One act on many students: asked with their names, done to those alone, taken back in one."""

import re

import pytest
from flask import current_app
from sqlalchemy import select

from jobfair.domain.events import ManyAct
from jobfair.extensions import db
from jobfair.models import JournalRow, SignIn, Student
from jobfair.queries.admin import roster
from jobfair.queries.fair.messages import notifications
from jobfair.queries.student import places
from jobfair.services.students import many_students, students
from jobfair.unit_of_work import actors
from tests.support import factories

MANY = "/admin/students/many"
ADMIN = actors.admin(1)


@pytest.fixture
def three(app):
    return [factories.student(name) for name in ("Ada", "Bob", "Cy")]


def ask(organiser, act, people):
    chosen = "".join(f"&student={each.student_id}" for each in people)
    return organiser.get(f"{MANY}?act={act}{chosen}")


def send(organiser, act, people, page=None, **more):
    """Carry an act out as the page that asks does; returns the page that says what was done."""
    page = page or ask(organiser, act, people)
    number = re.search(r'name="asked_at" value="(\d+)"', page.text).group(1)
    ids = [each.student_id for each in people]
    answer = organiser.post(MANY, act=act, asked_at=number, student=ids, **more)
    assert answer.status_code == 303, answer.text
    return organiser.follow(answer)


def undo(organiser, page):
    address = re.search(rf'action="({MANY}/\d+/undo)"', page.text).group(1)
    return organiser.follow(organiser.post(address))


def active(people):
    with db.engine.connect() as connection:
        found = dict(connection.execute(select(Student.id, Student.active)).all())
    return [found.get(each.student_id) for each in people]


def waiting(person):
    return len(places.dashboard(person.student_id).waiting)


def signed_in(person):
    with db.engine.connect() as connection:
        own = select(SignIn.id).where(SignIn.user_id == person.user_id, SignIn.ended_at.is_(None))
        return len(connection.execute(own).all())


def test_those_ticked_are_named_and_deactivated_and_nobody_else(organiser, three):
    three[0].bearer()
    page = ask(organiser, "deactivate", three[:2])
    assert "2 students" in page.text
    assert "Ada Martin" in page.text
    assert "Cy Martin" not in page.text
    assert active(three) == [True] * 3
    done = send(organiser, "deactivate", three[:2], page)
    assert "2 students are deactivated" in done.text
    assert active(three) == [False, False, True]
    assert signed_in(three[0]) == 0
    undone = undo(organiser, done)
    assert "2 students are as before" in undone.text
    assert active(three) == [True] * 3


def test_all_of_a_filter_with_exceptions(organiser, three):
    students.set_active(ADMIN, three[0].student_id, False)
    students.set_active(ADMIN, three[2].student_id, False)
    page = organiser.get(f"{MANY}?act=reactivate&all=1&state=deactivated")
    assert "2 students" in page.text
    assert "Bob" not in page.text
    done = send(organiser, "reactivate", three[:1], page)
    assert active(three) == [True, True, False]
    three[0].bearer()
    undo(organiser, done)
    assert active(three) == [False, True, False]
    assert signed_in(three[0]) == 0


def test_whom_a_colleague_changed_meanwhile_is_left_and_named(organiser, three):
    page = ask(organiser, "deactivate", three)
    students.set_active(ADMIN, three[1].student_id, False)
    students.set_active(ADMIN, three[1].student_id, True)
    done = send(organiser, "deactivate", three, page)
    assert "2 students are deactivated" in done.text
    assert "1 was left" in done.text
    assert "Bob Martin" in done.text
    assert active(three) == [False, True, False]
    # The journal knows who it was, and no name that would outlive the account.
    with db.engine.connect() as connection:
        rows = connection.execute(select(JournalRow.data)).scalars()
        assert not [each for each in rows if "Bob" in str(each)]


def test_what_came_since_is_left_by_the_way_back(organiser, three):
    done = send(organiser, "deactivate", three[:2])
    students.set_active(ADMIN, three[0].student_id, True)
    students.set_active(ADMIN, three[0].student_id, False)
    undone = undo(organiser, done)
    assert "1 student is as they were before" in undone.text
    assert "Ada Martin" in undone.text
    assert active(three) == [False, True, True]


def test_out_of_all_queues_but_an_interview_goes_on(organiser, three):
    stands = [factories.company(name) for name in ("TechCorp", "Rival")]
    factories.interview(three[0], stands[0])
    factories.entry(three[0], stands[1])
    for stand in stands:
        factories.entry(three[1], stand)
    page = ask(organiser, "take_out", three)
    assert "3 places in queues" in page.text
    assert "1 of them is in an interview now: Ada Martin (TechCorp)" in page.text
    done = send(organiser, "take_out", three, page)
    assert "3 places in queues are given up" in done.text
    assert "1 was so already" in done.text
    assert "/undo" not in done.text
    assert [waiting(each) for each in three] == [0, 0, 0]
    assert roster.student(three[0].student_id).company == (stands[0], "TechCorp")


def test_a_message_reaches_each_and_is_taken_back(organiser, three):
    done = send(organiser, "write", three[:2], text="Come to the desk")
    assert "Message sent to 2 students" in done.text
    assert [heard(each) for each in three] == [1, 1, 0]
    assert "2 messages taken back" in undo(organiser, done).text
    assert [heard(each) for each in three] == [0, 0, 0]


def heard(person):
    with current_app.test_request_context():
        return sum("Come to the desk" in str(each) for each in notifications(person.student_id))


def test_removal_asks_with_who_is_in_an_interview_and_frees_the_seat(organiser, three, techcorp):
    factories.interview(three[0], techcorp)
    factories.entry(three[2], techcorp)
    page = ask(organiser, "remove", three[:2])
    assert "1 of them is in an interview now: Ada Martin (TechCorp)" in page.text
    assert "This cannot be undone." in page.text
    done = send(organiser, "remove", three[:2], page)
    assert "2 accounts are removed" in done.text
    assert active(three) == [None, None, True]
    assert places.dashboard(three[2].student_id).turns


def test_somebody_who_begins_an_interview_meanwhile_is_not_removed(organiser, three, techcorp):
    page = ask(organiser, "remove", three[:2])
    factories.interview(three[0], techcorp)
    done = send(organiser, "remove", three[:2], page)
    assert "1 account is removed" in done.text
    assert "Ada Martin" in done.text
    assert active(three) == [True, None, True]


def test_removal_asks_for_the_password(organiser, three, time):
    page = ask(organiser, "remove", three)
    time.pass_(minutes=11)
    assert "confirm" in ask(organiser, "remove", three).location
    number = re.search(r'name="asked_at" value="(\d+)"', page.text).group(1)
    ids = [each.student_id for each in three]
    organiser.post(MANY, act="remove", asked_at=number, student=ids)
    assert active(three) == [True] * 3


def test_what_was_typed_wrongly_loses_nothing(organiser, three):
    ids = [each.student_id for each in three]
    data = {"act": "write", "asked_at": 0, "student": ids[:2], "text": ""}
    data["asked"] = " ".join(map(str, ids))
    answer = organiser.post(MANY, **data)
    assert answer.status_code == 400
    assert 'class="field-error"' in answer.text
    assert answer.text.count(" checked") == 2
    assert answer.text.count('name="student"') == 3


@pytest.mark.parametrize(
    ("query", "said"),
    [("?act=deactivate", "Tick at least one student."), ("?student=1", "Choose what to do.")],
)
def test_what_is_missing_is_said_and_can_be_chosen(organiser, three, query, said):
    page = organiser.get(f"{MANY}{query}").text
    assert said in page
    assert page.count('name="student"') == 3
    assert said not in organiser.get(MANY).text


def test_an_act_on_companies_is_none_on_students(organiser, three):
    assert "Choose what to do." in organiser.get(f"{MANY}?act=pause&student=1").text
    number = many_students.carry_out(ADMIN, ManyAct.TAKE_OUT, [three[0].student_id], 0)
    assert organiser.post(f"/admin/companies/many/{number}/undo").status_code == 404


def test_the_list_has_a_box_for_each_and_one_for_all(organiser, three):
    page = organiser.get("/admin/students").text
    assert page.count('form="many" name="student"') == 3
    assert "All 3 students" in page


def test_many_batches(app):
    many = [factories.student(f"S{n}") for n in range(25)]
    ids = [each.student_id for each in many]
    number = many_students.carry_out(ADMIN, ManyAct.DEACTIVATE, ids, asked_at=10**9)
    assert active(many) == [False] * 25
    many_students.undo(ADMIN, number)
    assert active(many) == [True] * 25
