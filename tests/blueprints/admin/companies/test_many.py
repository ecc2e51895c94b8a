"""One act on many companies: asked with their names, done to those alone, taken back in one."""

import re
from html import unescape

import pytest
from flask import current_app

from jobfair.domain.events import ManyAct
from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.extensions import db
from jobfair.models import Company
from jobfair.queries.admin import roster
from jobfair.queries.admin.lists.companies import EVERY_COMPANY, found_companies
from jobfair.queries.admin.records import many_acts
from jobfair.queries.fair.messages import notifications, sent
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.companies import companies, many_companies
from jobfair.unit_of_work import actors
from tests.support import factories

MANY = "/admin/companies/many"
ADMIN = actors.admin(1)


@pytest.fixture
def three(app):
    return [factories.company(name, stand=f"A{n}") for n, name in enumerate(("Ada", "Bob", "Cy"))]


def asked_at(page):
    return re.search(r'name="asked_at" value="(\d+)"', page.text).group(1)


def ask(organiser, act, ids, more=""):
    chosen = "".join(f"&company={each}" for each in ids)
    return organiser.get(f"{MANY}?act={act}{chosen}{more}")


def send(organiser, act, ids, page=None, **more):
    """Carry an act out as the page that asks does; returns the page that says what was done."""
    page = page or ask(organiser, act, ids)
    data = {"act": act, "asked_at": asked_at(page), "company": ids, **more}
    answer = organiser.post(MANY, **data)
    assert answer.status_code == 303, answer.text
    return organiser.follow(answer)


def undo(organiser, page, **more):
    address = re.search(rf'action="({MANY}/\d+/undo)"', page.text).group(1)
    return organiser.follow(organiser.post(address, **more))


