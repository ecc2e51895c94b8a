"""What is done to everybody at once: asked first, with how many it concerns (rule 11)."""

import re
from html import unescape

import pytest

from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.queries.admin import roster
from jobfair.queries.admin.fair import overview
from jobfair.queries.admin.fair.overview import figures
from jobfair.queries.fair.messages import sent
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import messages
from jobfair.services.students import students
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
    assert "1 person called loses this call, not the place" in question
    assert "1 interview is running, and its clock goes on" in question
    assert "goes on undisturbed" not in question
    assert figures().recruiting == 2
    assert "2 companies are paused" in organiser.follow(organiser.post(PAUSE)).text
    now = figures()
    assert (now.recruiting, now.running, now.waiting) == (0, 1, 1)
    question = organiser.get(RESUME).text
    assert "2 companies resume, and call" in question
    assert "1 stand that an organiser paused alone stays paused." in question
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
    for company_id in (left, back):
        companies.edit(actors.SYSTEM, company_id, {"status": CompanyStatus.RECRUITING})
    organiser.post(f"/admin/companies/{left}/pause")
    companies.edit(actors.company(back), back, {"status": CompanyStatus.PAUSED})
    question = organiser.get(RESUME).text
    assert "1 stand that paused by itself stays paused." in question
    assert "1 stand that an organiser paused alone stays paused." in question


def proposed(page):
    """What stands in the message's field before somebody types."""
    return unescape(re.search(r'<textarea id="text".*?>(.*?)</textarea>', page, re.DOTALL).group(1))


def test_an_alarm_pauses_and_tells_everyone_in_one_action(organiser, hall):
    question = organiser.get(PAUSE).text
    assert "4 students and 3 stands get it at once." in question
    assert "Évacuation : quittez" in proposed(question)
    assert "Evacuation: leave" in proposed(question)
    answer = organiser.follow(organiser.post(PAUSE, text=proposed(question))).text
    assert "The message went to 4 students and 3 stands" in answer
    assert figures().recruiting == 0
    assert sent()[0].text == proposed(question)
    refused = organiser.post(PAUSE, text="x" * 501)
    assert refused.status_code == 400
    assert "x" * 501 in refused.text


def test_an_emptied_message_tells_nobody_and_the_answer_says_so(organiser, hall):
    assert "Nobody was sent a message" in organiser.follow(organiser.post(PAUSE, text="")).text
    assert sent() == []
    assert proposed(organiser.get(RESUME).text) == ""
    assert 'name="withdraw"' not in organiser.get(RESUME).text


def test_the_end_of_an_alarm_takes_its_message_back_and_gives_the_all_clear(organiser, hall):
    messages.to_everyone(actors.SYSTEM, "Lunch is served.")
    organiser.post(PAUSE, text="Leave by the exits.")
    question = organiser.get(RESUME).text
    assert f'name="withdraw" value="{sent()[0].number}" checked' in question
    assert "<bdi>Leave by the exits.</bdi>" in question
    assert "All clear" in proposed(question)
    answer = organiser.post(RESUME, withdraw=sent()[0].number, text=proposed(question))
    page = organiser.follow(answer).text
    assert "taken back. The message went to 4 students and 3 stands" in page
    said = [(each.text, each.withdrawn) for each in sent()]
    all_clear = (proposed(question), False)
    assert said == [all_clear, ("Leave by the exits.", True), ("Lunch is served.", False)]


def test_an_all_clear_too_long_resumes_nothing_and_keeps_what_was_chosen(organiser, hall):
    organiser.post(PAUSE, text="Leave by the exits.")
    paused = overview.paused_with_all()[0].id
    refused = organiser.post(RESUME, text="x" * 501, stay=paused)
    assert refused.status_code == 400
    assert "x" * 501 in refused.text
    assert f'name="stay" value="{paused}" checked' in refused.text
    assert 'name="withdraw"' in refused.text
    assert f'name="withdraw" value="{sent()[0].number}" checked' not in refused.text
    assert figures().recruiting == 0


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


def test_somebody_who_is_called_by_it_may_start(organiser, app):
    alice = factories.student(status=StudentStatus.PAUSED)
    factories.entry(alice, factories.company())
    organiser.post(AVAILABLE)
    assert places.dashboard(alice.student_id).turns


def test_the_overview_leads_to_each_and_to_the_stop_before_all_else(organiser, hall):
    page = organiser.get("/admin/").text
    for path in (AVAILABLE, PAUSE, RESUME):
        assert f'href="{path}"' in page
    assert page.index(f'href="{PAUSE}"') < page.index('class="tools"')


def test_where_nothing_is_to_be_done_a_pause_of_all_is_said(organiser, hall):
    assert "nobody is called until you resume" not in organiser.get("/admin/").text
    organiser.post(PAUSE)
    alerts = organiser.get("/admin/").text.split('id="alerts"')[1].split("</section>")[0]
    assert "nobody is called until you resume" in alerts
    assert f'href="{RESUME}"' in alerts
    assert "Nothing to be done" not in alerts
