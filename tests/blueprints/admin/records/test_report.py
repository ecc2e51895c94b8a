"""The report: every figure with what it counts, on one sheet."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from jobfair import clock
from jobfair.blueprints.admin.records import report_pages
from jobfair.queries.admin.lists.page import PAGE_SIZE
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, queues
from jobfair.services.students import introductions
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from tests.support import factories

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""In Paris."""


@pytest.fixture
def techcorp(app):
    """Three interviews of 10, 20 and 60 minutes after 5 minutes each, and a place given up."""
    with clock.at(NINE):
        company_id = factories.company("TechCorp", slots=3)
        people = [factories.student(name) for name in ("Alice", "Bob", "Chloé", "Dan")]
        entries = [factories.entry(person, company_id) for person in people]
    with clock.at(NINE + timedelta(minutes=5)):
        for person, entry in list(zip(people, entries, strict=True))[:3]:
            interviews.start(person.actor, entry)
        queues.leave(people[3].actor, entries[3])
    for minutes, entry in zip((10, 20, 60), entries, strict=False):
        with clock.at(NINE + timedelta(minutes=5 + minutes)):
            interviews.complete(actors.company(company_id), entry)
    return company_id


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.text)).replace("\xa0", " ")


def test_every_figure(organiser, techcorp):
    said = text(organiser.get("/admin/report"))
    for figure in (
        "done 3",
        "completion rate 75%",
        "mean length 30 min 00 s",
        "median length 20 min 00 s",
        "mean wait 5 min 00 s",
        "median wait 5 min 00 s",
        "broken off 0",
        "places given up 1",
        "no-shows 0",
    ):
        assert figure in said
    assert "TechCorp 3 0 1 0 75% 30 min 00 s 20 min 00 s 5 min 00 s 5 min 00 s" in said
    assert "23 Nov 9:00 (3)" in said
    assert "done ÷ (done + broken off + given up)" in said


def test_in_french(client, techcorp):
    factories.admin().sign_in(client)
    said = text(client.get("/admin/report"))
    assert "taux de réalisation 75 %" in said
    assert "durée médiane 20 min 00 s" in said
    assert "23 nov. 9:00 (3)" in said


def test_before_the_fair_there_is_nothing_to_report(organiser, app):
    said = text(organiser.get("/admin/report"))
    assert "No interview has begun yet." in said
    assert "No company yet." in said
    assert "mean length –" in said
    assert "completion rate –" in said


def test_a_deleted_company_is_there_and_said_to_be_gone(organiser, techcorp):
    companies.delete(actors.SYSTEM, techcorp)
    assert "TechCorp (deleted) 3" in text(organiser.get("/admin/report"))


def test_of_many_companies_the_first_are_on_the_first_sheet(organiser, techcorp):
    assert "Most interviews <" not in organiser.get("/admin/report").text
    for number in range(report_pages.MOST_COMPANIES):
        factories.company(f"Idle {number}")
    page = organiser.get("/admin/report").text
    first = page[page.index("first-title") : page.index("words-title")]
    assert first.count('scope="row"') == report_pages.MOST_COMPANIES
    assert first.index("TechCorp") < first.index("Idle 0")
    assert 'class="report-companies"' in page
    assert page.count('scope="row"') > 2 * report_pages.MOST_COMPANIES


def test_the_busiest_hours_in_the_order_of_the_day(organiser, app, monkeypatch):
    monkeypatch.setattr(report_pages, "MOST_HOURS", 2)
    for hour, number in ((0, 2), (1, 1), (3, 3)):
        for each in range(number):
            with clock.at(NINE + timedelta(hours=hour)):
                company_id = factories.company(f"Stand {hour} {each}")
                factories.interview(factories.student(), company_id)
    page = organiser.get("/admin/report").text
    hours = page[page.index('class="hours"') :]
    assert re.findall(r'<th scope="row">([^<]*)</th>', hours)[:2] == ["23 Nov 9:00", "23 Nov 12:00"]
    assert "23 Nov 12:00</b> (3)" in page


