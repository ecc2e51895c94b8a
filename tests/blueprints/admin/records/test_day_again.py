"""The day again: the hall at any minute, and a stand's board, as they were."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from jobfair import clock
from jobfair.domain.state import CompanyStatus, Phase
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors
from tests.support import factories

TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""In Paris."""
DAY = "/admin/report/day"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def techcorp(app):
    """Alice and Bob join at ten, Alice starts at five past, the stand pauses at twenty past."""
    with clock.at(TEN):
        fair.set_phase(actors.SYSTEM, Phase.OPEN)
        company_id = factories.company("TechCorp", stand="A 1")
        factories.company("Globex", stand="B 2")
        alice, bob = factories.student("Alice"), factories.student("Bob")
        entries = [factories.entry(each, company_id) for each in (alice, bob)]
    with clock.at(TEN + 5 * MINUTE):
        interviews.start(alice.actor, entries[0])
    with clock.at(TEN + 15 * MINUTE):
        interviews.complete(actors.company(company_id), entries[0])
    with clock.at(TEN + 20 * MINUTE):
        paused = {"status": CompanyStatus.PAUSED}
        companies.edit(actors.company(company_id), company_id, paused)
        queues.leave(bob.actor, entries[1])
    return company_id


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.text)).replace("\xa0", " ")


def looked(organiser, hour, **more):
    return text(organiser.get(DAY, at=f"2026-11-23T{hour}", **more))


def test_each_minute_is_as_it_was(organiser, techcorp):
    first = looked(organiser, "10:01")
    assert "waiting 2 in interview 0 idle seats 1 stands paused 0" in first
    assert "A 1 TechCorp 2 waiting, 1 called, 0 of 1 seats in interview" in first
    assert "B 2 Globex 0 waiting, 1 idle seat, 0 of 1 seats in interview" in first
    assert "waiting 1 in interview 1" in looked(organiser, "10:06")
    assert "waiting 0 in interview 0 idle seats 1 stands paused 1" in looked(organiser, "10:21")
    assert "No company was there yet." in looked(organiser, "09:59")


def test_the_board_of_a_stand(organiser, techcorp):
    board = looked(organiser, "10:06", company=techcorp)
    assert re.search(r"In interview 1 Alice Martin In interview since 10:05", board)
    assert re.search(r"Queue 1 Bob Martin Waiting joined at 10:00", board)
    before = looked(organiser, "10:01", company=techcorp)
    assert "Queue 2 Alice Martin Called since 10:00 Bob Martin Waiting joined at 10:00" in before


def test_first_the_last_change_of_a_day_that_is_over(organiser, techcorp):
    assert 'value="2026-11-23T10:20"' in organiser.get(DAY).text


def test_a_step_back_and_on_without_a_script(organiser, techcorp):
    back = organiser.get(DAY, at="2026-11-23T10:06", step=-5).text
    on = organiser.get(DAY, at="2026-11-23T10:01", step=5).text
    assert 'value="2026-11-23T10:01"' in back
    assert 'value="2026-11-23T10:06"' in on


def test_the_slider_reaches_from_the_first_change_to_the_last(organiser, techcorp):
    page = organiser.get(DAY, at="2026-11-23T10:06").text
    assert 'min="600" max="621" step="1" value="606"' in page


@pytest.mark.parametrize("typed", ["never", "2999-01-01T10:00"])
def test_a_time_that_is_none_keeps_what_was_typed(organiser, techcorp, typed):
    answer = organiser.get(DAY, at=typed)
    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.text
    assert 'class="refusal"' in answer.text


def test_an_unknown_company_is_not_found(organiser, techcorp):
    assert organiser.get(DAY, at="2026-11-23T10:06", company=99).status_code == 404


def test_the_report_leads_there(organiser, techcorp):
    assert f'href="{DAY}"' in organiser.get("/admin/report").text
