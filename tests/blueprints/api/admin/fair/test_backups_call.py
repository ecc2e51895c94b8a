"""The whole fair through JSON: taken away as a file, and its people removed by its name."""

import gzip
from datetime import timedelta

import pytest

from jobfair import clock
from jobfair.domain.state import Phase
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

BACKUPS = "/api/admin/backups/"
REMOVAL = "/api/admin/fair/removal/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def test_the_fair_is_taken_away_as_a_file_and_the_log_says_so(organiser):
    factories.student("Alice", "Martin")
    answer = organiser.post(BACKUPS, buffered=True)
    assert answer.mimetype == "application/gzip"
    assert b"Martin" in gzip.decompress(answer.data)
    assert "backup_taken" in [entry.kind for entry in audit.each(AuditFilter())]


def test_the_past_fairs_people_are_removed_by_its_name(organiser):
    factories.entry(factories.student("Alice"), factories.company("TechCorp"))
    assert wrong_fields(organiser.post(REMOVAL, {"typed_name": "Other"})) == {"typed_name"}
    meant = {"typed_name": "jobfair"}
    assert refused(organiser.post(REMOVAL, meant)) == (400, "fair_is_open")
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    removed = organiser.post(REMOVAL, meant).json
    assert removed == {"students": 1, "entries": 1, "companies": 0}
    assert organiser.get("/api/students/admin/students/").json == []
    assert len(organiser.get("/api/companies/admin/companies/").json) == 1
    all_of_it = organiser.post(REMOVAL, {**meant, "companies_too": True, "although_open": True})
    assert all_of_it.json["companies"] == 1


def test_both_ask_for_the_password_again(organiser, monkeypatch):
    organiser.get(BACKUPS)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert refused(organiser.post(BACKUPS)) == (403, "password_needed")
    meant = {"typed_name": "jobfair", "although_open": True}
    assert refused(organiser.post(REMOVAL, meant)) == (403, "password_needed")
