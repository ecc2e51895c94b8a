"""The organisers' lists: what is searched for, chosen, sorted by, and shown of them at a time."""

import pytest

from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.queries.admin.lists import companies, directory, students
from jobfair.queries.admin.lists import page as list_page
from jobfair.queries.admin.lists.companies import CompanyFilter
from jobfair.queries.admin.students.registrations import AccountFilter
from jobfair.services.access import pins
from jobfair.services.companies import companies as changing
from jobfair.services.queues import interviews, presence
from jobfair.services.students import students as people
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.actors import SYSTEM
from tests.support import factories


def names(chosen=companies.EVERY_COMPANY, sort=""):
    return [line.company.name for line in companies.found_companies(chosen, sort)]


def found(**chosen):
    return set(names(CompanyFilter(**chosen)))


@pytest.mark.parametrize("typed", ["A 1", "a1", "A-1", " A1 "])
def test_a_stand_comes_first_then_those_that_begin_so_then_names(app, typed):
    factories.company("Alpha 1 Group", stand="Z9")
    factories.company("Beta", stand="A10")
    factories.company("Gamma", stand="A2")
    factories.company("Zeta", stand="A 1")
    factories.company("Delta", stand="A12")
    factories.company("A1 Consulting", stand="C3", description="a 1")
    assert names(CompanyFilter(search=typed))[:4] == ["Zeta", "Beta", "Delta", "A1 Consulting"]
    assert "Gamma" not in names(CompanyFilter(search=typed))
    assert directory.first_companies(typed, 1).first[0].name == "Zeta"


def test_a_description_is_no_name(app):
    factories.company("TechCorp", description="We build a large boat", sectors="boats")
    assert found(search="boat") == set()


def test_what_is_found_is_counted_beyond_what_is_shown(app):
    for number in range(4):
        factories.company(f"Acme {number}")
        factories.student("Ann", f"Acme{number}")
    assert len(directory.first_companies("acme", 2).first) == 2
    assert directory.first_companies("acme", 2).total == 4
    assert len(directory.first_students("acme", 2).first) == 2
    assert directory.first_students("acme", 2).total == 4
    assert directory.first_companies(" ", 2).total == 0


def test_companies_by_each_state(app):
    busy = factories.company("Busy", slots=1, queue_limit=1)
    factories.company("Idle")
    closed = factories.company("Closed")
    changing.edit(SYSTEM, closed, {"queue_open": False})
    factories.company("Paused", status=CompanyStatus.PAUSED)
    met = factories.company("Met")
    interviews.complete(actors.company(met), factories.interview(factories.student(), met))
    factories.interview(factories.student(), busy)
    factories.entry(factories.student(), busy)
    assert found(state="recruiting") == {"Busy", "Idle", "Closed", "Met"}
    assert found(state="paused") == {"Paused"}
    assert found(state="queue_closed") == {"Closed"}
    assert found(state="full") == {"Busy"}
    assert found(state="idle") == {"Idle", "Closed", "Met"}
    assert found(state="awaited") == {"Busy"}
    assert found(state="met") == {"Met"}
    assert found(state="rubbish") == {"Busy", "Idle", "Closed", "Paused", "Met"}


def test_companies_by_hall_sector_and_link(app, client):
    factories.company("One", hall="Nord", sectors="Énergie")
    two = factories.company("Two", hall="Sud", sectors="Énergie")
    assert found(hall="nord") == {"One"}
    assert found(sector="energie") == {"One", "Two"}
    assert found(hall="Nord", sector="Conseil") == set()
    assert found(unopened=True) == {"One", "Two"}
    client.get(f"/company/{factories.token(two)}")
    assert found(unopened=True) == {"One"}
    changing.regenerate_token(SYSTEM, two)
    assert found(unopened=True) == {"One", "Two"}


def test_a_link_whose_pin_was_not_given_is_not_opened(app, client):
    techcorp = factories.company("TechCorp")
    pins.set_pin(SYSTEM, techcorp, "1234")
    client.get(f"/company/{factories.token(techcorp)}")
    assert found(unopened=True) == {"TechCorp"}


def test_companies_sorted_by_each_column(app):
    a = factories.company("Alpha", stand="B10", slots=2)
    b = factories.company("Beta", stand="B9")
    factories.company("Gamma", status=CompanyStatus.PAUSED)
    factories.interview(factories.student(), a)
    for _ in range(2):
        factories.entry(factories.student(), b)
    assert names(sort="stand") == ["Beta", "Alpha", "Gamma"]
    assert names(sort="-name") == ["Gamma", "Beta", "Alpha"]
    assert names(sort="-status")[0] == "Gamma"
    assert names(sort="-running")[0] == "Alpha"
    assert names(sort="-waiting")[0] == "Beta"
    assert names(sort="done") == names(sort="rubbish") == ["Alpha", "Beta", "Gamma"]


def test_a_page_counts_all(app, monkeypatch):
    monkeypatch.setattr(list_page, "PAGE_SIZE", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        factories.entry(factories.student(), factories.company(name))
    page = companies.companies(number=9)
    assert [line.company.name for line in page.page.lines] == ["Gamma"]
    assert (page.page.total, page.page.pages, page.waiting) == (3, 2, 3)


def test_students_by_each_state(app):
    techcorp = factories.company("TechCorp")
    ann, bob, cyd, dan = (factories.student(name) for name in ("Ann", "Bob", "Cyd", "Dan"))
    factories.interview(ann, techcorp)
    presence.change_status(bob.actor, StudentStatus.PAUSED)
    people.set_active(SYSTEM, cyd.student_id, active=False)

    def first_names(state):
        lines = students.students(chosen=AccountFilter(state=state)).lines
        return {line.student.first_name for line in lines}

    assert first_names("available") == {"Dan"}
    assert first_names("in_interview") == {"Ann"}
    assert first_names("paused") == {"Bob"}
    assert first_names("deactivated") == {"Cyd"}
    assert first_names("rubbish") == {"Ann", "Bob", "Cyd", "Dan"}
    assert dan


def test_students_sorted_by_each_column(app):
    one, two = factories.company("One"), factories.company("Two")
    ann = factories.student("Ann", "Zola", email="z@example.org")
    bob = factories.student("Bob", "Adam", email="y@example.org")
    factories.entry(ann, one)
    factories.entry(ann, two)
    factories.entry(bob, one)

    def sorted_by(sort):
        return [line.student.first_name for line in students.students(sort=sort).lines]

    assert sorted_by("") == sorted_by("name") == sorted_by("rubbish") == ["Bob", "Ann"]
    assert sorted_by("-name") == ["Ann", "Bob"]
    assert sorted_by("email") == ["Bob", "Ann"]
    assert sorted_by("-waiting") == ["Ann", "Bob"]
    people.set_active(SYSTEM, bob.student_id, active=False)
    assert sorted_by("status") == ["Ann", "Bob"]
