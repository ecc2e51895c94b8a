"""A call as the student's page shows it, and what they answer."""

import re

import pytest

from jobfair.db.transactions import revision
from jobfair.domain.state import StudentStatus
from jobfair.queries.stand import stands
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from jobfair.web.security.browsers import csrf
from tests.support import factories


class Phone:
    """A student's browser, in English. `say` is what a script sends and gets fragments for."""

    def __init__(self, app, person):
        self.person = person
        self._client = app.test_client()
        sign_in = person.sign_in(self._client)
        self._headers = {
            "X-CSRF-Token": csrf.token(sign_in.sign_in_id),
            "Accept-Language": "en",
        }

    def get(self, path="/dashboard"):
        return self._client.get(path, headers=self._headers).text

    def post(self, path, **form):
        return self._client.post(path, data=form, headers=self._headers)

    def say(self, path, **form):
        headers = {**self._headers, "Accept": FRAGMENTS}
        return self._client.post(path, data=form, headers=headers)


@pytest.fixture
def techcorp(app):
    return factories.company("TechCorp", stand="A1")


@pytest.fixture
def alice(app):
    return Phone(app, factories.student("Alice"))


@pytest.fixture
def bob(app):
    return Phone(app, factories.student("Bob"))


@pytest.fixture
def called(alice, techcorp):
    """The id of Alice's entry, whose turn it is."""
    return factories.entry(alice.person, techcorp)


def test_the_card_asks_for_an_answer_and_says_what_happens_without(alice, called):
    page = alice.get()
    assert f'action="/entries/{called}/start"' in page
    assert f'action="/entries/{called}/hold"' in page
    assert f'action="/entries/{called}/pass"' in page
    assert "Without an answer the next one is called at" in page
    fair.set_call_minutes(actors.SYSTEM, None)
    assert "Without an answer" not in alice.get()


@pytest.mark.parametrize("page", ["/companies", "/profile", "/notifications", "/history", "/help"])
def test_every_other_page_says_so_in_one_line_that_leads_to_the_card(alice, called, page):
    turns = alice.get(page).partition('id="turns"')[2].partition("</section>")[0]
    assert 'href="/dashboard#turns"' in turns
    assert "TechCorp" in turns
    assert "<form" not in turns


def test_who_comes_to_one_stand_is_asked_before_they_go_to_another(alice, called):
    second = factories.entry(alice.person, factories.company("Bolt"))
    assert "hx-confirm" not in alice.get().partition('id="running"')[0]
    alice.say(f"/entries/{called}/hold")
    page = alice.get()
    form = page[page.index(f'action="/entries/{second}/hold"') :]
    assert 'hx-confirm="TechCorp expects you. Go to Bolt instead?' in form[: form.index(">")]
    alice.say(f"/entries/{second}/hold")
    stand = stands.stand(stands.company_by_id(1).id)
    assert [row.coming_at for row in stand.waiting] == [None]


def test_after_coming_the_card_says_that_the_stand_knows(alice, called):
    answer = alice.say(f"/entries/{called}/hold")
    assert answer.status_code == 200
    assert "The stand knows that you are coming. Your turn is kept until <time" in answer.text
    assert f'action="/entries/{called}/start"' in answer.text
    assert f'action="/entries/{called}/pass"' in answer.text
    assert f'action="/entries/{called}/hold"' not in answer.text


def test_without_a_script_the_answer_leads_back_to_the_page(alice, called):
    answer = alice.post(f"/entries/{called}/hold")
    assert (answer.status_code, answer.location) == (303, "/dashboard")
    assert "The stand knows that you are coming" in alice.get()


def test_an_answer_to_no_call_is_refused_beside_the_entry(alice, bob, called, techcorp):
    theirs = factories.entry(bob.person, techcorp)
    answer = bob.say(f"/entries/{theirs}/hold")
    assert answer.status_code == 400
    assert "Nobody is called with this entry" in answer.text
    queues.pass_turn(alice.person.actor, called)
    assert alice.say(f"/entries/{called}/hold").status_code == 400


def test_anothers_call_is_not_ones_own(app, client, alice, bob, called):
    before = revision()
    assert bob.say(f"/entries/{called}/hold").status_code == 404
    assert client.post(f"/entries/{called}/hold").location.startswith("/login")
    assert revision() == before


def test_the_form_needs_its_token(app, alice, called):
    before = revision()
    assert alice._client.post(f"/entries/{called}/hold").status_code == 403
    assert revision() == before


def turn(page):
    """The number of the turn that a page shows, and whether it has yet to be told as seen."""
    card = re.search(r'data-turn="(\d+)"( data-seen="[^"]+")?', page)
    return int(card[1]), bool(card[2])


def test_a_card_that_was_shown_is_told_once(alice, called, techcorp):
    number, untold = turn(alice.get())
    assert untold
    assert not stands.called(techcorp)[0].seen
    for _ in range(2):
        answer = alice.post(f"/entries/{called}/call-receipt", turn=number)
        assert (answer.status_code, answer.text) == (204, "")
    assert stands.called(techcorp)[0].seen
    assert turn(alice.get()) == (number, False)
    before = revision()
    alice.post(f"/entries/{called}/call-receipt", turn=number)
    assert revision() == before


def test_looking_at_the_page_without_a_script_counts_for_nothing(alice, called, techcorp):
    before = revision()
    alice.get()
    assert revision() == before
    alice.post(f"/entries/{called}/hold")
    assert stands.called(techcorp)[0].seen


