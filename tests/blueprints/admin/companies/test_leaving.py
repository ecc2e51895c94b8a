"""A stand leaves: closed and paused in one action, its students told where else to go."""

import pytest
from flask import current_app

from jobfair.db.transactions import revision
from jobfair.domain.events import ManyAct
from jobfair.domain.state import CompanyStatus
from jobfair.queries.admin.fair.overview import figures
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists.companies import CompanyFilter
from jobfair.queries.fair.messages import notifications, sent
from jobfair.queries.stand import stands
from jobfair.services.companies import companies, many_companies
from jobfair.unit_of_work import actors
from tests.support import factories

RESUME = "/admin/emergency/resume-companies"


@pytest.fixture
def hall(app):
    """Its company, which three others resemble; one of them takes nobody."""
    leaving = factories.company("Leaving", sectors="Data")
    factories.company("Near", sectors="Data, Energy", stand="B2")
    factories.company("Other", sectors="Energy")
    full = factories.company("Closed", sectors="Data")
    companies.edit(actors.SYSTEM, full, {"queue_open": False})
    return leaving


def test_one_action_closes_pauses_and_tells(organiser, hall):
    alice = factories.student("Alice")
    factories.interview(factories.student("Bob"), hall)
    factories.entry(alice, hall)
    address = f"/admin/companies/{hall}/leaving"
    page = organiser.get(address).text
    assert "1 student who waits there is told" in page
    assert "1 interview is running there: it goes on" in page
    proposed = "Leaving has left the fair. Of the same sector: Near (stand B2)."
    assert proposed in page
    page = organiser.follow(organiser.post(address, text=proposed)).text
    assert "Leaving has left" in page
    company = stands.company_by_id(hall)
    assert (company.recruiting, company.queue_open) == (False, False)
    assert (company.waiting, company.running) == (1, 1)
    with current_app.test_request_context():
        assert proposed in [each.sentence for each in notifications(alice.student_id)]


def test_it_is_not_brought_back_with_all_even_if_it_left_during_the_alarm(organiser, hall):
    companies.pause_all(actors.SYSTEM)
    organiser.post(f"/admin/companies/{hall}/leaving", text="Gone")
    companies.resume_all(actors.SYSTEM)
    assert not stands.company_by_id(hall).recruiting


def test_who_has_left_is_told_apart_from_who_is_paused(organiser, hall):
    address = f"/admin/companies/{hall}"
    companies.edit(actors.company(hall), hall, {"status": CompanyStatus.PAUSED})
    factories.company("Resting", status=CompanyStatus.PAUSED)
    assert "Has left" not in organiser.get(address).text
    assert f"{address}/leaving" in organiser.get(address).text
    organiser.post(f"{address}/leaving", text="Gone")
    page = organiser.get(address).text
    assert "Has left" in page
    assert f"{address}/leaving" not in page
    assert figures().companies_left == 1
    assert figures().companies_paused == 1
    for state, name in (("has_left", "Leaving"), ("paused", "Resting")):
        found = company_list.found_companies(CompanyFilter(state=state))
        assert [each.company.name for each in found] == [name]
    badge = organiser.get("/admin/companies?state=has_left").text.split("<tbody>")[1]
    assert "Has left" in badge
    assert 'href="/admin/companies?state=has_left"' in organiser.get("/admin/").text
    assert "1 stand that has left stays so." in organiser.get(RESUME).text
    companies.edit(actors.SYSTEM, hall, {"status": CompanyStatus.RECRUITING})
    assert "Has left" not in organiser.get(address).text
    assert figures().companies_left == 0


def test_who_has_left_does_not_leave_again(organiser, hall):
    alice = factories.student("Alice")
    factories.entry(alice, hall)
    address = f"/admin/companies/{hall}/leaving"
    for text in ("Gone", "Gone again"):
        organiser.post(address, text=text)
    assert [each.text for each in sent()] == ["Gone"]
    assert "Leaving has left already" in organiser.follow(organiser.get(address)).text


def test_it_is_not_brought_back_with_many(organiser, hall):
    organiser.post(f"/admin/companies/{hall}/leaving", text="Gone")
    many_companies.carry_out(actors.admin(1), ManyAct.RESUME, [hall], asked_at=revision())
    assert stands.company_by_id(hall).has_left


def test_a_message_too_long_is_refused_and_kept(organiser, hall):
    answer = organiser.post(f"/admin/companies/{hall}/leaving", text="x" * 501)
    assert answer.status_code == 400
    assert "x" * 501 in answer.text
    assert stands.company_by_id(hall).recruiting
