"""Files that a spreadsheet opens correctly and that carry no formula into it."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from flask import current_app
from hypothesis import given
from hypothesis.strategies import text

from jobfair import clock
from jobfair.domain.state import StudentStatus
from jobfair.imports import mapping, uploads
from jobfair.imports.files import spreadsheets
from jobfair.imports.layouts import LAYOUTS
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, queues
from jobfair.services.students import introductions, students
from jobfair.unit_of_work import actors
from jobfair.web.rendering import csv_files
from jobfair.web.security.browsers import csrf
from tests.support import factories, sheets

FILES = ["students", "companies", "entries", "interviews", "audit"]
NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""In Paris."""


@pytest.fixture
def day(app):
    """Alice had an interview at TechCorp from 9:05 to 9:20; Bob's was broken off after ten
    minutes, and he waits."""

    class Day:
        with clock.at(NINE):
            techcorp = factories.company("TechCorp", stand="B12", slots=2, queue_limit=20)
            alice = factories.student("Alice", "Martin", email="alice@example.org")
            bob = factories.student("Bob", "Petit", email="bob@example.org")
            entry = factories.entry(alice, techcorp)
            bobs = factories.entry(bob, techcorp)
        with clock.at(NINE + timedelta(minutes=5)):
            interviews.start(alice.actor, entry)
            interviews.start(bob.actor, bobs)
        with clock.at(NINE + timedelta(minutes=15)):
            students.force_status(actors.SYSTEM, bob.student_id, StudentStatus.AVAILABLE)
        with clock.at(NINE + timedelta(minutes=20)):
            interviews.complete(actors.company(techcorp), entry)

    return Day()


def table(answer, separator=","):
    """The rows of a file as a spreadsheet reads them, each by its headings."""
    assert answer.status_code == 200, answer.text
    content = answer.data.decode()
    assert content.startswith("\ufeff")
    return list(csv.DictReader(StringIO(content[1:], newline=""), delimiter=separator))


def export(organiser, name, **query):
    return table(organiser.get(f"/admin/exports/{name}.csv", **query))


def test_students(organiser, day):
    alice, bob = export(organiser, "students")
    assert alice == {
        "Number": str(day.alice.student_id),
        "First name": "Alice",
        "Last name": "Martin",
        "E-mail address": "alice@example.org",
        **dict.fromkeys(["Studies", "Year", "Looking for", "A sentence about me", "A link"], ""),
        "Status": "Paused",
        "Account": "Active",
        "In interview at": "",
        "Waiting": "0",
        "Done": "1",
        "Registered at": "2026-11-23 09:00:00",
    }
    assert (bob["Waiting"], bob["Done"]) == ("1", "0")


def test_of_what_students_have_written_only_what_they_show_stands(organiser, day):
    for person, shown in ((day.alice, True), (day.bob, False)):
        said = {"studies": "Zoology", "seeking": "internship", "shows_introduction": shown}
        introductions.change(person.actor, said)
    alice, bob = export(organiser, "students")
    assert (alice["Studies"], alice["Looking for"]) == ("Zoology", "Internship")
    assert (bob["Studies"], bob["Looking for"]) == ("", "")


def test_companies_without_their_links(organiser, day):
    (techcorp,) = export(organiser, "companies")
    assert techcorp == {
        "Number": str(day.techcorp),
        "Name": "TechCorp",
        "Stand": "B12",
        "Status": "Recruiting",
        "Queue": "Open",
        "Interviews at once": "2",
        "Queue limit": "20",
        "Contact address": "",
        **dict.fromkeys(
            ["Hall", "Description", "Sectors", "Looking for", "Working languages", "Web address"],
            "",
        ),
        "Waiting": "1",
        "In interview": "0",
        "Done": "1",
        "Created at": "2026-11-23 09:00:00",
    }
    for name in FILES:
        content = organiser.get(f"/admin/exports/{name}.csv").data.decode()
        assert factories.token(day.techcorp) not in content


def test_entries_those_that_were_left_too(organiser, day):
    queues.leave(day.bob.actor, day.bobs)
    alice, bob = export(organiser, "entries")
    assert alice["Company"] == "TechCorp"
    assert alice["Status"] == "Done"
    assert alice["Joined at"] == "2026-11-23 09:00:00"
    assert alice["Started at"] == "2026-11-23 09:05:00"
    assert alice["Done at"] == "2026-11-23 09:20:00"
    assert (bob["First name"], bob["Status"]) == ("Bob", "Left")


