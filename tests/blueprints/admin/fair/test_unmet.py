"""The alert that many who wait will not be met before the fair closes."""

import re

import pytest

from jobfair.models import Role
from jobfair.queries.admin.fair import alerts
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from tests.blueprints.admin.fair.test_alerts import shown
from tests.support import factories


@pytest.fixture
def queue(techcorp, alice, bob):
    """Two who wait at TechCorp, one of them called."""
    for each in (alice, bob):
        factories.entry(each, techcorp)
    return techcorp


def unmet(page):
    return [words for kind, words in shown(page) if kind == "unmet"]


def test_it_says_how_many_and_what_a_seat_would_bring(organiser, queue, foretell):
    assert unmet(organiser.get("/admin/").text) == []
    foretell(unmet={queue: (40, 18.4, 14, 22, 10.7)})
    for address in ("/admin/", "/admin/alerts"):
        page = organiser.get(address).text
        [words] = unmet(page)
        assert re.match(
            r"TechCorp: 18 of 40 who wait will not be met by \S+\. "
            r"One more seat would reach 11 more\. between 14 and 22",
            words,
        )
        assert f'href="/admin/companies/{queue}#settings"' in page


def test_the_button_leads_to_where_a_seat_is_added(organiser, queue, foretell):
    foretell(unmet={queue: (40, 18, 14, 22, 11)})
    page = organiser.get(f"/admin/companies/{queue}").text
    assert 'id="settings"' in page
    assert 'name="slots"' in page
    companies.edit(actors.SYSTEM, queue, {"slots": 2})
    assert unmet(organiser.get("/admin/").text) == []


def test_what_a_seat_would_bring_is_left_out_where_nobody_knows(organiser, queue, foretell):
    foretell(unmet={queue: (40, 18, 14, 22, None)})
    [words] = unmet(organiser.get("/admin/").text)
    assert "more" not in words


def test_what_is_now_comes_before_what_will_be(organiser, queue, foretell, time):
    foretell(unmet={queue: (40, 18, 14, 22, 11)})
    time.pass_(minutes=4)
    kinds = [kind for kind, _ in shown(organiser.get("/admin/").text)]
    assert kinds == ["idle", "unmet"]


def test_an_old_forecast_is_no_alert(organiser, queue, foretell, time):
    foretell(unmet={queue: (40, 18, 14, 22, 11)})
    time.pass_(minutes=16)
    assert unmet(organiser.get("/admin/").text) == []


def test_those_with_the_most_are_shown_and_no_more_than_ten(app, foretell):
    ids = [factories.company(f"Company {number}") for number in range(12)]
    for each in ids:
        for name in ("A", "B"):
            factories.entry(factories.student(name), each)
    foretell(unmet={each: (40, 6 + number, 5, 30, 3) for number, each in enumerate(ids)})
    found = alerts.alerts().unmet
    assert [each.company_id for each in found] == ids[:1:-1]


def test_it_may_be_taken_on(organiser, queue, foretell):
    foretell(unmet={queue: (40, 18, 14, 22, 11)})
    answer = organiser.say(f"/admin/alerts/unmet-{queue}/taking")
    assert "You have taken this on" in answer.text
    [alert] = alerts.alerts().unmet
    assert alert.taking is not None


def test_somebody_who_may_not_add_a_seat_has_no_button(client, queue, foretell):
    foretell(unmet={queue: (40, 18, 14, 22, 11)})
    factories.member(Role.VIEWER).sign_in(client)
    page = client.get("/admin/alerts", headers={"Accept-Language": "en"}).text
    assert unmet(page)
    assert "#settings" not in page


def test_in_french(client, admin, queue, foretell):
    foretell(unmet={queue: (40, 18, 14, 22, 11)})
    admin.sign_in(client)
    [words] = unmet(client.get("/admin/alerts", headers={"Accept-Language": "fr"}).text)
    assert "18 personnes sur 40 ne seront pas reçues d'ici" in words.replace("&#39;", "'")
    assert "Une place de plus en recevrait 11 de plus." in words


def test_json_has_its_figures(client, admin, queue, foretell):
    foretell(unmet={queue: (40, 18.4, 14, 22, 10.7)})
    answer = client.get("/api/admin/alerts/", headers=admin.bearer()).get_json()
    [found] = [each for each in answer if each["kind"] == "unmet"]
    assert found["company"] == queue
    said = found["forecast"]
    assert (said["waiting"], said["unmet"], said["low"], said["high"]) == (40, 18, 14, 22)
    assert said["more"] == 11
    assert found["entry"] is None