def test_the_hours_of_each_stand_as_a_map_and_as_its_table(organiser, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"stand": "A 1", "hall": "Hall A"})
    factories.company("Idle", hall="Hall B", stand="B 1")
    page = organiser.get("/admin/report/hours")
    assert ">TechCorp</text>" in page.text
    # At nine in Paris three began, after five minutes each.
    assert "A 1 TechCorp 5" in text(page)
    assert "B 1 Idle –" in text(page)
    assert "A 1 TechCorp 3" in text(organiser.get("/admin/report/hours", show="interviews"))
    in_b = text(organiser.get("/admin/report/hours", hall="hall b"))
    assert "Idle" in in_b
    assert "TechCorp" not in in_b
    assert 'href="/admin/report/hours"' in organiser.get("/admin/report").text


def test_many_stands_are_shown_a_page_at_a_time_or_a_hall(organiser, techcorp):
    for number in range(PAGE_SIZE + 2):
        factories.company(f"Idle {number}", hall="Hall A")
    first = organiser.get("/admin/report/hours").text
    assert first.count("<tr><td>") == PAGE_SIZE
    assert "Page 1 of 2" in first
    hall = organiser.get("/admin/report/hours", hall="Hall A").text
    assert hall.count("<tr><td>") == PAGE_SIZE + 2
    assert "Page 1 of 2" not in hall


def test_before_the_fair_there_is_no_map(organiser, app):
    assert "No interview has begun yet." in text(organiser.get("/admin/report/hours"))


def test_by_sector_and_by_studies(organiser, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"sectors": "Data, Robots"})
    dan = factories.student("Emma")
    introductions.change(dan.actor, {"studies": "Physics", "shows_introduction": True})
    said = text(organiser.get("/admin/report"))
    assert "Data 1 3 0 75%" in said
    assert "Robots 1 3 0 75%" in said
    assert "not shown 4 3 Physics 1 0" in said


def test_the_overview_leads_to_it(organiser, app):
    assert 'href="/admin/report"' in organiser.get("/admin/").text


def test_neither_a_student_nor_nobody(client, techcorp):
    assert client.get("/admin/report").status_code == 303
    assert client.get("/admin/report/hours").status_code == 303
    sign_in = factories.student("Eve").sign_in(client)
    headers = {"X-CSRF-Token": csrf.token(sign_in.sign_in_id)}
    assert client.get("/admin/report", headers=headers).status_code == 403


def test_what_was_told_stands_against_what_was_waited(organiser, app):
    with clock.at(NINE):
        company_id = factories.company("TechCorp")
        busy = factories.interview(factories.student("Busy"), company_id)
        alice, bob = factories.student("Alice"), factories.student("Bob")
        first = queues.join(alice.actor, company_id, lambda _waiting: (10, 20)).id
        second = queues.join(bob.actor, company_id, lambda _waiting: (25, 30)).id
    for minutes, running, person, entry in ((20, busy, alice, first), (40, first, bob, second)):
        with clock.at(NINE + timedelta(minutes=minutes)):
            interviews.complete(actors.company(company_id), running)
            interviews.start(person.actor, entry)
    said = text(organiser.get("/admin/report"))
    for figure in (
        "as told, 1 of 2 50%",
        "called sooner 0",
        "called later 1",
        "median told 21 min 15 s",
        "median until the call 30 min 00 s",
        "23 Nov 9:00 0 1 1 21 min 15 s 30 min 00 s",
        "The student's own breaks and their interviews elsewhere are part of it.",
        "Left out is 1 interview before which no range was told",
    ):
        assert figure in said
    link = f"/company/{factories.token(company_id)}/figures"
    own = text(organiser.get(link))
    assert "as told, 1 of 2 50%" in own
    assert "23 Nov 9:00 0 1 1 21 min 15 s 30 min 00 s" in own


def test_without_anybody_told_it_says_so(organiser, techcorp):
    said = text(organiser.get("/admin/report"))
    assert "No range was told before any interview." in said
    assert "Left out are 3 interviews before which no range was told" in said
