"""What a poster of the fair leads to: how it works, until when, and who is there."""

from datetime import date

from jobfair.domain.state import CompanyStatus
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from tests.support import factories


def look(client):
    return client.get("/", headers={"Accept-Language": "en"}).text


def test_it_shows_who_is_there_by_name_and_leads_to_their_pages(client, app):
    number = factories.company("Zephyr & Co")
    factories.company("Éole")
    factories.entry(factories.student("Alice", "Martin"), number)
    page = look(client)
    assert page.index("<bdi>Éole</bdi>") < page.index("<bdi>Zephyr &amp; Co</bdi>")
    assert f'<a href="/companies/{number}">' in page
    assert client.get(f"/companies/{number}").status_code == 200
    assert "Alice" not in page


def test_a_company_that_is_paused_is_there_and_said_to_be_paused(client, app):
    factories.company("Acme")
    assert "Paused for the moment" not in look(client)
    factories.company("Zephyr", status=CompanyStatus.PAUSED)
    _, of_acme, of_zephyr = look(client).split('<a href="/companies/')
    assert "Paused for the moment" not in of_acme
    assert "Paused for the moment" in of_zephyr


def test_of_many_companies_the_first_are_shown_and_the_others_counted(client, app):
    for number in range(62):
        factories.company(f"Company {number}")
    page = look(client)
    assert page.count('<a href="/companies/') == 60
    assert "And 2 more companies." in page


def test_it_says_until_when_the_fair_lasts_once_that_is_known(client, app):
    assert "Until" not in look(client)
    fair.set_details(actors.SYSTEM, {"ends_on": date(2027, 3, 12)})
    assert "Until 12 March 2027" in look(client) or "Until March 12, 2027" in look(client)


def test_an_empty_fair_says_how_it_works_all_the_same(client, app):
    page = look(client)
    assert "How it works" in page
    assert "Who is there" not in page
