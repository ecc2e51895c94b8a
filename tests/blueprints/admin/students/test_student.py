"""One student in an organiser's hands (rules 10 and 11)."""

import re

import pytest

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound
from jobfair.queries.admin import roster
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.access import sign_ins
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

CARD = {"first_name": "Alicia", "last_name": "Durand", "email": "alicia@example.org"}


@pytest.fixture
def alice(app):
    return factories.student("Alice", "Martin")


@pytest.fixture
def address(alice):
    return f"/admin/students/{alice.student_id}"


def may_sign_in(person, password=PASSWORD):
    return not isinstance(sign_ins.sign_in(person.email, password, "test"), Refusal)


def test_name_and_address(organiser, alice, address):
    page = organiser.follow(organiser.post(address, **CARD)).text
    student = roster.student(alice.student_id)
    assert (student.full_name, student.email) == ("Alicia Durand", "alicia@example.org")
    assert "Saved" in page


def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(organiser, alice, address):
    answer = organiser.post(address, **{**CARD, "email": "nobody"})
    assert answer.status_code == 400
    assert 'id="email-error"' in answer.text
    assert 'value="Alicia"' in answer.text
    assert roster.student(alice.student_id).first_name == "Alice"


def test_an_address_that_has_an_account(organiser, alice, address):
    factories.student("Bob", email=CARD["email"])
    answer = organiser.post(address, **CARD)
    assert answer.status_code == 400
    assert 'id="email-error"' in answer.text
    assert roster.student(alice.student_id).first_name == "Alice"


def test_forcing_somebody_out_of_an_interview_breaks_it_off(organiser, alice, techcorp, address):
    factories.interview(alice, techcorp)
    answer = organiser.say(f"{address}/status", status="available")
    assert 'hx-target="#student"' in answer.text
    assert "Status changed" in answer.text
    entry = places.dashboard(alice.student_id).waiting[0]
    assert entry.aside
    assert stands.company_by_id(techcorp).running == 0


def test_forcing_into_an_interview_that_was_done_is_refused_beside_the_form(
    organiser, alice, techcorp, address
):
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    form = {"status": "in_interview", "company": "TechCorp"}
    answer = organiser.say(f"{address}/status", **form)
    assert answer.status_code == 400
    beside = answer.text[answer.text.index('id="override"') : answer.text.index('id="entries"')]
    assert 'class="refusal"' in beside
    assert 'class="refusal"' in organiser.post(f"{address}/status", **form).text


def test_deactivating_signs_out_and_reactivating_brings_back(
    organiser, app, alice, techcorp, address
):
    factories.entry(alice, techcorp)
    browser = app.test_client()
    alice.sign_in(browser)
    assert "Reactivate" in organiser.say(f"{address}/deactivate").text
    assert browser.get("/dashboard").status_code == 303
    assert stands.stand(techcorp).waiting[0].greyed
    assert "Deactivate" in organiser.say(f"{address}/reactivate").text
    assert may_sign_in(alice)
    assert not stands.stand(techcorp).waiting[0].greyed


def test_adding_to_a_queue(organiser, alice, techcorp, address):
    answer = organiser.say(f"{address}/entries", company="techcorp")
    assert "Added to the queue" in answer.text
    assert stands.company_by_id(techcorp).waiting == 1
    again = organiser.say(f"{address}/entries", company="techcorp")
    assert again.status_code == 400
    assert "in that queue already" in again.text[again.text.index('id="entries"') :]


def test_adding_to_a_queue_that_is_not_there(organiser, alice, address):
    answer = organiser.say(f"{address}/entries", company="Nowhere")
    assert answer.status_code == 400
    assert 'class="refusal"' in answer.text


@pytest.mark.parametrize("form", ["entries", "status"])
def test_a_name_of_no_company_is_not_lost_without_a_script(organiser, address, form):
    page = organiser.post(f"{address}/{form}", company="Nowhere", status="in_interview")
    assert page.status_code == 400
    assert page.text.count('value="Nowhere"') == 1
    assert f'href="{address}/{form}"' not in page.text, "which cannot be opened"
    assert "No company has this name" in page.text


def test_completing_and_removing_entries(organiser, alice, techcorp, address):
    running = factories.interview(alice, techcorp)
    waiting = factories.entry(alice, factories.company("Other"))
    assert "Interview done" in organiser.say(f"{address}/entries/{running}/complete").text
    assert "Removed" in organiser.say(f"{address}/entries/{waiting}/remove").text
    page = places.dashboard(alice.student_id)
    assert [place.id for place in page.places] == [running]
    assert page.done
    again = organiser.say(f"{address}/entries/{running}/complete")
    assert again.status_code == 400
    card = again.text[again.text.index(f'id="entry-{running}"') :]
    assert 'class="refusal"' in card


