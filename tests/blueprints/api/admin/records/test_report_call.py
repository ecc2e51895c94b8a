"""The figures through JSON: of the fair now, and of editions that are closed."""

import pytest

from jobfair.domain.state import Phase
from jobfair.services.fair import fair
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

EDITIONS = "/api/admin/editions/"


@pytest.fixture
def viewer(client):
    return Program(client, factories.member("viewer"))


@pytest.fixture
def met(app):
    """The company that has met somebody."""
    company_id = factories.company("TechCorp", sectors="Énergie")
    entry_id = factories.interview(factories.student("Alice"), company_id)
    interviews.complete(actors.company(company_id), entry_id)
    return company_id


def test_the_report_has_the_figures_of_the_page(viewer, met):
    report = viewer.get("/api/admin/report/").json
    assert report["overall"]["done"] == 1
    assert report["overall"]["completion_rate"] == 1
    assert report["overall"]["mean_length"] == 0
    (company,) = report["companies"]
    assert (company["id"], company["figures"]["done"]) == (met, 1)
    assert [each["name"] for each in report["sectors"]] == ["Énergie"]
    assert report["studies"] == [{"name": None, "students": 1, "done": 1}]
    assert [each["began"] for each in report["hours"]] == [1]
    assert report["told"]["untold"] == 1


def test_the_hours_of_each_stand(viewer, met):
    (line,) = viewer.get("/api/admin/report/hours/").json
    assert line["id"] == met
    assert [each["began"] for each in line["hours"]] == [1]


def test_an_edition_is_closed_by_its_name_and_keeps_its_figures(client, met):
    organiser = Program(client, factories.admin())
    meant = {"typed_name": "jobfair", "companies": [met]}
    assert wrong_fields(organiser.post(EDITIONS, {**meant, "typed_name": "other"})) == {
        "typed_name"
    }
    assert refused(organiser.post(EDITIONS, meant)) == (400, "fair_is_open")
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    closed = organiser.post(EDITIONS, meant)
    assert closed.status_code == 201
    assert organiser.get(EDITIONS).json == [closed.json]
    kept = organiser.get(f"{EDITIONS}{closed.json['id']}/").json
    assert kept["report"]["overall"]["done"] == 1
    assert kept["report"]["studies"] == []
    (line,) = organiser.get(f"{EDITIONS}{closed.json['id']}/hours/").json
    assert [each["began"] for each in line["hours"]] == [1]
    assert organiser.get("/api/students/admin/students/").json == []
    assert [each["id"] for each in organiser.get("/api/companies/admin/companies/").json] == [met]


def test_an_edition_that_is_not_there_is_not_found(viewer):
    assert refused(viewer.get(f"{EDITIONS}999999/")) == (404, "not_found")
