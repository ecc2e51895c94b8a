"""A stand leaves: closed and paused in one action, its students told where else to go."""

import pytest
from flask import current_app

from jobfair.queries.messages import notifications
from jobfair.queries.stand import stands
from jobfair.services import companies
from jobfair.unit_of_work import actors
from tests.support import factories


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


def test_a_message_too_long_is_refused_and_kept(organiser, hall):
    answer = organiser.post(f"/admin/companies/{hall}/leaving", text="x" * 501)
    assert answer.status_code == 400
    assert "x" * 501 in answer.text
    assert stands.company_by_id(hall).recruiting