def test_a_turn_that_is_over_is_not_seen_any_more(alice, called, techcorp):
    number, _untold = turn(alice.get())
    queues.absent(actors.company(techcorp), called)
    queues.present(alice.person.actor, called)
    assert alice.post(f"/entries/{called}/call-receipt", turn=number).status_code == 204
    assert not stands.called(techcorp)[0].seen


@pytest.mark.parametrize("wrong", [{}, {"turn": "now"}, {"turn": "-1"}, {"turn": "9" * 30}])
def test_what_was_seen_has_to_be_said(alice, called, wrong):
    assert alice.post(f"/entries/{called}/call-receipt", **wrong).status_code == 400


def test_nobody_sees_anothers_call(client, alice, bob, called, techcorp):
    number, _untold = turn(alice.get())
    assert bob.post(f"/entries/{called}/call-receipt", turn=number).status_code == 404
    assert client.post(f"/entries/{called}/call-receipt").location.startswith("/login")
    assert not stands.called(techcorp)[0].seen


def test_the_stand_sees_called_seen_and_coming(app, client, alice, called, techcorp):
    def screen():
        address = f"/company/{factories.token(techcorp)}"
        return client.get(address, headers={"Accept-Language": "en"}).text

    assert "Not seen yet" in screen()
    assert screen().count("data-since=") == 1
    alice.post(f"/entries/{called}/call-receipt", turn=turn(alice.get())[0])
    assert "Not seen yet" not in screen()
    assert "Seen" in screen()
    alice.post(f"/entries/{called}/hold")
    assert "On the way" in screen()
    assert screen().count("data-since=") == 2


def test_programs_of_the_stand_see_it_too(client, alice, called, techcorp):
    def row():
        return client.get(f"/api/companies/{factories.token(techcorp)}/").json["waiting"][0]

    assert row()["called_at"].endswith("Z")
    assert (row()["seen"], row()["coming"]) == (False, False)
    alice.post(f"/entries/{called}/hold")
    assert (row()["seen"], row()["coming"]) == (True, True)


def test_a_start_after_the_answer_is_an_interview(alice, called, techcorp):
    alice.say(f"/entries/{called}/hold")
    assert alice.say(f"/entries/{called}/start").status_code == 200
    assert [row.id for row in stands.stand(techcorp).in_interview] == [called]
    interviews.complete(actors.company(techcorp), called)


# Taking back a start


def test_a_start_can_be_taken_back_on_the_card_and_in_the_toast(alice, called, techcorp):
    answer = alice.say(f"/entries/{called}/start")
    card, _, toast = answer.text.partition('hx-target="#toasts"')
    assert f'action="/entries/{called}/undo-start"' in card
    assert f'action="/entries/{called}/undo-start"' in toast
    assert "data-until=" in alice.get()
    answer = alice.say(f"/entries/{called}/undo-start")
    assert answer.status_code == 200
    assert "Start taken back: you wait again" in answer.text
    page = alice.get()
    assert "Interview running" not in page
    assert f'action="/entries/{called}/start"' in page


def test_without_a_script_it_leads_back_to_the_page(alice, called):
    alice.post(f"/entries/{called}/start")
    assert alice.post(f"/entries/{called}/undo-start").status_code == 303
    assert "Start taken back: you wait again" in alice.get()


def test_what_can_no_longer_be_taken_back_is_refused_where_it_is(alice, called, techcorp, time):
    alice.post(f"/entries/{called}/start")
    assert "undo-start" in alice.get()  # The page that says so.
    time.pass_(minutes=2)
    assert "undo-start" not in alice.get()
    answer = alice.say(f"/entries/{called}/undo-start")
    assert answer.status_code == 400
    assert "More than a minute has passed: the interview goes on" in answer.text
    interviews.complete(actors.company(techcorp), called)
    answer = alice.say(f"/entries/{called}/undo-start")
    assert answer.status_code == 400
    done = answer.text.partition('id="done"')[2].partition("</section>")[0]
    assert "You have already had this interview" in done


def test_nobody_takes_back_anothers_start(client, alice, bob, called):
    alice.post(f"/entries/{called}/start")
    before = revision()
    assert bob.post(f"/entries/{called}/undo-start").status_code == 404
    assert client.post(f"/entries/{called}/undo-start").status_code in (302, 303, 400, 401)
    assert revision() == before


def test_a_call_that_ends_as_somebody_ahead_is_back_is_said_on_its_card(alice, bob, techcorp):
    words = "Your call has ended: someone ahead of you is back. You keep your place."
    first = factories.entry(alice.person, techcorp)
    factories.entry(bob.person, techcorp)
    presence.change_status(alice.person.actor, StudentStatus.PAUSED)
    presence.change_status(alice.person.actor, StudentStatus.AVAILABLE)
    assert words in bob.get().partition('id="queues"')[2]
    assert words not in alice.get()
    queues.leave(alice.person.actor, first)
    assert words not in bob.get()


def test_pausing_asks_only_while_somebody_is_called(alice, bob, techcorp):
    ask = "TechCorp calls you now. Pause, and let the next one be called? Your place is kept."
    assert ask not in alice.get()
    factories.entry(alice.person, techcorp)
    factories.entry(bob.person, techcorp)
    assert f'hx-confirm="{ask}"' in alice.get()
    assert ask not in bob.get()
