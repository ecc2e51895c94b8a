"""A stand's notes: its own, about whom it met, never anybody else's to see."""

import csv
from io import StringIO

import pytest

from jobfair.extensions import db
from jobfair.models import JournalRow
from jobfair.queries.stand import notes
from jobfair.services.companies import companies
from jobfair.services.queues import interviews
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from tests.support import factories
from tests.support.organisers import Organiser

SECRET = "Très à l'aise en Rust, rappeler lundi"


@pytest.fixture
def company_id(app):
    return factories.company("TechCorp")


@pytest.fixture
def entry_id(alice, company_id):
    return factories.interview(alice, company_id)


@pytest.fixture
def stand(client, company_id):
    return Stand(client, company_id)


class Stand:
    def __init__(self, client, company_id):
        self._client = client
        self.link = f"/company/{factories.token(company_id)}"

    def write(self, entry_id, text, **headers):
        path = f"{self.link}/queues/{entry_id}/note"
        return self._client.post(path, data={"text": text}, headers=headers)

    def page(self):
        return self._client.get(self.link).text

    def file(self):
        answer = self._client.get(f"{self.link}/met.csv", buffered=True)
        assert answer.mimetype == "text/csv"
        assert answer.headers["Cache-Control"] == "no-store"
        lines = answer.get_data(as_text=True).removeprefix("\ufeff")
        return list(csv.reader(StringIO(lines), delimiter=";"))[1:]


def test_written_during_the_interview_and_still_there_after_it(stand, company_id, entry_id):
    assert stand.write(entry_id, SECRET).status_code == 303
    assert SECRET.replace("'", "&#39;") in stand.page()
    interviews.complete(actors.company(company_id), entry_id)
    assert SECRET.replace("'", "&#39;") in stand.page()


def test_one_note_for_each_person_changed_in_its_place(stand, alice, entry_id):
    stand.write(entry_id, "first")
    stand.write(entry_id, "second")
    (note,) = notes.about(alice.student_id)
    assert (note.company, note.text) == ("TechCorp", "second")


def test_a_blank_one_is_none(stand, alice, entry_id):
    stand.write(entry_id, "first")
    stand.write(entry_id, "  \r\n ")
    assert notes.about(alice.student_id) == []


def test_lines_stay_lines(stand, alice, entry_id):
    stand.write(entry_id, "  one\r\n\r\n\ttwo\r\n")
    assert notes.about(alice.student_id)[0].text == "one\n\ntwo"


def test_only_about_whom_it_met(stand, company_id, entry_id):
    waiting = factories.entry(factories.student("Bob"), company_id)
    assert stand.write(waiting, SECRET).status_code == 303
    assert "toast-error" in stand.page()
    assert stand.write(waiting, SECRET, Accept=FRAGMENTS).status_code == 400
    assert [row[6] for row in stand.file()] == [""]


def test_too_long_a_note_is_refused_and_not_lost(stand, entry_id):
    for accept in ("text/html", FRAGMENTS):
        answer = stand.write(entry_id, "x" * 2001, Accept=accept)
        assert answer.status_code == 400
        assert "2000 caractères" in answer.text
    assert "x" * 2001 in stand.write(entry_id, "x" * 2001).text
    assert stand.write(entry_id, "x" * 2000).status_code == 303


def test_nobody_writes_or_reads_at_anothers_stand(client, stand, entry_id):
    """Owner, stranger, nobody."""
    other = Stand(client, factories.company("Other"))
    assert other.write(entry_id, "theirs").status_code == 404
    stand.write(entry_id, SECRET)
    assert stand.file()[0][6] == SECRET
    assert other.file() == []
    assert client.get("/company/unknown/met.csv").status_code == 404
    unknown = client.post(f"/company/unknown/queues/{entry_id}/note", data={"text": "x"})
    assert unknown.status_code == 404


def test_no_formula_gets_into_a_spreadsheet(stand, entry_id):
    stand.write(entry_id, '=HYPERLINK("http://evil.example")')
    assert stand.file()[0][6].startswith("'=")


def test_it_is_in_no_journal_and_on_no_other_page(app, client, stand, alice, company_id, entry_id):
    stand.write(entry_id, SECRET)
    interviews.complete(actors.company(company_id), entry_id)
    with db.engine.connect() as connection:
        rows = [str(row) for row in connection.execute(db.select(JournalRow.__table__))]
    assert rows
    assert not any("Rust" in row for row in rows)
    organiser = Organiser(app.test_client())
    pages = [
        f"/admin/students/{alice.student_id}",
        f"/admin/students/{alice.student_id}/story",
        f"/admin/companies/{company_id}",
        f"/admin/companies/{company_id}/story",
        "/admin/audit",
        "/admin/exports/students.csv",
        "/admin/exports/entries.csv",
        "/admin/exports/interviews.csv",
        "/admin/exports/audit.csv",
    ]
    for path in pages:
        answer = organiser.get(path)
        assert answer.status_code == 200
        assert "Rust" not in answer.text, path
    phone = app.test_client()
    alice.sign_in(phone)
    for path in ("/dashboard", "/history", "/companies", "/profile"):
        assert "Rust" not in phone.get(path).text, path


def test_it_is_gone_with_the_student(stand, alice, entry_id):
    stand.write(entry_id, SECRET)
    students.delete(actors.SYSTEM, alice.student_id, "Alice")
    assert stand.file() == []


def test_it_is_gone_with_the_company(stand, alice, company_id, entry_id):
    stand.write(entry_id, SECRET)
    companies.delete(actors.SYSTEM, company_id)
    assert notes.about(alice.student_id) == []


def test_what_is_kept_about_a_person_is_theirs_to_see(client, stand, alice, entry_id):
    other = factories.company("Another")
    stand.write(entry_id, "one")
    interviews.complete(actors.company(1), entry_id)
    students.force_status(actors.SYSTEM, alice.student_id, "available")
    Stand(client, other).write(factories.interview(alice, other), "two")
    assert [(each.company, each.text) for each in notes.about(alice.student_id)] == [
        ("Another", "two"),
        ("TechCorp", "one"),
    ]
    assert notes.about(factories.student("Bob").student_id) == []
