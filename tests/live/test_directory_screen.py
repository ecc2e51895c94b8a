"""What the stream of the list of companies sends: rows in sight that differ, and nothing else."""

import pytest
from werkzeug.datastructures import MultiDict

from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.live.directory_screen import CompaniesScreen, DirectoryScreen
from jobfair.live.pages.student import COMPANIES, DAY
from jobfair.queries.student import directory
from jobfair.queries.student.chosen import Chosen
from jobfair.services.companies import companies
from jobfair.services.queues import presence, queues
from jobfair.unit_of_work import actors
from tests.live.open_page import FollowedPage
from tests.support import factories


@pytest.fixture
def named(app):
    """Companies by name."""
    with app.test_request_context():
        yield {name: factories.company(name) for name in ("Acme", "Beta", "Gamma", "Zeta")}


def open_list(person, **chosen):
    opened = COMPANIES.open(MultiDict(chosen), student_id=person.student_id)
    return FollowedPage(lambda: DirectoryScreen(opened))


def row(company_id, how="outerMorph"):
    return (f"#companies #company-{company_id}", how)


def test_a_join_sends_one_row(named, alice, bob):
    phone = open_list(alice)
    queues.join(bob.actor, named["Beta"])
    assert phone.follow() == [row(named["Beta"])]
    assert phone.is_as_loaded_anew()


def test_ones_own_join_sends_that_row_and_the_call(named, alice):
    phone = open_list(alice)
    queues.join(alice.actor, named["Beta"])
    assert set(phone.follow()) == {row(named["Beta"]), ("#turns", "outerMorph")}
    assert phone.is_as_loaded_anew()


def test_what_is_not_in_sight_is_not_even_looked_at(named, alice, bob, monkeypatch):
    phone = open_list(alice, shown=2)
    with monkeypatch.context() as patch:
        patch.setattr(directory, "refreshed", lambda _before: pytest.fail("was looked at"))
        queues.join(bob.actor, named["Zeta"])
        assert phone.follow() == []
    assert phone.is_as_loaded_anew()


def test_what_is_chosen_survives(named, alice, bob):
    phone = open_list(alice, q="z")
    queues.join(bob.actor, named["Zeta"])
    # Nothing found has little wait any more, which the chip says.
    assert set(phone.follow()) == {row(named["Zeta"]), ("#choices", "outerMorph")}
    factories.company("Zorro")
    assert set(phone.follow()) == {("#choices", "outerMorph"), ("#companies", "outerMorph")}
    assert phone.is_as_loaded_anew()
    assert "Gamma" not in phone.page.shown()


def test_companies_that_come_and_go(named, alice):
    phone = open_list(alice)
    for change in ({"status": CompanyStatus.PAUSED}, {"status": CompanyStatus.RECRUITING}):
        companies.edit(actors.SYSTEM, named["Beta"], change)
        phone.follow()
        assert phone.is_as_loaded_anew()
    companies.delete(actors.SYSTEM, named["Acme"])
    phone.follow()
    assert phone.is_as_loaded_anew()


def test_sorted_by_wait_the_rows_keep_their_places_under_the_finger(named, alice, bob):
    phone = open_list(alice, sort="wait")
    queues.join(bob.actor, named["Acme"])
    assert phone.follow() == [row(named["Acme"])]
    companies.edit(actors.SYSTEM, named["Beta"], {"status": CompanyStatus.PAUSED})
    assert phone.follow() == [
        row(named["Beta"], "delete"),
        ("#companies-title", "outerMorph"),
        ("#choices", "outerMorph"),
    ]
    anew = [each.company.name for each in _rows(alice, sort="wait")]
    assert anew == ["Gamma", "Zeta", "Acme"]


def _rows(person, **chosen):
    return directory.directory(person.student_id, Chosen(**chosen)).rows


def test_whoever_leaves_takes_an_empty_hall_along(named, alice):
    companies.edit(actors.SYSTEM, named["Beta"], {"hall": "Hall B"})
    phone = open_list(alice, sort="stand")
    assert ">Hall B</h3>" in phone.page.shown()
    companies.edit(actors.SYSTEM, named["Beta"], {"status": CompanyStatus.PAUSED})
    phone.follow()
    assert phone.is_as_loaded_anew()
    assert ">Hall B</h3>" not in phone.page.shown()


def test_under_its_hall_a_row_does_not_name_it_again(named, alice, bob):
    companies.edit(actors.SYSTEM, named["Beta"], {"hall": "Hall B"})
    assert open_list(alice).page.shown().count(">Hall B<") == 1
    phone = open_list(alice, sort="stand")
    queues.join(bob.actor, named["Beta"])
    phone.follow()
    assert phone.is_as_loaded_anew()
    assert phone.page.shown().count(">Hall B<") == 1


def test_a_day_shows_what_others_do_at_the_companies_on_it(named, alice, bob):
    before = factories.entry(bob, named["Beta"])
    factories.entry(alice, named["Beta"])
    opened = DAY.open(MultiDict(), student_id=alice.student_id)
    phone = FollowedPage(lambda: CompaniesScreen(opened))
    queues.join(bob.actor, named["Zeta"])
    assert phone.follow() == []
    queues.leave(bob.actor, before)
    assert phone.follow()
    assert phone.is_as_loaded_anew()


def test_a_break_comes_and_goes_on_an_open_page(named, alice):
    for page, screen in ((COMPANIES, DirectoryScreen), (DAY, CompaniesScreen)):
        opened = page.open(MultiDict(), student_id=alice.student_id)
        phone = FollowedPage(lambda opened=opened, screen=screen: screen(opened))
        for status, said in ((StudentStatus.PAUSED, True), (StudentStatus.AVAILABLE, False)):
            presence.change_status(alice.actor, status)
            assert ("#away", "outerMorph") in phone.follow()
            assert phone.is_as_loaded_anew()
            assert ("/status/available" in phone.page.shown()) is said


def test_what_is_searched_for_goes_into_the_paused_ones_and_comes_back(named, alice):
    for sort in ("name", "wait"):
        phone = open_list(alice, q="beta", sort=sort)
        for status, said in ((CompanyStatus.PAUSED, True), (CompanyStatus.RECRUITING, False)):
            companies.edit(actors.SYSTEM, named["Beta"], {"status": status})
            phone.follow()
            assert ("companies-paused" in phone.page.shown()) is said