def test_interviews_those_broken_off_and_running_too(organiser, day):
    queues.present(day.bob.actor, day.bobs)
    with clock.at(NINE + timedelta(hours=26)):
        interviews.start(day.bob.actor, day.bobs)
    broken_off, done, running = export(organiser, "interviews")
    assert done == {
        "Entry": str(day.entry),
        "Company": "TechCorp",
        "Student": "Alice Martin",
        "E-mail address": "alice@example.org",
        "Waiting since": "2026-11-23 09:00:00",
        "Told at least (min)": "",
        "Told at most (min)": "",
        "Called at": "2026-11-23 09:00:00",
        "Started at": "2026-11-23 09:05:00",
        "Ended at": "2026-11-23 09:20:00",
        "Outcome": "Done",
        "Wait": "0:05:00",
        "Length": "0:15:00",
    }
    assert (broken_off["Student"], broken_off["Outcome"]) == ("Bob Petit", "Broken off")
    assert broken_off["Length"] == "0:10:00"
    # From the end of the one that was broken off.
    assert running["Waiting since"] == "2026-11-23 09:15:00"
    assert running["Wait"] == "25:45:00"
    assert (running["Ended at"], running["Length"]) == ("", "")


def test_interviews_have_what_was_told_of_the_wait(organiser, day):
    with clock.at(NINE + timedelta(minutes=30)):
        entry = queues.join(factories.student("Carl").actor, day.techcorp, lambda _: (5, 20)).id
        interviews.start_at_stand(actors.company(day.techcorp), entry, out_of_turn=True)
    carl = export(organiser, "interviews")[-1]
    told = {name: carl[name] for name in ("Told at least (min)", "Told at most (min)")}
    assert list(told.values()) == ["5", "20"]


def test_interviews_of_those_who_are_deleted(organiser, day):
    students.delete(actors.SYSTEM, day.alice.student_id, "Alice Martin")
    companies.delete(actors.SYSTEM, day.techcorp)
    done = export(organiser, "interviews")[1]
    assert (done["Student"], done["E-mail address"], done["Company"], done["Outcome"]) == (
        "Alice Martin",
        "",
        "TechCorp",
        "Done",
    )


def test_the_log_as_it_is_on_its_page(organiser, day):
    lines = export(organiser, "audit")
    ended = lines[-1]
    assert ended["When"] == "2026-11-23 09:20:00"
    assert (ended["Who"], ended["Which"]) == ("Stand", "TechCorp")
    assert ended["Event"] == "Interview done"
    assert (
        ended["What"]
        == "The interview of Alice Martin at TechCorp ended after 15\u00a0min\u00a000\u00a0s"
    )
    assert ended["Before → after"] == "In interview → Done"
    assert [int(line["Number"]) for line in lines] == sorted(int(line["Number"]) for line in lines)
    assert len(export(organiser, "audit", all="1")) > len(lines)
    assert len(export(organiser, "audit", student="alice", kind="interviews")) == 2


# What a spreadsheet makes of it


def test_separated_as_the_readers_language_has_it(client, day):
    factories.admin().sign_in(client)
    answer = client.get("/admin/exports/students.csv", buffered=True)
    alice = table(answer, ";")[0]
    assert alice["Prénom"] == "Alice"
    assert alice["Statut"] == "En pause"
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_it_is_saved_not_shown_and_its_name_tells_of_nobody(client, day, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NINE + timedelta(hours=15))
    factories.admin().sign_in(client)
    answer = client.get("/admin/exports/audit.csv?student=alice", buffered=True)
    # Midnight has struck in Paris.
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename=jobfair-journal-2026-11-24.csv"
    )
    assert answer.headers["Cache-Control"] == "no-store"


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.example";"x")',
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_name_becomes_a_formula(organiser, app, text):
    eve = factories.student(text, text, email="eve@example.org")
    queues.join(eve.actor, factories.company(text, stand=text))
    for name in FILES:
        for row in csv.reader(_lines(organiser, name)):
            for cell in row:
                assert not cell.strip().startswith(("=", "+", "-", "@", "＝"))
    assert export(organiser, "students")[0]["First name"] == f"'{text}"
    assert export(organiser, "companies")[0]["Stand"] == f"'{text}"


def _lines(organiser, name):
    return StringIO(organiser.get(f"/admin/exports/{name}.csv").data.decode()[1:], newline="")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Alice", "Alice"),
        ("Jean-Paul", "Jean-Paul"),
        ("3 + 4", "3 + 4"),
        ("a=b", "a=b"),
        ("'quoted", "'quoted"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        (" \t=x", "' \t=x"),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        (0, "0"),
    ],
)
def test_a_cell_stays_as_legible_as_can_be(cell, written):
    assert csv_files.escaped(cell) == written


@pytest.mark.parametrize("text", ['Say "hi"', "a;b,c", "Ünï©ødé 🎓"])
def test_what_separates_or_quotes_stays_what_it_is(organiser, app, text):
    factories.company(text)
    assert export(organiser, "companies")[0]["Name"] == text


