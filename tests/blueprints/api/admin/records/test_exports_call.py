"""The fair's tables as files for programs: the same as on the page."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from jobfair import clock
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

EXPORTS = "/api/admin/exports/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def take(program, table, **query):
    """Whole: a file that is sent while it is written is read where its request still runs."""
    return program.get(f"{EXPORTS}{table}/", query_string=query, buffered=True)


def rows(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize("table", ["students", "companies", "entries", "interviews"])
def test_a_table_is_a_file_in_either_format(organiser, table):
    factories.interview(factories.student("Alice"), factories.company("TechCorp"))
    assert len(rows(take(organiser, table))) == 2
    workbook = take(organiser, table, format="xlsx")
    assert workbook.data.startswith(b"PK")
    assert wrong_fields(take(organiser, table, format="pdf")) == {"format"}


def test_the_log_is_a_file_under_the_same_filters(organiser):
    factories.company("TechCorp")
    factories.company("Rival")
    chosen = rows(take(organiser, "audit", company="rival"))
    assert len(chosen) == 2
    assert wrong_fields(take(organiser, "audit", kind="nonsense")) == {"kind"}


def test_personal_data_leaves_only_with_the_password_given_lately(organiser, monkeypatch):
    organiser.get(EXPORTS)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    for table in ("students", "audit"):
        assert refused(take(organiser, table)) == (403, "password_needed")


def test_there_is_no_other_table(organiser):
    assert refused(take(organiser, "passwords")) == (404, "not_found")