def hidden(page):
    """What the page's form sends besides what is chosen on it."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    kept = ("act", "asked_at", "listed", "all", "asked")
    return {name: unescape(value) for name, value in found if name in kept}


def recruiting(ids):
    return [stands.company_by_id(each).recruiting for each in ids]


def test_those_ticked_are_named_and_paused_and_nobody_else(organiser, three):
    page = ask(organiser, "pause", three[:2])
    assert "2 companies" in page.text
    assert "Ada" in page.text
    assert "Bob" in page.text
    assert "Cy" not in page.text
    assert recruiting(three) == [True] * 3
    assert "2 companies are paused" in send(organiser, "pause", three[:2], page).text
    assert recruiting(three) == [False, False, True]


def test_all_of_a_filter_with_exceptions(organiser, three):
    companies.edit(ADMIN, three[0], {"hall": "North"})
    companies.edit(ADMIN, three[2], {"hall": "North"})
    page = organiser.get(f"{MANY}?act=pause&all=1&hall=North")
    assert "2 companies" in page.text
    assert "Bob" not in page.text
    send(organiser, "pause", [three[0]], page)
    assert recruiting(three) == [False, True, True]


def test_one_undo_takes_back_exactly_what_was_done(organiser, three):
    companies.edit(ADMIN, three[1], {"status": CompanyStatus.PAUSED})
    done = send(organiser, "pause", three)
    assert "2 companies are paused" in done.text
    assert "1 was so already" in done.text
    # One resumes meanwhile and pauses again by itself: that pause is its own.
    companies.edit(ADMIN, three[2], {"status": CompanyStatus.RECRUITING})
    companies.edit(ADMIN, three[2], {"status": CompanyStatus.PAUSED})
    undone = undo(organiser, done)
    assert "1 company is as it was before" in undone.text
    assert "Cy" in undone.text
    assert recruiting(three) == [True, False, False]


def test_what_was_taken_back_cannot_be_again(organiser, three):
    done = send(organiser, "pause", three)
    undo(organiser, done)
    number = re.search(rf"{MANY}/(\d+)/undo", done.text).group(1)
    assert "/undo" not in organiser.get(f"{MANY}/{number}").text
    again = organiser.follow(organiser.post(f"{MANY}/{number}/undo"))
    assert "0 companies are as before" in again.text
    assert recruiting(three) == [True] * 3


def test_a_stand_that_a_colleague_changed_meanwhile_is_left_and_named(organiser, three):
    page = ask(organiser, "more_slots", three)
    companies.edit(ADMIN, three[1], {"slots": 5})
    done = send(organiser, "more_slots", three, page)
    assert "2 companies hold one more interview at once" in done.text
    assert "1 was left" in done.text
    assert "Bob" in done.text
    assert [stands.company_by_id(each).slots for each in three] == [2, 5, 2]
    undo(organiser, done)
    assert [stands.company_by_id(each).slots for each in three] == [1, 5, 1]


def test_slots_do_not_fall_below_one(organiser, three):
    companies.edit(ADMIN, three[0], {"slots": 3})
    done = send(organiser, "fewer_slots", three)
    assert "1 company holds one interview at once fewer" in done.text
    assert "2 were so already" in done.text
    assert [stands.company_by_id(each).slots for each in three] == [2, 1, 1]


def test_a_hall_is_given_and_taken_back(organiser, three):
    companies.edit(ADMIN, three[0], {"hall": "North"})
    done = send(organiser, "hall", three, hall="South")
    assert halls() == ["South"] * 3
    undo(organiser, done)
    assert halls() == ["North", None, None]


def halls():
    return [each.company.hall for each in found_companies(EVERY_COMPANY)]


def test_a_message_reaches_each_once_and_is_taken_back(organiser, three):
    alice, bob = factories.student("Alice"), factories.student("Bob")
    for company in three[:2]:
        factories.entry(alice, company)
    factories.entry(bob, three[1])
    done = send(organiser, "message", three, text="Two minutes late")
    assert "Message sent to 2 queues" in done.text
    assert "1 had nobody waiting" in done.text
    assert heard(alice) == heard(bob) == 1
    undone = undo(organiser, done)
    assert "2 messages taken back" in undone.text
    assert heard(alice) == heard(bob) == 0


def heard(person):
    with current_app.test_request_context():
        return sum("Two minutes late" in str(each) for each in notifications(person.student_id))


def test_what_was_typed_wrongly_loses_nothing(organiser, three):
    page = ask(organiser, "set_pin", three)
    data = {"act": "set_pin", "asked_at": asked_at(page), "company": three[:2], "pin": "12"}
    data["asked"] = " ".join(map(str, three))
    answer = organiser.post(MANY, **data)
    assert answer.status_code == 400
    assert 'class="field-error"' in answer.text
    assert answer.text.count(" checked") == 2
    assert answer.text.count('name="company"') == 3
    assert 'value="12"' in answer.text


def test_pins_and_links(organiser, three):
    links = [stands.token_of(each) for each in three]
    assert "3 companies ask for a PIN" in send(organiser, "set_pin", three, pin="471192").text
    assert all(roster.company(each).asks_pin for each in three)
    assert "/undo" not in send(organiser, "remove_pin", three).text
    assert not any(roster.company(each).asks_pin for each in three)
    assert "3 companies have a new link" in send(organiser, "new_link", three).text
    assert not set(links) & {stands.token_of(each) for each in three}


def test_deleting_frees_those_in_interview_and_calls_them_elsewhere(organiser, three):
    alice = factories.student("Alice")
    factories.interview(alice, three[0])
    factories.entry(alice, three[2])
    assert "2 companies are deleted" in send(organiser, "delete", three[:2]).text
    assert [each.company.id for each in found_companies(EVERY_COMPANY)] == three[2:]
    assert roster.student(alice.student_id).status is StudentStatus.AVAILABLE
    assert places.dashboard(alice.student_id).turns


def test_a_company_that_is_gone_is_left_out(organiser, three):
    page = ask(organiser, "pause", three)
    companies.delete(ADMIN, three[0])
    assert "2 companies are paused" in send(organiser, "pause", three, page).text


@pytest.mark.parametrize(
    ("query", "said"),
    [("?act=pause", "Tick at least one company."), ("?company=1", "Choose what to do.")],
)
def test_what_is_missing_is_said_and_can_be_chosen(organiser, three, query, said):
    page = organiser.get(f"{MANY}{query}").text
    assert said in page
    assert page.count('name="company"') == 3
    assert said not in organiser.get(MANY).text


def test_the_list_has_a_box_for_each_and_one_for_all(organiser, three):
    page = organiser.get("/admin/companies").text
    assert page.count('form="many" name="company"') == 3
    assert "All 3 companies" in page


def test_a_fair_of_many_batches(app):
    many = [factories.company(f"C{n}") for n in range(45)]
    number = many_companies.carry_out(ADMIN, ManyAct.PAUSE, many, asked_at=10**9)
    assert len(many_acts.done(number).rows) == 45
    many_companies.undo(ADMIN, number)
    with db.engine.connect() as connection:
        rows = connection.execute(db.select(Company.status)).scalars().all()
    assert set(rows) == {CompanyStatus.RECRUITING}


def test_all_of_a_filter_is_named_and_the_way_back_keeps_it(organiser, app):
    for name, hall in (("Ada", "Hall 2"), ("Bob", "Hall 2"), ("Cy", "Hall 1")):
        factories.company(name, hall=hall)
    page = organiser.get(f"{MANY}?act=pause&all=1&hall=Hall+2&state=recruiting")
    assert "<h1>Pause : Recruiting, Hall 2, 2 companies</h1>" in page.text
    refused = organiser.post(MANY, **hidden(page), text="x" * 501, company="")
    assert "<h1>Pause : Recruiting, Hall 2, 2 companies</h1>" in refused.text
    ids = re.findall(r'name="company" value="(\d+)"', page.text)
    done = organiser.follow(organiser.post(MANY, **hidden(page), company=ids))
    back = "/admin/companies?state=recruiting&amp;hall=Hall+2"
    assert f'href="{back}"' in done.text
    assert f'href="{back}"' in undo(organiser, done, **hidden(done)).text


def test_a_pause_of_many_says_whose_calls_are_lost_and_tells_those_who_wait(organiser, three):
    alice = factories.student("Alice")
    factories.entry(alice, three[0])
    factories.entry(factories.student("Bob"), three[2])
    page = ask(organiser, "pause", three[:2])
    assert "1 person called loses this call" in page.text
    assert "loses this call" not in ask(organiser, "resume", three[:2]).text
    done = send(organiser, "pause", three[:2], text="The hall opens at ten.")
    assert "Message sent to 1 queue" in done.text
    assert recruiting(three) == [False, False, True]
    said = [(each.text, each.told) for each in sent()]
    assert said == [("The hall opens at ten.", 1)]
    send(organiser, "pause", three[2:], text="")
    assert len(sent()) == 1
