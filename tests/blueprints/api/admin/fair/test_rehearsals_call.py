"""Rehearsing the fair through JSON: begin, read, cancel."""

import pytest

from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

ALL = "/api/admin/rehearsals/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def test_it_is_begun_read_and_cancelled(organiser):
    factories.company("TechCorp")
    begun = organiser.post(ALL, {"students": 80, "opens": "10:00"})
    assert begun.status_code == 202
    shown = begun.json
    assert (shown["state"], shown["students"], shown["companies"]) == ("running", 80, 1)
    assert shown["outcome"] is None
    assert refused(organiser.post(ALL, {})) == (409, "rehearsal_runs")
    one = f"{ALL}{shown['id']}/"
    assert organiser.get(one).json == shown
    assert organiser.post(f"{one}cancel/", {}).json["state"] == "cancelled"
    assert refused(organiser.post(f"{one}cancel/", {})) == (409, "rehearsal_over")
    assert [each["id"] for each in organiser.get(ALL).json] == [shown["id"]]


def test_what_came_of_it(organiser):
    shown = organiser.get(f"{ALL}{factories.rehearsal()}/").json
    outcome = shown["outcome"]
    interviews = outcome["figures"]["interviews"]
    assert 0 < interviews["least"] <= interviews["mean"] <= interviews["most"]
    assert outcome["stands"][0]["name"] == "TechCorp"
    assert outcome["stands"][0]["hours"][0].keys() == {"hour", "began", "wait"}


def test_what_is_wrong_is_refused_by_its_field(organiser):
    assert wrong_fields(organiser.post(ALL, {"students": 0})) == {"students"}
    assert wrong_fields(organiser.post(ALL, {"opening": "fast"})) == {"opening"}
    factories.company("TechCorp")
    reversed_hours = {"opens": "12:00", "closes": "09:00"}
    assert wrong_fields(organiser.post(ALL, reversed_hours)) == {"closes"}


def test_one_that_there_is_not(organiser):
    assert refused(organiser.get(f"{ALL}99/"))[0] == 404
    assert refused(organiser.post(f"{ALL}99/cancel/", {}))[0] == 404
