"""While the organisers have paused every stand, everybody who could be called reads so."""

import pytest

from jobfair.domain.state import CompanyStatus
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from tests.support import factories

ORGANISER = actors.admin(1)
ENGLISH = {"Accept-Language": "en"}
HALTED, CALLABLE = "Everything is paused for the moment", "Stands can call you."


@pytest.fixture
def alice(app, client, techcorp):
    person = factories.student("Alice")
    person.sign_in(client)
    return person


def page(client, address="/dashboard"):
    return client.get(address, headers=ENGLISH).text


def test_a_student_reads_that_everything_is_paused(client, alice, techcorp):
    assert CALLABLE in page(client)
    companies.pause_all(ORGANISER)
    assert HALTED in page(client)
    assert CALLABLE not in page(client)
    companies.resume_all(ORGANISER)
    assert CALLABLE in page(client)


def test_stands_that_paused_by_themselves_say_nothing_about_all(client, alice, techcorp):
    companies.edit(actors.company(techcorp), techcorp, {"status": CompanyStatus.PAUSED})
    assert CALLABLE in page(client)


def test_one_stand_that_goes_on_ends_it(client, alice, techcorp):
    factories.company("Other")
    companies.pause_all(ORGANISER)
    companies.edit(actors.company(techcorp), techcorp, {"status": CompanyStatus.RECRUITING})
    assert CALLABLE in page(client)


def test_an_open_page_of_somebody_in_no_queue_follows(listen, techcorp):
    stream = listen("/live/dashboard", factories.student("Bob"), **ENGLISH)
    assert CALLABLE in stream.until("")[-1].text
    companies.pause_all(ORGANISER)
    assert HALTED in stream.until("")[-1].text
    companies.edit(actors.company(techcorp), techcorp, {"status": CompanyStatus.RECRUITING})
    assert CALLABLE in stream.until("")[-1].text


def test_the_overview_says_it_first_and_leads_to_the_end_of_it(client, techcorp):
    factories.admin().sign_in(client)
    assert "Everything is paused" not in page(client, "/admin/")
    companies.pause_all(ORGANISER)
    shown = page(client, "/admin/")
    assert shown.index("Everything is paused") < shown.index('id="figures"')
    assert shown.index('href="/admin/emergency/resume-companies"') < shown.index('id="figures"')