def test_not_coming_and_being_back_on_their_behalf(organiser, alice, techcorp, address):
    entry_id = factories.entry(alice, techcorp)
    path = f"{address}/entries/{entry_id}"
    assert f'action="{path}/absent"' in organiser.get(address).text
    assert "Alice Martin did not come, and is set aside" in organiser.say(f"{path}/absent").text
    assert places.dashboard(alice.student_id).waiting[0].aside
    assert "Alice Martin is called again" in organiser.say(f"{path}/present").text
    assert places.dashboard(alice.student_id).turns


def test_an_interview_that_was_had_already_is_refused_in_an_organisers_words(
    organiser, alice, techcorp, address
):
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    answer = organiser.say(f"{address}/entries", company="TechCorp")
    assert "This student has already had this interview" in answer.text


def test_a_password_that_the_organiser_chose(organiser, alice, address):
    organiser.follow(organiser.post(f"{address}/password", password="another good one"))
    assert may_sign_in(alice, "another good one")
    assert not may_sign_in(alice)


def test_a_password_made_by_chance_is_shown_this_once(organiser, alice, address):
    answer = organiser.post(f"{address}/password", password="")
    shown = re.search(r'id="password" type="text" value="([a-hjkmnp-z2-9]{15})"', answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert may_sign_in(alice, shown[1])
    assert shown[1] not in organiser.get(address).text


def test_a_password_too_short_changes_nothing(organiser, alice, address):
    answer = organiser.post(f"{address}/password", password="short")
    assert answer.status_code == 400
    assert 'id="password-error"' in answer.text
    assert may_sign_in(alice)


def test_a_new_password_signs_the_student_out(organiser, app, alice, address):
    browser = app.test_client()
    alice.sign_in(browser)
    organiser.post(f"{address}/password", password="another good one")
    assert browser.get("/dashboard").location == "/login?next=/dashboard"


def test_deleting_says_first_what_is_lost(organiser, alice, techcorp, address):
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    organiser.post(f"{address}/status", status="available")
    factories.interview(alice, factories.company("Running"))
    factories.entry(alice, factories.company("Waiting"))
    question = organiser.get(f"{address}/delete").text
    assert "The interview at Running is broken off." in question
    assert "1 place is lost." in question
    assert "1 finished interview disappears" in question
    assert roster.student(alice.student_id)


def test_deleting_frees_the_slot(organiser, alice, techcorp, address):
    factories.interview(alice, techcorp)
    page = organiser.follow(organiser.post(f"{address}/delete")).text
    assert "Alice Martin is deleted" in page
    with pytest.raises(NotFound):
        roster.student(alice.student_id)
    assert stands.company_by_id(techcorp).running == 0
    assert not may_sign_in(alice)


@pytest.mark.parametrize(
    "what", ["", "/status", "/deactivate", "/password", "/delete", "/entries/1/remove"]
)
def test_what_is_no_more_is_said_to_be_so(organiser, app, what):
    form = {**CARD, "status": "paused"}
    assert organiser.post(f"/admin/students/99{what}", **form).status_code == 404


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("path", "form", "state"),
    [
        ("entries", {"rank": "1"}, "waiting"),
        ("status", {"status": "in_interview"}, "running"),
    ],
)
def test_a_company_that_is_not_clear_is_chosen_among_those_it_may_be(
    organiser, alice, address, path, form, state, scripts
):
    factories.company("Acme", stand="A1")
    energy = factories.company("Acme Energy", stand="A2")
    send = organiser.say if scripts else organiser.post
    answer = send(f"{address}/{path}", company="acm", **form)
    assert answer.status_code == 400
    assert "Several companies are called so: choose one" in answer.text
    assert 'value="acm"' in answer.text
    assert f'name="company_id" value="{energy}"' in answer.text
    picked = {"company": "acm", "company_id": str(energy)}
    done = organiser.say(f"{address}/{path}", **picked)  # A browser sends one button alone.
    assert "Acme Energy" in done.text
    [place] = places.dashboard(alice.student_id).places
    assert (place.company.id, place.state) == (energy, state)


def test_a_stands_number_puts_somebody_into_an_interview(organiser, alice, address):
    factories.company("Acme", stand="A12")
    company_id = factories.company("Bank", stand="A1")
    organiser.say(f"{address}/status", company="a1", status="in_interview")
    assert places.dashboard(alice.student_id).running.company.id == company_id
