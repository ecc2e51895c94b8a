"""The overview's figures, and opening and closing the fair."""

import re
from datetime import timedelta

import pytest

from jobfair import clock
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.queries.admin.fair.overview import figures
from jobfair.services.fair import fair
from jobfair.services.queues import interviews
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.organisers import Organiser


def shown(page):
    """The figures of the page, as (count, words)."""
    found = re.findall(r"<dt>([^<]+)</dt><dd><a [^>]+>(\d+)<", page.text)
    return [(int(count), words) for words, count in found]


def test_the_figures(organiser):
    techcorp = factories.company("TechCorp", slots=2)
    factories.company("Paused", status=CompanyStatus.PAUSED)
    people = [factories.student(name) for name in ("Alice", "Bob", "Chloé", "David", "Emma")]
    done = factories.interview(people[0], techcorp)
    interviews.complete(actors.company(techcorp), done)
    factories.interview(people[1], techcorp)
    factories.entry(people[2], techcorp)
    students.set_active(actors.SYSTEM, people[3].student_id, active=False)
    assert shown(organiser.get("/admin/")) == [
        (1, "running"),
        (1, "entries waiting"),
        (1, "done"),
        (2, "available"),
        (1, "in interview"),
        (1, "paused"),
        (1, "deactivated"),
        (1, "recruiting"),
        (1, "paused"),
    ]


def test_each_figure_leads_to_the_list_of_those_it_counts(organiser):
    techcorp, other = factories.company("TechCorp", slots=2), factories.company("Other")
    factories.company("Paused", status=CompanyStatus.PAUSED)
    people = [factories.student(name) for name in ("Alice", "Bob", "Chloé", "David", "Emma")]
    interviews.complete(actors.company(techcorp), factories.interview(people[0], techcorp))
    factories.interview(people[1], techcorp)
    for company_id in (techcorp, other):
        factories.entry(people[2], company_id)
    students.set_active(actors.SYSTEM, people[3].student_id, active=False)
    overview = organiser.get("/admin/").text
    led = re.findall(r'<a href="([^"]+)">(\d+)<span class="visually-hidden"> ([^<]+)<', overview)
    assert len(led) == 9
    for address, count, words in led:
        page = organiser.get(address.replace("&amp;", "&")).text
        caption = re.sub("<[^>]+>", "", re.findall(r"<caption>(.*?)</caption>", page)[0])
        in_all = {"entries waiting": "2 waiting", "done": "1 done"}
        assert in_all.get(words, f"{count} ") in caption, (address, caption)


def test_an_empty_fair_has_its_figures_too(organiser):
    assert {count for count, _ in shown(organiser.get("/admin/"))} == {0}


def test_closing_the_fair_is_asked_first(organiser):
    factories.interview(factories.student(), factories.company())
    page = organiser.get("/admin/phase/closed")
    assert "1 interview is running and may be finished." in page.text
    assert figures().phase is Phase.OPEN


@pytest.mark.parametrize("phase", Phase)
def test_the_phase_changes(organiser, phase):
    fair.set_phase(actors.SYSTEM, Phase.PREPARING if phase is Phase.OPEN else Phase.OPEN)
    page = organiser.follow(organiser.post(f"/admin/phase/{phase}"))
    assert figures().phase is phase
    assert f"/admin/phase/{phase}" not in page.text
    assert page.text.count("/admin/phase/") == 2


def test_there_is_no_other_phase(organiser):
    assert organiser.post("/admin/phase/over").status_code == 404


def test_a_deactivated_student_is_counted_once_among_the_statuses(organiser):
    alice = factories.student(status=StudentStatus.PAUSED)
    students.set_active(actors.SYSTEM, alice.student_id, active=False)
    now = figures()
    assert (now.paused, now.deactivated, now.active_students) == (0, 1, 0)


def found(page):
    """What the search shows, as the addresses it leads to."""
    region = page[page.index('id="found"') :]
    return re.findall(r'class="candidate" href="([^"]+)"', region)


def test_one_search_finds_companies_and_students(organiser):
    company_id = factories.company("Énergies du Large", stand="B7")
    alice = factories.student("Élise", "Energy")
    factories.student("Bob", "Other")
    links = [f"/admin/companies/{company_id}", f"/admin/students/{alice.student_id}"]
    typed = organiser.look("/admin/", q="ENERG")
    assert found(typed.text) == links
    assert typed.text.count("<hx-partial") == 1
    assert found(organiser.get("/admin/", q=" energ ").text) == links


def test_a_search_leads_on_to_the_lists(organiser):
    factories.company("Acme & Co")
    factories.student("Acme", "& Sons")
    page = organiser.look("/admin/", q="acme &").text
    assert 'href="/admin/companies?q=acme+%26"' in page
    assert 'href="/admin/students?q=acme+%26"' in page


def test_a_search_for_nothing_finds_nothing_and_says_nothing(organiser):
    factories.company()
    for typed in ("", "   "):
        page = organiser.look("/admin/", q=typed).text
        assert found(page) == []
        assert "is called so" not in page


def test_a_search_in_vain_says_so_and_keeps_what_was_typed(organiser):
    page = organiser.get("/admin/", q='"zzz"').text
    assert "No company and no student is called so." in page
    assert 'value="&#34;zzz&#34;"' in page


def test_only_the_first_found_are_shown(organiser):
    for number in range(8):
        factories.company(f"Same {number}")
    assert len(found(organiser.look("/admin/", q="same").text)) == 6


def test_the_longest_queues_with_their_figures(organiser):
    techcorp, other = factories.company("TechCorp", slots=2), factories.company("Other")
    factories.company("Empty")
    began = clock.now() - timedelta(hours=1)
    for minutes in (10, 20):
        with clock.at(began):
            entry_id = factories.interview(factories.student(), techcorp)
        with clock.at(began + timedelta(minutes=minutes)):
            interviews.complete(actors.company(techcorp), entry_id)
    for company_id in (techcorp, techcorp, other):
        factories.entry(factories.student(), company_id)
    page = organiser.get("/admin/").text
    lines = re.findall(r'<tr>.*?href="/admin/companies/(\d+)".*?</tr>', page, re.DOTALL)
    assert lines == [str(techcorp), str(other)]
    row = page[page.index(f'href="/admin/companies/{techcorp}"', page.index('id="longest"')) :]
    cells = re.findall(r'<td class="number"[^>]*>([^<]+)</td>', row)[:4]
    assert cells == ["2", "0 of 2", "2", "15\u00a0min"]


def test_the_chart_has_a_table_beside_it(organiser):
    assert "No interview has begun yet." in organiser.get("/admin/").text
    factories.interview(factories.student(), factories.company())
    page = organiser.get("/admin/").text
    assert page.count('<rect class="bar"') == 1
    assert '<text class="value"' in page
    assert '<details class="more" id="chart-table">' in page
    assert '<td class="number" data-label="Interviews">1</td>' in page


def test_the_removal_is_announced_days_before(organiser, time):
    organiser.post("/admin/fair", ends_on=f"{clock.now():%Y-%m-%d}")
    assert "removed for good" not in organiser.get("/admin/").text
    time.pass_(days=24)
    assert "removed for good" in Organiser(organiser._client).get("/admin/").text