def read_back(data, layout):
    table = uploads.open_file(data).table
    return uploads.read(table, layout, mapping.guessed(layout, table))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("name", "layout"), LAYOUTS.items())
def test_what_is_exported_can_be_imported(client, day, name, layout, language):
    factories.admin().sign_in(client)
    headers = {"Accept-Language": language}
    answer = client.get(f"/admin/exports/{name}.csv", headers=headers, buffered=True)
    with current_app.test_request_context():
        upload = read_back(answer.data, layout)
    assert not upload.bad
    assert len(upload.cards) == {"students": 2, "companies": 1}[name]
    assert {each.name for each in layout.fields} <= set(upload.cards[0].__dataclass_fields__)


ODD = ["@Home", "=1+1", "'@Home", "''-", "'", "-1", "+33 Café", "l'Oréal", "\uff20x", "' =x"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_comes_back_from_a_file_is_what_was_in_it(organiser, app, client, language):
    for at, name in enumerate(ODD):
        factories.company(name, stand=f"-{at}")
        factories.student(name, name, email=f"ana{at}@example.org")
    for what in ("students", "companies"):
        headers = {"Accept-Language": language}
        exported = client.get(f"/admin/exports/{what}.csv", headers=headers, buffered=True).data
        file = (BytesIO(exported), "list.csv")
        page = organiser.post(f"/admin/{what}/import", file=file).text
        assert "There is nothing to import." in page
        assert "bad-title" not in page
        upload = read_back(exported, LAYOUTS[what])
        names = [getattr(each, "name", None) or each.last_name for each in upload.cards]
        assert names == ODD


@given(text())
def test_every_cell_is_what_it_was_once_it_is_read_again(cell):
    assert spreadsheets.unescaped(spreadsheets.escaped(cell)) == cell


# However many


def test_rows_are_made_while_they_are_sent(app):
    made = []

    def rows():
        for number in range(10_000):
            made.append(number)
            yield (number,)

    with current_app.test_request_context():
        answer = csv_files.attachment("numbers", ["number"], rows())
        assert answer.is_streamed
        assert made == []
        parts = iter(answer.response)
        next(parts)
        assert 0 < len(made) < 1000
        sent = b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    assert sent.count(b"\r\n") > 9000
    assert len(made) == 10_000


@pytest.mark.parametrize("name", FILES)
def test_every_row_once_however_they_are_read(organiser, day, monkeypatch, name):
    whole = organiser.get(f"/admin/exports/{name}.csv?all=1").data
    monkeypatch.setattr("jobfair.queries.batches.BATCH", 1)
    monkeypatch.setattr("jobfair.queries.admin.records.exports.BATCH", 1)
    assert organiser.get(f"/admin/exports/{name}.csv?all=1").data == whole


@pytest.mark.parametrize("name", [each for each in FILES if each != "audit"])
def test_a_workbook_holds_what_the_csv_file_does(organiser, day, name):
    expected = list(csv.reader(_lines(organiser, name)))
    answer = organiser.get(f"/admin/exports/{name}.xlsx")
    assert sheets.workbook(answer.data) == expected
    assert re.search(r"filename=jobfair-\w+-[\d-]+\.xlsx", answer.headers["Content-Disposition"])


def test_an_empty_fair_gives_headings(organiser):
    for name in FILES:
        assert len(list(csv.reader(_lines(organiser, name)))) == 1


# Where they are offered, and to whom


def test_the_page_offers_each_file(organiser, app):
    page = organiser.get("/admin/exports").text
    for name in FILES:
        assert f'href="/admin/exports/{name}.csv"' in page
        assert (f'href="/admin/exports/{name}.xlsx"' in page) == (name != "audit")
    assert 'href="/admin/exports"' in organiser.get("/admin/").text
    assert 'href="/admin/exports/students.csv"' in organiser.get("/admin/students").text
    assert 'href="/admin/exports/companies.csv"' in organiser.get("/admin/companies").text
    log = organiser.get("/admin/audit", student="alice", all="1").text
    assert re.search(r'href="/admin/exports/audit\.csv\?student=alice&amp;all=1"', log)


@pytest.mark.parametrize("name", FILES)
def test_neither_a_student_nor_nobody(client, day, name):
    path = f"/admin/exports/{name}.csv"
    assert client.get(path).status_code == 303
    sign_in = day.alice.sign_in(client)
    headers = {"X-CSRF-Token": csrf.token(sign_in.sign_in_id)}
    answer = client.get(path, headers=headers)
    assert answer.status_code == 403
    assert "alice@example.org" not in answer.text
