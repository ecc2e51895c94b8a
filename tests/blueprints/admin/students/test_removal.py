"""Made-up accounts are found, by time, domain and proof, and removed in one action."""

import re

import pytest

from jobfair.domain.state import StudentStatus
from jobfair.queries.admin.lists import page as list_page
from jobfair.queries.admin.lists import students as student_list
from jobfair.queries.admin.students import registrations
from jobfair.queries.admin.students.registrations import AccountFilter
from jobfair.services.access.accounts import NewStudent
from jobfair.services.students import students
from jobfair.unit_of_work.actors import SYSTEM
from tests.support import factories
from tests.support.organisers import Organiser

REMOVAL = "/admin/students/removal"


@pytest.fixture
def organiser(client, fair):
    """Who has just signed in, and so is not asked for the password again."""
    return Organiser(client)


@pytest.fixture
def fair(app, time, techcorp):
    """Old has been there for two hours; the others have just come, Made by an organiser."""
    factories.student("Old", email="old@univ.fr")
    time.pass_(hours=2)
    factories.student("New", email="new@etu.univ.fr", confirmed=False)
    met = factories.student("Met", email="met@spam.example", confirmed=False)
    factories.interview(met, techcorp)
    waits = factories.student("Waits", email="waits@spam.example")
    factories.entry(waits, techcorp)
    made = NewStudent("made@spam.example", "a passphrase", "Made", "Doe")
    students.create(SYSTEM, made)


CASES = [
    ({}, {"Old", "New", "Met", "Waits", "Made"}),
    ({"minutes": 60}, {"New", "Met", "Waits"}),
    ({"minutes": 10**12}, {"Old", "New", "Met", "Waits"}),
    ({"minutes": -5}, {"Old", "New", "Met", "Waits", "Made"}),
    ({"domain": "univ.fr"}, {"Old", "New"}),
    ({"domain": "@SPAM.example "}, {"Met", "Waits", "Made"}),
    ({"unconfirmed": True}, {"New", "Met"}),
    ({"minutes": 60, "domain": "spam.example"}, {"Met", "Waits"}),
]


@pytest.mark.parametrize(("chosen", "found"), CASES)
def test_accounts_are_found_by_time_domain_and_proof(fair, chosen, found):
    page = student_list.students(chosen=AccountFilter(**chosen))
    assert {line.student.first_name for line in page.lines} == found


def asked(page):
    return re.search(r'name="asked" value="([\d ]*)"', page.text)[1]


def names():
    return {line.student.first_name for line in student_list.students().lines}


def test_they_are_removed_in_one_action_that_says_how_many(organiser, fair):
    listed = organiser.get("/admin/students", domain="spam.example")
    assert "Remove these 3 accounts…" in listed.text
    question = organiser.get(REMOVAL, domain="spam.example")
    for line in (
        "Remove 1 account?",
        "This cannot be undone.",
        "1 place in a queue is lost.",
        "1 account with an interview, running or done, is kept.",
        "1 account that organisers made or imported is kept.",
    ):
        assert line in question.text
    page = organiser.follow(organiser.post(REMOVAL, asked=asked(question)))
    assert "1 account is removed" in page.text
    assert names() == {"Old", "New", "Met", "Made"}
    assert "Waits Martin" in organiser.get("/admin/audit").text


def test_exactly_those_are_removed_about_whom_was_asked(organiser, fair):
    question = organiser.get(REMOVAL, since=60)
    factories.student("Later")
    organiser.post(REMOVAL, asked=asked(question))
    assert names() == {"Old", "Met", "Made", "Later"}


def test_who_has_come_to_an_interview_meanwhile_is_kept(organiser, fair, techcorp):
    question = organiser.get(REMOVAL, since=60)
    new = student_list.students("New").lines[0].student
    students.force_status(SYSTEM, new.id, StudentStatus.IN_INTERVIEW, techcorp)
    organiser.post(REMOVAL, asked=asked(question))
    assert "New" in names()


@pytest.mark.parametrize("query", [{}, {"q": "o"}, {"since": "0"}, {"since": "x"}])
def test_without_a_filter_there_is_nothing_to_remove(organiser, fair, query):
    question = organiser.get(REMOVAL, **query)
    assert "nothing would change" in question.text
    assert asked(question) == ""
    organiser.post(REMOVAL, asked=asked(question))
    assert len(names()) == 5


@pytest.mark.parametrize("asked", ["", "x y", "-1 0 99999999999999999999", "²"])
def test_rubbish_removes_nobody(organiser, fair, asked):
    assert organiser.post(REMOVAL, asked=asked).status_code == 303
    assert len(names()) == 5


def test_the_lists_pages_keep_the_filter(organiser, app, monkeypatch):
    monkeypatch.setattr(list_page, "PAGE_SIZE", 1)
    for name in ("One", "Two"):
        factories.student(name, confirmed=False)
    page = organiser.get("/admin/students", unconfirmed="1", since="60").text
    assert "since=60&amp;unconfirmed=1" in page
    assert '<option value="60" selected>' in page


def test_the_figures(fair):
    counts = registrations.counts()
    assert (counts.all, counts.lately, counts.unconfirmed) == (4, 3, 2)
