"""The desk: who is found, what is said to keep them, and what can be done there."""

import re
from html import unescape

import pytest

from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.queries import hall_codes
from jobfair.queries.admin import desk
from jobfair.queries.student import places
from jobfair.services import mail
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.browsing import Browser

TAGS = re.compile("<[^>]+>")


@pytest.fixture
def volunteer(client):
    return Browser(client, factories.member("desk"))


@pytest.fixture
def address(alice):
    return f"/admin/desk/{alice.student_id}"


@pytest.fixture
def absent(alice, techcorp):
    """Alice's entry, set aside as she did not come."""
    entry_id = factories.entry(alice, techcorp)
    assert queues.absent(actors.company(techcorp), entry_id)
    return entry_id


def region(page, name):
    """What is read in a region of a page."""
    html = re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)[0]
    return " ".join(unescape(TAGS.sub(" ", html)).split())


def code_of(person):
    return hall_codes.code(person.student_id)


@pytest.mark.parametrize(
    "typed", ["alice", "mar ALI", "alice@", "{code}", pytest.param(" {lower} ", id="lower")]
)
def test_a_name_an_address_or_a_code_finds_a_student(volunteer, alice, bob, typed):
    code = code_of(alice)
    page = volunteer.get(f"/admin/desk?q={typed.format(code=code, lower=code.lower())}").text
    assert f'href="/admin/desk/{alice.student_id}"' in page
    assert f'href="/admin/desk/{bob.student_id}"' not in page
    assert code in page


def test_who_is_not_found_is_said(volunteer, alice):
    assert "Nobody has this name or code" in volunteer.get("/admin/desk?q=nobody").text
    assert "Alice" not in volunteer.get("/admin/desk").text


def test_a_badge_leads_to_its_student(volunteer, alice, address):
    answer = volunteer.get(f"/admin/desk/badge/{code_of(alice).replace(' ', '')}")
    assert (answer.status_code, answer.location) == (303, address)


def test_a_code_that_is_nobodys_leads_to_the_search(volunteer, alice):
    page = volunteer.get("/admin/desk/badge/zz99").text
    assert "Nobody has this name or code" in page
    assert 'value="zz99"' in page


def test_beyond_the_number_of_codes_two_share_one_and_the_desk_chooses(
    volunteer, alice, bob, monkeypatch
):
    monkeypatch.setattr(hall_codes, "CODES", 1)
    monkeypatch.setattr(hall_codes, "remainder", lambda typed: 0)
    page = volunteer.get("/admin/desk/badge/KT42").text
    assert "Alice Martin" in page
    assert "Bob" in page


def test_the_camera_is_allowed_where_badges_are_scanned_and_nowhere_else(volunteer, alice, address):
    def camera(path):
        return re.findall(r"camera=\(.*?\)", volunteer.get(path).headers["Permissions-Policy"])

    assert camera("/admin/desk") == ["camera=(self)"]
    assert camera("/admin/desk/badge/zz99") == ["camera=(self)"]
    assert camera(address) == camera("/admin/") == ["camera=()"]


def test_signing_in_at_the_desk_leads_to_the_desk(volunteer):
    assert volunteer.get("/").location == "/admin/desk"
    assert '<a href="/admin/desk" aria-current="page">' in volunteer.get("/admin/desk").text


def test_an_organiser_still_begins_with_the_overview(organiser):
    assert organiser.get("/").location == "/admin/"


@pytest.mark.parametrize("role", ["viewer", None])
def test_who_does_not_help_has_no_desk(client, alice, address, role):
    somebody = Browser(client, alice if role is None else factories.member(role))
    badge = f"/admin/desk/badge/{code_of(alice).replace(' ', '')}"
    answers = [somebody.get(path) for path in ("/admin/desk", address, badge)]
    assert {answer.status_code for answer in answers} == {403}
    assert "Martin" not in "".join(answer.text for answer in answers)


def set_aside(alice, company_id):
    queues.absent(actors.company(company_id), factories.entry(alice, company_id))


def passed(alice, company_id):
    queues.pass_turn(alice.actor, factories.entry(alice, company_id))


def broken_off(alice, company_id):
    factories.interview(alice, company_id)
    students.force_status(actors.SYSTEM, alice.student_id, StudentStatus.AVAILABLE)


def on_a_break(alice, company_id):
    factories.entry(alice, company_id)
    presence.change_status(alice.actor, StudentStatus.PAUSED)


def elsewhere(alice, company_id):
    factories.entry(alice, company_id)
    factories.interview(alice, factories.company("Rival"))


def deactivated(alice, company_id):
    factories.entry(alice, company_id)
    students.set_active(actors.SYSTEM, alice.student_id, active=False)


def company_paused(alice, company_id):
    factories.entry(alice, company_id)
    companies.edit(actors.SYSTEM, company_id, {"status": CompanyStatus.PAUSED})


