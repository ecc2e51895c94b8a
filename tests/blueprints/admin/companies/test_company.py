"""One company in an organiser's hands: link, settings, door, end (rules 6, 8, 10)."""

import pytest

from jobfair.exceptions import NotFound
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories

CARD = {"name": "NewCorp", "stand": "C3", "slots": "4", "queue_limit": "30"}


@pytest.fixture
def address(techcorp):
    return f"/admin/companies/{techcorp}"


def test_the_settings(organiser, techcorp, address):
    page = organiser.follow(organiser.post(address, **CARD)).text
    company = stands.company_by_id(techcorp)
    assert (company.name, company.stand) == ("NewCorp", "C3")
    assert (company.slots, company.queue_limit) == (4, 30)
    assert "Saved" in page


def test_a_wrong_setting_is_told_beside_it_and_nothing_typed_is_lost(organiser, techcorp, address):
    answer = organiser.post(address, **{**CARD, "slots": "0"})
    assert answer.status_code == 400
    assert 'id="slots-error"' in answer.text
    assert 'value="NewCorp"' in answer.text
    assert stands.company_by_id(techcorp).name == "TechCorp"


def test_a_name_that_another_company_has(organiser, techcorp, address):
    factories.company("NewCorp")
    answer = organiser.post(address, **CARD)
    assert answer.status_code == 400
    assert "Another company has this name" in answer.text
    assert stands.company_by_id(techcorp).slots == 1


def test_pausing_and_resuming(organiser, techcorp, address):
    assert "Resume" in organiser.say(f"{address}/pause").text
    assert not stands.company_by_id(techcorp).recruiting
    assert "Pause the company" in organiser.say(f"{address}/resume").text
    assert stands.company_by_id(techcorp).recruiting


def test_closing_and_opening_the_queue(organiser, techcorp, address):
    assert "Open the queue" in organiser.say(f"{address}/queue/close").text
    assert not stands.company_by_id(techcorp).queue_open
    assert "Close the queue" in organiser.say(f"{address}/queue/open").text
    assert stands.company_by_id(techcorp).queue_open


def test_without_a_script_an_action_leads_back_to_the_page(organiser, address):
    answer = organiser.post(f"{address}/pause")
    assert answer.location == address
    assert "Paused: nobody is called" in organiser.follow(answer).text


def test_a_new_link_is_asked_first_and_kills_the_old_one(organiser, client, techcorp, address):
    old = factories.token(techcorp)
    question = organiser.get(f"{address}/link").text
    assert "The old link dies at once" in question
    assert factories.token(techcorp) == old
    page = organiser.follow(organiser.post(f"{address}/link")).text
    new = factories.token(techcorp)
    assert new != old
    assert f"/company/{new}" in page
    assert client.get(f"/company/{old}").status_code == 404
    assert client.get(f"/company/{new}").status_code == 200


def test_deleting_says_first_how_many_people_are_concerned(organiser, app):
    company_id = factories.company("BigCorp", slots=2)
    people = [factories.student(name) for name in ("Alice", "Bob", "Chloé", "David", "Emma")]
    interviews.complete(actors.company(company_id), factories.interview(people[0], company_id))
    for person in people[1:3]:
        factories.interview(person, company_id)
    for person in people[3:]:
        factories.entry(person, company_id)
    question = organiser.get(f"/admin/companies/{company_id}/delete").text
    assert "4 people are concerned." in question
    assert "2 interviews are broken off" in question
    assert "2 people waiting lose their place." in question
    assert "1 finished interview disappears" in question
    assert stands.company_by_id(company_id).running == 2


def test_deleting_a_company_that_concerns_nobody(organiser, address):
    assert "Nobody is concerned." in organiser.get(f"{address}/delete").text


def test_deleting_frees_somebody_who_was_in_an_interview_there(organiser, techcorp, address):
    alice = factories.student()
    factories.interview(alice, techcorp)
    page = organiser.follow(organiser.post(f"{address}/delete")).text
    assert "TechCorp is deleted" in page
    with pytest.raises(NotFound):
        stands.company_by_id(techcorp)
    assert places.dashboard(alice.student_id).student.status == "available"


@pytest.mark.parametrize("what", ["", "/pause", "/link", "/delete", "/queue/open"])
def test_what_is_no_more_is_said_to_be_so(organiser, app, what):
    assert organiser.post(f"/admin/companies/99{what}", **CARD).status_code == 404
