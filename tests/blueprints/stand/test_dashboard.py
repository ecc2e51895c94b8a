"""What a stand does on its own screen: starting for somebody, and taking back an end."""

import pytest

from jobfair.catalogue.audit import sentence
from jobfair.db.transactions import revision
from jobfair.domain.state import StudentStatus
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from tests.support import factories


class Tablet:
    """A stand's screen, in English. `say` is what a script sends and gets fragments for."""

    def __init__(self, client, company_id):
        self._client = client
        self._base = f"/company/{factories.token(company_id)}"

    def get(self):
        return self._client.get(self._base, headers={"Accept-Language": "en"}).text

    def post(self, path, **form):
        headers = {"Accept-Language": "en"}
        return self._client.post(f"{self._base}/{path}", data=form, headers=headers)

    def say(self, path, **form):
        headers = {"Accept-Language": "en", "Accept": FRAGMENTS}
        return self._client.post(f"{self._base}/{path}", data=form, headers=headers)


@pytest.fixture
def tablet(client, techcorp):
    return Tablet(client, techcorp)


@pytest.fixture
def alice(app):
    return factories.student("Alice", "Martin")


@pytest.fixture
def bob(app):
    return factories.student("Bob", "Durand")


@pytest.fixture
def line(alice, bob, techcorp):
    """Alice is called, Bob waits behind her."""
    return [factories.entry(person, techcorp) for person in (alice, bob)]


def inside(company_id):
    return [row.id for row in stands.stand(company_id).in_interview]


