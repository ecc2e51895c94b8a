"""A stand finds a name among all who wait, and is told in words what has lasted for long."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from jobfair.queries.stand import stands
from jobfair.queries.views import StandEntry
from jobfair.web.pages.responses import FRAGMENTS
from tests.support import factories

ROW = re.compile(r'<li class="row[^"]*" id="entry-(\d+)"')


@pytest.fixture
def address(techcorp):
    return f"/company/{factories.token(techcorp)}"


@pytest.fixture
def line(techcorp):
    """Sixty wait; the ids of their entries."""
    people = [factories.student(f"S{number}", "Durand") for number in range(58)]
    people += [factories.student("Élodie", "Lefèvre"), factories.student("Zoé", "Nguyễn")]
    return [factories.entry(person, techcorp) for person in people]


def rows(client, address, **headers):
    answer = client.get(address, headers={"Accept-Language": "en", **headers})
    assert answer.status_code == 200
    return [int(each) for each in ROW.findall(answer.text)], answer.text


@pytest.mark.parametrize(
    ("typed", "found"),
    [("elodie", [58]), ("LEFEVRE élo", [58]), ("nguyen", [59]), ("60", [59]), ("s7", [7])],
)
def test_a_name_is_found_beyond_what_is_shown(client, address, line, typed, found):
    assert len(rows(client, address)[0]) == stands.SHOWN_WAITING
    shown, page = rows(client, f"{address}?find={quote(typed)}")
    assert shown == [line[each] for each in found]
    assert f'value="{typed}"' in page
    assert "1 person found" in page


@pytest.mark.parametrize("typed", ["nobody", "x" * 400, "%", "<b>", "\x00"])
def test_what_nobody_is_called_finds_nobody(client, address, line, typed):
    shown, page = rows(client, f"{address}?find={quote(typed)}")
    assert shown == []
    assert "Nobody of this name is waiting." in page
    assert "<b>" not in page.partition('id="find"')[2].partition("</form>")[0]


def test_as_somebody_types_only_the_regions_are_sent(client, address, line):
    shown, fragments = rows(client, f"{address}?find=zoe", Accept=FRAGMENTS)
    assert shown == [line[59]]
    assert "<html" not in fragments
    assert f'data-live="/live{address}?find=zoe"' in fragments


def test_an_action_keeps_the_name_that_is_looked_for(client, address, line):
    headers = {"Accept": FRAGMENTS, "HX-Current-URL": f"http://localhost{address}?find=zoe"}
    answer = client.post(f"{address}/queues/{line[0]}/absent/", headers=headers)
    assert [int(each) for each in ROW.findall(answer.text)] == [line[59]]


def test_without_a_script_more_leads_to_where_the_list_went_on(client, address, line):
    _, page = rows(client, address)
    more = re.search(r'id="waiting-further" href="([^"#]+)#entry-(\d+)"', page)
    assert int(more[2]) == line[stands.SHOWN_WAITING - 1]
    assert rows(client, more[1])[0] == line


def test_what_lasts_for_long_is_said_from_a_moment_on(client, address, techcorp):
    factories.interview(factories.student("Ana"), techcorp)
    companies_page = rows(client, address)[1]
    (running,) = stands.stand(techcorp).in_interview
    assert running.long_from == running.started_at + timedelta(minutes=StandEntry.LONG_INTERVIEW)
    assert f'data-from="{running.long_from:%Y-%m-%dT%H:%M:%SZ}" hidden' in companies_page
    assert "More than 40\u00a0min" in companies_page


def test_a_call_that_no_screen_has_shown_stands_out_later(client, address, techcorp):
    factories.entry(factories.student("Ana"), techcorp)
    page = rows(client, address)[1]
    (called,) = stands.stand(techcorp).waiting
    assert called.unseen_from == called.called_at + timedelta(minutes=StandEntry.LONG_UNSEEN)
    assert f'data-from="{called.unseen_from:%Y-%m-%dT%H:%M:%SZ}" hidden' in page
    assert "for more than 10\u00a0min" in page
