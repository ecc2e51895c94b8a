"""What is done to everybody at once: asked first, with how many it concerns (rule 11)."""

import pytest

from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.queries.admin import roster
from jobfair.queries.admin.overview import figures
from jobfair.queries.messages import sent
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services import companies, students
from jobfair.unit_of_work import actors
from tests.support import factories

AVAILABLE, PAUSE, RESUME = (
    f"/admin/emergency/{what}"
    for what in ("students-available", "pause-companies", "resume-companies")
)


@pytest.fixture
def hall(app):
    """Two open stands and a paused one; an interview, somebody called, two on a break."""
    techcorp, other = factories.company("TechCorp"), factories.company("Other")
    factories.company("Resting", status=CompanyStatus.PAUSED)
    factories.interview(factories.student("Alice"), techcorp)
    factories.entry(factories.student("Bob"), other)
    for name in ("Chloé", "David"):
        factories.student(name, status=StudentStatus.PAUSED)
    gone = factories.student("Emma", status=StudentStatus.PAUSED)
    students.set_active(actors.SYSTEM, gone.student_id, active=False)


def statuses():
    return sorted(each.status.value for each in roster.students() if each.active)


def test_making_everybody_available(organiser, hall):
    question = organiser.get(AVAILABLE).text
    assert "2 paused students become available" in question
    assert "1 interview goes on undisturbed." in question
    assert statuses() == ["available", "in_interview", "paused", "paused"]
    page = organiser.follow(organiser.post(AVAILABLE)).text
    assert "2 students are available again" in page
    assert statuses() == ["available", "available", "available", "in_interview"]
    assert figures().running == 1


def test_pausing_and_resuming_every_company(organiser, hall):
    question = organiser.get(PAUSE).text
    assert "2 companies are paused" in question
    assert "1 person called is told that their turn is over." in question
    assert "1 interview goes on undisturbed." in question
    assert figures().recruiting == 2
    assert "2 companies are paused" in organiser.follow(organiser.post(PAUSE)).text
    now = figures()
    assert (now.recruiting, now.running, now.waiting) == (0, 1, 1)
    question = organiser.get(RESUME).text
    assert "2 companies resume, and call" in question
    assert "1 stand that paused by itself stays paused." in question
    assert "2 companies resume" in organiser.follow(organiser.post(RESUME)).text
    assert figures().recruiting == 2


def test_resuming_all_undoes_exactly_that_pause(organiser, app):
    left, kept, back = (factories.company(name) for name in ("Left", "Kept", "Back"))
    companies.edit(actors.company(left), left, {"status": CompanyStatus.PAUSED})
    organiser.post(PAUSE)
    companies.edit(actors.company(back), back, {"status": CompanyStatus.RECRUITING})
    companies.edit(actors.company(back), back, {"status": CompanyStatus.PAUSED})
    organiser.post(RESUME)
    recruiting = {each: stands.company_by_id(each).recruiting for each in (left, kept, back)}
    assert recruiting == {left: False, kept: True, back: False}
    assert "2 stands that paused by themselves stay paused." in organiser.get(RESUME).text


def test_an_alarm_pauses_and_tells_everyone_in_one_action(organiser, hall):
    organiser.post(PAUSE, text="Leave by the exits.")
    assert figures().recruiting == 0
    assert sent()[0].text == "Leave by the exits."
    refused = organiser.post(PAUSE, text="x" * 501)
    assert refused.status_code == 400
    assert "x" * 501 in refused.text


def test_all_resume_but_those_that_are_ticked(organiser, app):
    one, other = factories.company("One"), factories.company("Other")
    organiser.post(PAUSE)
    assert organiser.get(RESUME).text.count('name="stay"') == 2
    organiser.post(RESUME, stay=other)
    assert [stands.company_by_id(each).recruiting for each in (one, other)] == [True, False]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (AVAILABLE, "No student is paused: nothing would change."),
        (PAUSE, "No company is recruiting: nothing would change."),
        (RESUME, "No company is paused because all were: nothing would change."),
    ],
)
def test_when_it_concerns_nobody_it_says_so(organiser, app, path, sentence):
    assert sentence in organiser.get(path).text
    page = organiser.follow(organiser.post(path)).text
    assert 'class="toast toast-success"' in page


def test_whoever_is_called_by_it_may_start(organiser, app):
    alice = factories.student(status=StudentStatus.PAUSED)
    factories.entry(alice, factories.company())
    organiser.post(AVAILABLE)
    assert places.dashboard(alice.student_id).turns


def test_the_overview_leads_to_each(organiser):
    page = organiser.get("/admin/").text
    for path in (AVAILABLE, PAUSE, RESUME):
        assert f'href="{path}"' in page