def fair_closed(alice, company_id):
    factories.entry(alice, company_id)
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (set_aside, r"Set aside at TechCorp since [\d:]+.*: did not come\."),
        (passed, r"Set aside at TechCorp since [\d:]+.*: let the next one go first\."),
        (broken_off, r"Set aside at TechCorp since [\d:]+.*: the interview was broken off\."),
        (on_a_break, r"They are on a break: every queue skips them\."),
        (elsewhere, r"Rival holds them since [\d:]+.*: their other queues skip them\."),
        (deactivated, r"The account is deactivated: every queue skips them\."),
        (company_paused, r"TechCorp is paused: it calls nobody, and keeps the places\."),
        (fair_closed, r"The fair is not open: nobody is called\."),
        (factories.entry, r"It is their turn: they may go there now\."),
    ],
)
def test_what_keeps_somebody_is_said_in_one_sentence(
    volunteer, alice, techcorp, address, happened, said
):
    happened(alice, techcorp)
    words = region(volunteer.get(address).text, "person")
    assert re.search(said, words), words


def test_the_call_that_ran_out_and_the_last_reason_counts(alice, techcorp, absent, time):
    queues.present(alice.actor, absent)
    time.pass_(minutes=3)
    queues.pass_turn(alice.actor, absent)
    [aside] = desk.day(alice.student_id).aside.values()
    assert aside.because == "passed"


def test_nothing_keeps_who_waits_for_nothing(volunteer, alice, address):
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    assert desk.day(alice.student_id).obstacles == []
    assert "In no queue" in region(volunteer.get(address).text, "day")


def test_an_address_that_is_not_confirmed_is_confirmed_there(volunteer, address, monkeypatch):
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    zoe = factories.student("Zoé", confirmed=False)
    page = f"/admin/desk/{zoe.student_id}"
    assert "they cannot join a queue by themselves" in volunteer.get(page).text
    volunteer.post(f"/admin/students/{zoe.student_id}/address/confirm")
    assert "Address confirmed" in region(volunteer.get(page).text, "person")


def test_what_cannot_be_done_says_why(volunteer, alice, address):
    words = region(volunteer.get(address).text, "acts")
    for why in (
        "They are available already.",
        "No stand has set them aside.",
        "They wait nowhere.",
    ):
        assert why in words


def test_an_action_at_the_desk_comes_back_to_the_desk(volunteer, alice, absent, address):
    path = f"/admin/students/{alice.student_id}/entries/{absent}/present"
    volunteer._headers["Referer"] = f"http://localhost{address}"
    assert volunteer.post(path).location == address
    [place] = places.dashboard(alice.student_id).places
    assert (place.aside, place.can_start) == (False, True)


@pytest.mark.parametrize("what", ["password", "link"])
def test_what_is_shown_once_leads_back_to_the_desk(volunteer, alice, address, what):
    volunteer._headers["Referer"] = f"http://localhost{address}"
    page = volunteer.post(f"/admin/students/{alice.student_id}/{what}").text
    assert f'<a class="button button-primary" href="{address}">' in page


def test_somebody_is_put_into_a_queue_at_a_rank(volunteer, alice, bob, techcorp):
    factories.entry(bob, techcorp)
    path = f"/admin/students/{alice.student_id}/entries"
    assert volunteer.post(path, company="TechCorp", rank="1").status_code == 303
    [place] = places.dashboard(alice.student_id).places
    assert place.ahead == 0


@pytest.mark.parametrize(("rank", "ahead"), [("1", 0), ("2", 1), ("99", 2)])
def test_somebody_is_moved_to_a_rank(volunteer, alice, techcorp, rank, ahead):
    for _ in range(2):
        factories.entry(factories.student(), techcorp)
    entry_id = factories.entry(alice, techcorp)
    path = f"/admin/companies/{techcorp}/entries/{entry_id}/move"
    assert volunteer.post(path, rank=rank).status_code == 303
    [place] = places.dashboard(alice.student_id).places
    assert place.ahead == ahead


@pytest.mark.parametrize("rank", ["", "0", "-1", "first"])
def test_there_is_no_other_rank(volunteer, alice, techcorp, rank):
    entry_id = factories.entry(alice, techcorp)
    path = f"/admin/companies/{techcorp}/entries/{entry_id}/move"
    assert volunteer.post(path, rank=rank).status_code == 400


def test_who_left_meanwhile_is_not_moved(volunteer, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)
    queues.leave(alice.actor, entry_id)
    path = f"/admin/companies/{techcorp}/entries/{entry_id}/move"
    volunteer._headers["Accept"] = "text/vnd.jobfair.fragments+html"
    answer = volunteer.post(path, rank="1")
    assert answer.status_code == 400
    assert "no longer in the queue" in answer.text