def logged(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        return str(sentence(audit.page(AuditFilter()).lines[0]))


# Starting for a student


def test_the_called_student_is_started_at_the_stand(app, tablet, line, techcorp, alice):
    assert f"/queues/{line[0]}/start/" in tablet.get()
    answer = tablet.say(f"queues/{line[0]}/start/")
    assert answer.status_code == 200
    assert "Interview started" in answer.text
    assert inside(techcorp) == [line[0]]
    assert places.dashboard(alice.student_id).running
    assert logged(app) == "TechCorp began an interview with Alice Martin"


def test_out_of_turn_is_confirmed_and_recorded(app, tablet, line, techcorp):
    page = tablet.get()
    assert "Start out of turn" in page
    assert f'id="early-{line[1]}"' in page
    answer = tablet.post(f"queues/{line[1]}/start/", out_of_turn="1")
    assert answer.status_code == 303
    assert inside(techcorp) == [line[1]]
    assert logged(app) == "TechCorp took Bob Durand into an interview out of turn"
    assert [row.id for row in stands.stand(techcorp).waiting] == [line[0]]


def test_without_the_confirmation_nobody_is_started_out_of_turn(tablet, line, techcorp):
    before = revision()
    answer = tablet.say(f"queues/{line[1]}/start/")
    assert answer.status_code == 400
    assert "It is not this student&#39;s turn" in answer.text
    assert revision() == before


@pytest.mark.parametrize(
    ("hinder", "words"),
    [
        (
            lambda bob, other: presence.change_status(bob.actor, StudentStatus.PAUSED),
            "This student is on a break: only they end it, on their phone",
        ),
        (lambda bob, other: factories.interview(bob, other), "This student is in an interview"),
        (
            lambda bob, other: students.set_active(actors.SYSTEM, bob.student_id, False),
            "The account of this student is deactivated",
        ),
    ],
    ids=["paused", "elsewhere", "deactivated"],
)
def test_what_is_in_the_way_is_said_beside_the_entry(tablet, line, bob, techcorp, hinder, words):
    hinder(bob, factories.company("Rival"))
    assert f'id="early-{line[1]}"' not in tablet.get()
    answer = tablet.say(f"queues/{line[1]}/start/", out_of_turn="1")
    assert answer.status_code == 400
    assert words in answer.text
    assert inside(techcorp) == []


def test_without_a_free_seat_nobody_is_taken(tablet, line, techcorp):
    assert "takes-early" in tablet.get()
    tablet.say(f"queues/{line[0]}/start/")
    assert "takes-early" not in tablet.get()
    answer = tablet.say(f"queues/{line[1]}/start/", out_of_turn="1")
    assert "No slot is free" in answer.text
    assert inside(techcorp) == [line[0]]


def test_another_stand_and_a_dead_link_start_nobody(client, line, techcorp):
    rival = Tablet(client, factories.company("Rival"))
    before = revision()
    assert rival.post(f"queues/{line[0]}/start/").status_code == 404
    assert client.post(f"/company/unknown/queues/{line[0]}/start/").status_code == 404
    assert revision() == before


# Taking back a start


def test_a_start_can_be_taken_back_where_it_runs_and_in_the_toast(app, tablet, line, techcorp):
    answer = tablet.say(f"queues/{line[0]}/start/")
    seats, _, toast = answer.text.partition('hx-target="#toasts"')
    undoing = f"/queues/{line[0]}/undo-start/"
    assert undoing in seats
    assert undoing in toast
    answer = tablet.say(f"queues/{line[0]}/undo-start/")
    assert answer.status_code == 200
    assert "Start taken back" in answer.text
    assert inside(techcorp) == []
    assert [row.id for row in stands.stand(techcorp).waiting] == line
    took_back = "TechCorp took back the start of an interview with Alice Martin"
    assert took_back in [_said(app, told) for told in audit.page(AuditFilter()).lines]


def test_after_a_minute_a_start_stays(tablet, line, techcorp, time):
    tablet.say(f"queues/{line[0]}/start/")
    time.pass_(seconds=59)
    assert "undo-start" in tablet.get()
    time.pass_(seconds=2)
    assert "undo-start" not in tablet.get()
    answer = tablet.say(f"queues/{line[0]}/undo-start/")
    assert answer.status_code == 400
    assert "More than a minute has passed: the interview goes on" in answer.text
    assert inside(techcorp) == [line[0]]


def test_another_stand_and_a_dead_link_take_no_start_back(client, line, alice, techcorp):
    interviews.start(alice.actor, line[0])
    rival = Tablet(client, factories.company("Rival"))
    before = revision()
    assert rival.post(f"queues/{line[0]}/undo-start/").status_code == 404
    assert client.post(f"/company/unknown/queues/{line[0]}/undo-start/").status_code == 404
    assert revision() == before


# Taking back an end


@pytest.fixture
def ended(line, alice, techcorp):
    """Alice's interview has just ended."""
    interviews.start(alice.actor, line[0])
    interviews.complete(actors.company(techcorp), line[0])
    return line[0]


def test_the_last_end_can_be_undone(app, tablet, ended, techcorp, alice):
    seats = tablet.get().partition('id="in-interview"')[2].partition("</section>")[0]
    assert "Interview with Alice Martin ended." in seats
    assert 'data-until="' in seats
    assert inside(techcorp) == []
    answer = tablet.say(f"queues/{ended}/undo/")
    assert answer.status_code == 200
    assert "The interview goes on" in answer.text
    assert inside(techcorp) == [ended]
    assert places.dashboard(alice.student_id).running
    goes_on = "The interview of Alice Martin at TechCorp goes on: its end was undone"
    assert goes_on in [_said(app, told) for told in audit.page(AuditFilter()).lines]
    assert "Interview with Alice Martin ended." not in tablet.get()


def _said(app, told):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        return str(sentence(told))


def test_after_a_minute_the_page_offers_it_no_longer_and_refuses_it(tablet, ended, time):
    time.pass_(seconds=59)
    assert "Interview with Alice Martin ended." in tablet.get()
    time.pass_(seconds=2)
    assert "Interview with Alice Martin ended." not in tablet.get()
    answer = tablet.say(f"queues/{ended}/undo/")
    assert answer.status_code == 400
    assert "More than a minute has passed: the interview stays done" in answer.text


def test_it_is_refused_in_words_once_the_student_is_elsewhere(tablet, ended, alice):
    presence.change_status(alice.actor, StudentStatus.AVAILABLE)
    factories.interview(alice, factories.company("Rival"))
    answer = tablet.say(f"queues/{ended}/undo/")
    assert "This student is in an interview elsewhere by now" in answer.text


def test_it_is_refused_in_words_once_the_slot_is_taken(tablet, ended, line, bob):
    interviews.start(bob.actor, line[1])
    assert "No slot is free" in tablet.say(f"queues/{ended}/undo/").text


def test_it_is_refused_in_words_once_the_student_is_gone(tablet, ended, alice):
    students.delete(actors.SYSTEM, alice.student_id, "Alice Martin")
    answer = tablet.say(f"queues/{ended}/undo/")
    assert answer.status_code == 400
    assert "There is no longer an end of an interview to undo here" in answer.text


def test_without_a_script_the_refusal_stands_on_the_page(tablet, ended, time):
    time.pass_(minutes=2)
    assert tablet.post(f"queues/{ended}/undo/").status_code == 303
    assert '<p class="refusal"' in tablet.get()


def test_a_place_marked_as_done_by_an_organiser_is_no_end_to_undo(tablet, line):
    overrides.complete_for(actors.SYSTEM, line[0])
    assert "data-until" not in tablet.get()


def test_another_stand_and_a_dead_link_undo_nothing(client, ended):
    rival = Tablet(client, factories.company("Rival"))
    before = revision()
    assert rival.post(f"queues/{ended}/undo/").status_code == 303
    assert client.post(f"/company/unknown/queues/{ended}/undo/").status_code == 404
    assert revision() == before


def test_a_call_that_the_student_passed_is_shown_and_not_started_unasked(tablet, line, alice):
    queues.pass_turn(alice.actor, line[0])
    assert "This student was set aside" in tablet.say(f"queues/{line[0]}/start/").text
