"""«Unlikely before the fair closes», and where to go instead: on pages, in the push, in JSON."""

import re

import pytest
from werkzeug.datastructures import MultiDict

from jobfair import clock
from jobfair.domain.state import Phase
from jobfair.live.dashboard_screen import DashboardScreen
from jobfair.live.pages.student import DASHBOARD
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors
from tests.live.open_page import FollowedPage
from tests.support import factories
from tests.support.browsing import Browser

WORDS = "Unlikely before the fair closes"


@pytest.fixture
def waiting(techcorp, alice, bob):
    """Alice behind Bob at TechCorp, whose sector is Data."""
    companies.edit(actors.SYSTEM, techcorp, {"sectors": "Data, Robotique"})
    factories.entry(bob, techcorp)
    return factories.entry(alice, techcorp)


def like(*names, sectors="data"):
    """Companies of that sector where nobody waits."""
    return [factories.company(name, sectors=sectors, stand=f"B{name[-1]}") for name in names]


def instead(page):
    """The companies that a page names instead, in their order."""
    [box] = re.findall(r'<div class="unlikely">(.*?)</div></div>', page, re.DOTALL)
    return [int(each) for each in re.findall(r'href="/companies/(\d+)"', box)]


def test_a_place_that_will_hardly_be_reached_says_so(client, techcorp, alice, waiting, foretell):
    browser = Browser(client, alice)
    assert WORDS not in browser.get("/dashboard").text
    foretell(unlikely=[waiting], companies=[techcorp])
    for page in ("/dashboard", f"/companies/{techcorp}"):
        assert WORDS in browser.get(page).text, page


def test_it_names_three_companies_of_the_sector_with_little_wait(
    client, techcorp, alice, waiting, foretell
):
    one, two, three, _four = like("Acme 1", "Acme 2", "Acme 3", "Acme 4")
    like("Bank 5", sectors="Banque")
    [shut] = like("Shut 6")
    companies.edit(actors.SYSTEM, shut, {"queue_open": False})
    foretell(unlikely=[waiting], companies=[techcorp])
    page = Browser(client, alice).get("/dashboard").text
    assert instead(page) == [one, two, three]
    assert "B1" in page


def test_it_names_none_where_one_has_been(client, techcorp, alice, waiting, foretell):
    met, other = like("Acme 1", "Acme 2")
    interviews.complete(actors.company(met), factories.interview(alice, met))
    foretell(unlikely=[waiting], companies=[techcorp])
    assert instead(Browser(client, alice).get("/dashboard").text) == [other]


def test_the_others_of_a_long_queue_are_named_after_the_short_ones(
    client, techcorp, alice, waiting, foretell
):
    busy, free = like("Acme 1", "Acme 2")
    factories.interview(factories.student(), busy)
    foretell(unlikely=[waiting], companies=[techcorp])
    assert instead(Browser(client, alice).get("/dashboard").text)[0] == free


def test_somebody_who_is_called_or_aside_is_told_nothing(client, techcorp, alice, bob, foretell):
    entry_id = factories.entry(alice, techcorp)
    foretell(unlikely=[entry_id], companies=[techcorp])
    browser = Browser(client, alice)
    assert WORDS not in browser.get("/dashboard").text
    factories.entry(bob, techcorp)
    queues.absent(actors.company(techcorp), entry_id)
    assert WORDS not in browser.get("/dashboard").text


def test_nothing_is_said_once_the_fair_is_closed(client, techcorp, alice, waiting, foretell):
    foretell(unlikely=[waiting], companies=[techcorp])
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    assert WORDS not in Browser(client, alice).get("/dashboard").text


def test_an_open_page_is_told_with_its_next_look(app, techcorp, alice, waiting, foretell):
    [other] = like("Acme 1")
    with app.test_request_context():
        opened = DASHBOARD.open(MultiDict(), student_id=alice.student_id)
        phone = FollowedPage(lambda: DashboardScreen(opened))
        assert phone.follow() == []
        foretell(unlikely=[waiting], companies=[techcorp])
        assert [target for target, _ in phone.follow()] == ["#queues"]
        assert phone.is_as_loaded_anew()
        # What changes of the place alone keeps it.
        companies.edit(actors.SYSTEM, techcorp, {"stand": "C 9"})
        assert phone.follow() == [(f"#entry-{waiting}", "outerMorph")]
        assert phone.is_as_loaded_anew()
        foretell(companies=[techcorp])
        assert [target for target, _ in phone.follow()] == ["#queues"]
        assert phone.is_as_loaded_anew()
        assert other


def test_an_old_forecast_goes_from_an_open_page(app, techcorp, alice, waiting, foretell, time):
    foretell(unlikely=[waiting], companies=[techcorp])
    with app.test_request_context():
        opened = DASHBOARD.open(MultiDict(), student_id=alice.student_id)
        phone = FollowedPage(lambda: DashboardScreen(opened))
        time.pass_(minutes=16)
        assert [target for target, _ in phone.follow()] == ["#queues"]
        assert phone.is_as_loaded_anew()


def test_json_says_it(client, techcorp, alice, waiting, foretell):
    def said():
        [entry] = client.get("/api/queues/", headers=alice.bearer()).get_json()
        return entry["unlikely"]

    assert said() is False
    foretell(unlikely=[waiting], companies=[techcorp])
    assert said() is True


def test_no_page_reads_the_forecast_from_the_database(
    client, techcorp, alice, waiting, foretell, monkeypatch
):
    foretell(unlikely=[waiting], companies=[techcorp])
    with clock.at(clock.now()):
        browser = Browser(client, alice)
        browser.get("/dashboard")
        monkeypatch.setattr("jobfair.queries.fair.forecasts.look", lambda: 1 / 0)
        assert WORDS in browser.get("/dashboard").text
