"""An edition is closed on a page, and its report is found there afterwards."""

import pytest
from sqlalchemy import update

from jobfair.domain.state import Phase
from jobfair.models import Edition
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.admin.figures.past_editions import as_stored
from jobfair.services.fair import fair
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction
from tests.support import factories

PAGE = "/admin/editions"


@pytest.fixture
def over(organiser):
    """A fair that is over: its company and the one that comes no more."""
    techcorp, rival = factories.company("TechCorp", stand="A1"), factories.company("Rival")
    entry = factories.interview(factories.student("Alice", "Secretan"), techcorp)
    interviews.complete(actors.company(techcorp), entry)
    fair.set_details(actors.SYSTEM, {"name": "Forum 2026"})
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    return techcorp, rival


def test_all_companies_are_ticked_and_those_that_stay_so_go_on(organiser, over):
    techcorp = over[0]
    page = organiser.get(f"{PAGE}/close").text
    assert page.count('name="company"') == page.count(" checked>") == 2
    assert "Each gets a new link" in page
    # Nothing that was unticked is lost where the name is wrong.
    again = organiser.post(f"{PAGE}/close", typed_name="Forum", company=[techcorp])
    assert again.status_code == 400
    assert again.text.count(" checked>") == 1
    report = organiser.follow(
        organiser.post(f"{PAGE}/close", typed_name="forum 2026", company=[techcorp])
    )
    assert "The edition is closed" in report.text
    assert "Report of Forum 2026" in report.text
    assert "TechCorp" in report.text
    assert "Rival" in report.text
    # It leads to no company of now, whatever became of it.
    assert "/audit/companies/" not in report.text
    companies = organiser.get("/admin/companies").text
    assert "TechCorp" in companies
    assert "Rival" not in companies
    assert "Secretan" not in organiser.get("/admin/students").text


def test_past_editions_are_listed_with_their_hours(organiser, over):
    assert "No edition has been closed yet" in organiser.get(PAGE).text
    edition_id = factories.edition()
    assert f'href="{PAGE}/{edition_id}"><bdi>Forum 2026</bdi>' in organiser.get(PAGE).text
    hours = organiser.get(f"{PAGE}/{edition_id}/hours", show="interviews").text
    assert f'action="{PAGE}/{edition_id}/hours"' in hours
    assert "TechCorp" in hours
    assert organiser.get(f"{PAGE}/999").status_code == 404


def test_waits_told_stand_in_the_report_of_an_edition_that_has_kept_them(organiser, over):
    edition_id = factories.edition()
    words = "The wait told on joining, and the wait there was"
    assert words in organiser.get(f"{PAGE}/{edition_id}").text
    with write_transaction(actors.SYSTEM) as work:
        _, report = past_editions.edition(edition_id)
        before = {name: value for name, value in as_stored(report).items() if name != "told"}
        work.connection.execute(update(Edition).values(report=before))
    assert words not in organiser.get(f"{PAGE}/{edition_id}").text


def test_one_that_is_not_over_is_refused(organiser, over):
    fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    assert "Once the fair is closed" in organiser.get(PAGE).text
    answer = organiser.post(f"{PAGE}/close", typed_name="Forum 2026", company=[over[0]])
    assert (answer.status_code, "Close the fair first" in answer.text) == (400, True)


def test_the_report_says_which_fair_it_is_of(organiser, over):
    assert "<bdi>Forum 2026</bdi>" in organiser.get("/admin/report").text
