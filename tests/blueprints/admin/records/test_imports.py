"""Importing on the organisers' pages: the file, what it would do, one button."""

import csv
import html
import io
import re

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from jobfair.blueprints.admin.records import imports
from jobfair.extensions import db
from jobfair.imports.files import spreadsheets
from jobfair.models import ColumnChoice
from jobfair.queries.admin import roster
from jobfair.web.security.browsers import csrf
from tests.support import factories, sheets
from tests.support.chance import seeded

STUDENTS = "/admin/students/import"
COMPANIES = "/admin/companies/import"


@pytest.fixture
def chosen(organiser):
    """Send a file as the page's form does."""

    def send(data, path=STUDENTS, name="liste.csv"):
        return organiser.post(path, file=(io.BytesIO(data), name))

    return send


def carried(page):
    """The list that a preview carries to its button."""
    return hidden(page, "list")


def hidden(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page.text).group(1))


def press(organiser, page, path=STUDENTS, button="carry-out", **changed):
    form = {name: hidden(page, name) for name in ("list", "promise")}
    return organiser.post(f"{path}/{button}", **{**form, **columns(page), **changed})


def columns(page):
    """What the page says of each column."""
    chosen = r'<select name="(column-\d+)".*?</select>'
    return {
        found[1]: (re.search(r'value="([^"]*)" selected', found[0]) or ["", ""])[1]
        for found in re.finditer(chosen, page.text, re.DOTALL)
    }


def rows(*people):
    return sheets.csv([sheets.STUDENTS[0], *people])


def test_the_form_says_what_is_wanted(organiser):
    page = organiser.get(STUDENTS).text
    assert 'type="file"' in page
    assert 'enctype="multipart/form-data"' in page
    assert "10,000" in page
    assert STUDENTS in organiser.get("/admin/students").text
    assert COMPANIES in organiser.get("/admin/companies").text


def test_from_file_to_students(organiser, chosen):
    page = chosen(sheets.csv(sheets.STUDENTS, ";", "cp1252"))
    assert page.status_code == 200
    assert "Import 3 students" in page.text
    assert "Lefèvre" in page.text
    assert not roster.students(), "a preview stores nothing"
    answer = press(organiser, page)
    assert answer.location == "/admin/students/links"
    after = organiser.follow(answer).text
    assert "Students: 3 added" in after
    assert "elodie.lefevre@example.org" in after
    assert len(roster.students()) == 3


def test_from_file_to_companies(organiser, chosen):
    page = chosen(sheets.csv(sheets.COMPANIES, ";", "cp1252"), COMPANIES)
    assert "Import 2 companies" in page.text
    after = organiser.follow(press(organiser, page, COMPANIES)).text
    assert "Companies: 2 added" in after
    assert "Énergies du Large" in after
    assert len({each.token for each in roster.companies()}) == 2


def test_the_same_file_again_offers_nothing(organiser, chosen):
    press(organiser, chosen(sheets.csv(sheets.STUDENTS)))
    page = chosen(sheets.csv(sheets.STUDENTS))
    assert "There is nothing to import." in page.text
    assert "/carry-out" in page.text
    assert "Import 3" not in page.text
    assert len(roster.students()) == 3


def test_every_bad_line_is_shown_with_what_is_wrong_and_the_button_says_so(organiser, chosen):
    factories.admin("boss@example.org")
    data = rows(
        ("Ana", "Lima", "ana@example.org"),
        ("Bea", "", "nobody"),
        ("The", "Boss", "boss@example.org"),
        ("Ana", "Lima", "ANA@example.org"),
    )
    page = chosen(data)
    report = re.sub(r"<svg.*?</svg>|<[^>]+>|\s+", " ", page.text[page.text.index("bad-title") :])
    for said in (
        "Line 3 Bea;;nobody",
        "Last name: This is required.",
        "E-mail address: Give an e-mail address",
        "Line 4 The;Boss;boss@example.org",
        "E-mail address: This address belongs to somebody of the team",
        "Line 5 Ana;Lima;ANA@example.org",
        "E-mail address: The same as in line 2.",
    ):
        assert said in re.sub(" +", " ", report)
    assert "Import 1 student, leave out 3 bad lines" in page.text
    after = organiser.follow(press(organiser, page)).text
    assert "Students: 1 added, 3 lines left out (3, 4, 5)" in after
    assert [each.email for each in roster.students()] == ["ana@example.org"]


def test_names_are_names_whatever_they_look_like(organiser, chosen):
    page = chosen(rows(("<script>alert(1)</script>", "=1+1", "x@example.org"), ("<b>", "", "")))
    assert "<script>alert" not in page.text
    assert "&lt;b&gt;" in page.text
    after = organiser.follow(press(organiser, page)).text
    assert "<script>alert" not in after
    student = roster.students()[0]
    assert (student.first_name, student.last_name) == ("<script>alert(1)</script>", "=1+1")


def test_the_preview_is_shown_again_when_the_fair_changed_meanwhile(organiser, chosen):
    page = chosen(sheets.csv(sheets.STUDENTS))
    factories.student("Élodie", email="elodie.lefevre@example.org")
    again = press(organiser, page)
    assert again.status_code == 409
    assert "The lists have changed meanwhile" in again.text
    assert "Import 2 students" in again.text
    assert len(roster.students()) == 1
    press(organiser, again)
    assert len(roster.students()) == 3


def test_pressing_the_button_twice_imports_once(organiser, chosen):
    page = chosen(sheets.csv(sheets.STUDENTS))
    press(organiser, page)
    assert press(organiser, page).status_code == 409
    assert len(roster.students()) == 3


def test_a_list_that_is_not_ours_is_refused(organiser, chosen):
    packed = carried(chosen(sheets.csv(sheets.STUDENTS)))
    for spoilt in ("", "x.y", packed[:-4] + "aaaa", packed[1:]):
        answer = organiser.post(f"{STUDENTS}/carry-out", list=spoilt)
        assert answer.status_code == 400
        assert "Choose the file again" in answer.text


def test_a_list_of_students_is_none_of_companies(organiser, chosen):
    packed = carried(chosen(sheets.csv(sheets.STUDENTS)))
    assert organiser.post(f"{COMPANIES}/carry-out", list=packed).status_code == 400


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "This workbook cannot be opened"),
        (b"", "There is no list in this file."),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_its_field(chosen, data, said):
    answer = chosen(data)
    assert answer.status_code == 400
    assert said in answer.text
    assert 'id="file-error"' in answer.text


def test_columns_that_are_missing_are_chosen_beside_their_values(organiser, chosen):
    data = b"A;B;C;D\nana@x.org;Lima;Ana;one\nbo@x.org;Roux;Bo;two\ncy@x.org;Sy;Cy;one\n"
    page = chosen(data)
    assert page.status_code == 400
    assert "it is missing: First name, Last name." in page.text
    assert 'id="columns-error"' in page.text
    assert "<bdi>one</bdi> · <bdi>two</bdi></span></td>" in page.text
    assert "Import 3" not in page.text
    # The addresses speak for themselves.
    assert columns(page) == {"column-0": "email", "column-1": "", "column-2": "", "column-3": ""}
    named = {"column-1": "last_name", "column-2": "first_name"}
    page = press(organiser, page, button="columns", **named)
    assert "Import 3 students" in page.text
    press(organiser, page)
    assert ("Ana", "Lima") in [(each.first_name, each.last_name) for each in roster.students()]
    # Remembered for the same names of columns, whatever stands below them.
    page = chosen(b"A;B;C;D\nzo@x.org;Zola;Zo;\n")
    assert page.status_code == 200
    assert {**columns(page), **named} == columns(page)


def test_two_columns_that_say_the_same_are_said_so_and_nothing_is_imported(organiser, chosen):
    page = chosen(sheets.csv(sheets.STUDENTS))
    twice = {"column-0": "email"}
    for button in ("columns", "carry-out"):
        again = press(organiser, page, button=button, **twice)
        assert again.status_code == 400
        assert "Keep one" in again.text or "missing" in again.text
    assert not roster.students()


def test_other_columns_than_those_of_the_preview_are_shown_first(organiser, chosen):
    page = chosen(sheets.csv(sheets.STUDENTS))
    swapped = {"column-0": "last_name", "column-1": "first_name"}
    again = press(organiser, page, **swapped)
    assert again.status_code == 409
    assert not roster.students()
    press(organiser, again)
    assert ("Lefèvre", "Élodie") in [
        (each.first_name, each.last_name) for each in roster.students()
    ]


def test_what_is_guessed_in_any_case_is_not_remembered(organiser, chosen):
    press(organiser, chosen(sheets.csv(sheets.STUDENTS)))
    assert not db.session.scalar(select(func.count()).select_from(ColumnChoice))


def test_a_choice_is_remembered_for_its_own_page_and_made_anew(organiser, chosen):
    data = b"Nom;Ville\nTechCorp;A 3\n"
    page = press(organiser, chosen(data, COMPANIES), COMPANIES, "columns", **{"column-1": "stand"})
    press(organiser, page, COMPANIES)
    assert columns(chosen(data, COMPANIES))["column-1"] == "stand"
    assert columns(chosen(data))["column-1"] == ""
    press(organiser, chosen(data, COMPANIES), COMPANIES, **{"column-1": "hall"})
    page = press(organiser, chosen(data, COMPANIES), COMPANIES, "columns", **{"column-1": ""})
    press(organiser, page, COMPANIES)
    assert columns(chosen(data, COMPANIES))["column-1"] == ""


def test_one_column_of_full_names_is_parted_and_shown(organiser, chosen):
    data = "Nom et prénom;Mail\nDE LA TOUR Élodie;a@x.org\nLima Ana;b@x.org\n".encode()
    page = chosen(data)
    assert columns(page)["column-0"] == "full_name_reversed"
    assert ">DE LA TOUR</td>" in page.text
    press(organiser, page)
    made = {(each.first_name, each.last_name) for each in roster.students()}
    assert made == {("Élodie", "DE LA TOUR"), ("Ana", "Lima")}


def test_letters_that_can_be_read_in_two_ways_are_asked_about(organiser, chosen):
    data = "nom;prenom;mail\nÖz;Ana;a@x.org\n".encode("cp1252")
    page = chosen(data)
    assert "Where was this file saved?" in page.text
    assert "Import 1 student" not in page.text
    assert press(organiser, page).status_code == 200
    assert not roster.students(), "nobody has said it yet"
    page = press(organiser, page, button="columns", encoding="cp1252")
    press(organiser, page, encoding="cp1252")
    assert [each.last_name for each in roster.students()] == ["Öz"]


@pytest.mark.parametrize(
    ("rows", "path", "other"),
    [(sheets.STUDENTS, COMPANIES, STUDENTS), (sheets.COMPANIES, STUDENTS, COMPANIES)],
    ids=["students", "companies"],
)
def test_a_list_sent_to_the_other_page_is_recognised(chosen, rows, path, other):
    page = chosen(sheets.csv(rows), path)
    assert "This looks like a list of" in page.text
    assert f'<a href="{other}">' in page.text
    assert not re.search(r"Import \d", page.text)
    assert "This looks like" not in chosen(sheets.csv(rows), other).text


def test_an_update_shows_cell_by_cell_what_it_would_change(organiser, chosen):
    factories.company("TechCorp", stand="A 1", slots=4)
    data = b"Nom;Stand;Places\nTechCorp;B 7;\nAcme;C 1;2\n"
    page = chosen(data, COMPANIES)
    assert "A 1" not in page.text
    page = press(organiser, page, COMPANIES, "columns", mode="update")
    assert re.search(r"Stand</span> <del>A 1</del>.*<ins>B 7</ins>", page.text)
    assert page.text.count("<ins>") == 1, "a blank cell changes nothing"
    assert "Import 1 company, update 1" in page.text
    # Pressed without looking at it so: nothing happens before it was seen.
    assert press(organiser, page, COMPANIES, mode="add").status_code == 409
    press(organiser, page, COMPANIES, mode="update")
    made = {each.company.name: each.company for each in roster.companies()}
    assert (made["TechCorp"].stand, made["TechCorp"].slots) == ("B 7", 4)
    assert made["Acme"].stand == "C 1"


def test_a_list_of_those_who_are_there_updates_them_alone(organiser, chosen):
    factories.company("TechCorp", stand="A 1")
    page = chosen(b"Nom;Stand\nTechCorp;B 7\n", COMPANIES)
    page = press(organiser, page, COMPANIES, "columns", mode="update")
    assert "Update 1 company" in page.text
    press(organiser, page, COMPANIES, mode="update")
    assert [each.company.stand for each in roster.companies()] == ["B 7"]


def test_of_many_changes_the_first_are_shown_and_the_others_folded(organiser, chosen):
    people = sheets.many(40)
    press(organiser, chosen(sheets.csv(people)))
    others = [people[0], *((first, "Roux", mail) for first, _last, mail in people[1:])]
    page = press(organiser, chosen(sheets.csv(others)), button="columns", mode="update")
    assert page.text.count("<ins>Roux</ins>") == 40
    first, folded = page.text.split('<summary class="button button-quiet">')[-2:]
    assert (first.count("<ins>"), folded.count("<ins>")) == (30, 10)
    answer = press(organiser, page, mode="update")
    assert "Students: 40 updated" in organiser.follow(answer).text
    again = press(organiser, chosen(sheets.csv([*others, ("A", "B", "a@b.org")])))
    assert "Students: 1 added, 40 unchanged" in organiser.follow(again).text


def test_of_a_file_in_which_nothing_can_be_read_a_part_is_shown(organiser, chosen):
    page = chosen(rows(*[("Ana", "", f"a{at}@b.org") for at in range(600)]))
    assert page.text.count('class="report-text"') == 500
    assert "the first 500 of 600" in page.text


def test_of_a_wide_list_the_columns_that_go_nowhere_are_folded_and_can_still_be_chosen(
    organiser, chosen
):
    more = [f"Colonne {at}" for at in range(37)]
    data = sheets.csv([(*sheets.STUDENTS[0], *more), ("Ana", "Lima", "a@x.org", *more)])
    page = chosen(data)
    shown, folded = page.text.split("37 columns that are left aside")
    assert (shown.count("<select"), folded.count("<select")) == (3, 37)
    page = press(organiser, page, button="columns", **{"column-20": "studies"})
    assert columns(page)["column-20"] == "studies"
    assert "36 columns that are left aside" in page.text
    assert page.text.count("<select") == 40


def test_these_and_no_others(organiser, chosen):
    for name in ("Acme", "Globex", "TechCorp", "Idle"):
        factories.company(name)
    company = {each.company.name: each.company.id for each in roster.companies()}
    factories.entry(factories.student("Ana"), company["Globex"])
    factories.interview(factories.student("Bo"), company["Acme"])
    factories.entry(factories.student("Cy"), company["Acme"])
    page = chosen(b"Nom;Stand\nTechCorp;B 7\nNew;C 1\n", COMPANIES)
    assert "removed-title" not in page.text
    page = press(organiser, page, COMPANIES, "columns", mode="only")
    asked = re.sub(r"<svg.*?</svg>|<[^>]+>|\s+", " ", page.text[page.text.index("removed-title") :])
    asked = re.sub(" +", " ", asked)
    assert "Idle" in asked
    assert "Acme 1 interview running, 1 place in a queue" in asked
    assert "Globex 1 called" in asked
    assert "Import 1 company, update 1, remove 1" in asked
    # Nobody goes who was not confirmed.
    again = press(organiser, page, COMPANIES, mode="only")
    assert (again.status_code, "confirmed-error" in again.text) == (400, True)
    assert len(roster.companies()) == 4
    answer = press(organiser, again, COMPANIES, mode="only", confirmed="1", also=company["Globex"])
    after = organiser.follow(answer).text
    assert "Companies: 1 added, 1 updated, 2 removed" in after
    assert {each.company.name for each in roster.companies()} == {"Acme", "TechCorp", "New"}


def test_the_last_list_is_taken_back_where_it_came_from(organiser, chosen):
    assert "last-title" not in organiser.get(STUDENTS).text
    press(organiser, chosen(sheets.csv(sheets.STUDENTS)))
    used = next(each for each in roster.students() if each.first_name == "Noël")
    factories.entry(factories.Person(0, "", used.id), factories.company())
    page = organiser.get(STUDENTS)
    assert "Students: 3 added" in page.text
    assert "admin@example.org" in page.text
    assert "2 that it added would be removed again" in page.text
    assert re.search(r"1 stays, as something was done with it since: <bdi>Noël", page.text)
    number = hidden(page, "number")
    answer = organiser.post(f"{STUDENTS}/undo", number=number)
    after = organiser.follow(answer).text
    assert "Import taken back: 2 removed, 1 left as it is" in after
    assert "It was taken back." in after
    assert "/undo" not in after
    assert [each.first_name for each in roster.students()] == ["Noël"]
    again = organiser.post(f"{STUDENTS}/undo", number=number)
    assert (again.status_code, "taken back already" in again.text) == (409, True)


def test_where_only_those_in_an_interview_are_missing_they_are_asked_about(organiser, chosen):
    factories.company("TechCorp")
    acme = factories.company("Acme")
    factories.interview(factories.student("Bo"), acme)
    page = chosen(b"Nom\nTechCorp\n", COMPANIES)
    page = press(organiser, page, COMPANIES, "columns", mode="only")
    assert "Remove those that are ticked" in page.text
    after = organiser.follow(press(organiser, page, COMPANIES, mode="only")).text
    assert "Companies: 1 unchanged" in after
    after = organiser.follow(press(organiser, page, COMPANIES, mode="only", also=acme)).text
    assert "Companies: 1 removed, 1 unchanged" in after


def test_who_may_stand_in_a_line_that_cannot_be_read_is_not_removed(organiser, chosen):
    """One line does not say whom it means, another does, though it is no good."""
    for name in ("ana", "bo", "cy"):
        factories.student(name, email=f"{name}@example.org")
    person = ("Ana", "Martin", "ana@example.org")
    page = chosen(rows(person, ("Bo", "", "bo@example.org"), ("Cy", "Martin", "cy@")))
    page = press(organiser, page, button="columns", mode="only")
    assert "does not say whom it means" in page.text
    assert "line 4." in page.text
    assert 'name="confirmed"' not in page.text
    press(organiser, page, mode="only", confirmed="1")
    assert len(roster.students()) == 3
    page = chosen(rows(person, ("Bo", "", "bo@example.org")))
    page = press(organiser, page, button="columns", mode="only")
    press(organiser, page, mode="only", confirmed="1")
    assert sorted(each.email for each in roster.students()) == [
        "ana@example.org",
        "bo@example.org",
    ]


def test_a_list_of_nobody_removes_nobody(organiser, chosen):
    factories.admin("boss@example.org")
    factories.student("Ana")
    page = chosen(rows(("The", "Boss", "boss@example.org"), ("Bo", "", "bo@example.org")))
    page = press(organiser, page, button="columns", mode="only")
    press(organiser, page, mode="only", confirmed="1")
    assert len(roster.students()) == 1


def test_removing_asks_for_the_password_and_keeps_the_file(organiser, chosen, time):
    factories.company("Idle")
    page = chosen(b"Nom\nTechCorp\n", COMPANIES)
    page = press(organiser, page, COMPANIES, "columns", mode="only")
    time.pass_(seconds=601)
    asked = press(organiser, page, COMPANIES, mode="only", confirmed="1")
    assert (asked.status_code, "again_password" in asked.text) == (403, True)
    assert carried(page) in html.unescape(asked.text)
    assert [each.company.name for each in roster.companies()] == ["Idle"]


@pytest.mark.parametrize("what", ["students", "companies"])
@pytest.mark.parametrize("as_workbook", [False, True], ids=["csv", "xlsx"])
def test_what_an_export_wrote_would_update_nothing(organiser, chosen, what, as_workbook):
    factories.company("=TechCorp", stand="A 1", slots=4, sectors="Data, Energy", looking_for="job")
    factories.student("'Ana", "Lima", email="ana@example.org")
    data = organiser.get(f"/admin/exports/{what}.csv").data
    if as_workbook:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        data = sheets.xlsx([[spreadsheets.unescaped(cell) for cell in row] for row in rows])
    path = f"/admin/{what}/import"
    page = press(organiser, chosen(data, path), path, "columns", mode="update")
    assert "There is nothing to import." in page.text
    assert "bad-title" not in page.text


def test_a_workbook_goes_all_the_way(organiser, chosen):
    page = chosen(sheets.xlsx(sheets.STUDENTS, ("Notes", [("x",)])), name="liste.xlsx")
    assert "was read, these were not: Notes." in page.text
    press(organiser, page)
    assert len(roster.students()) == 3


def test_no_file_is_said_so(organiser):
    answer = organiser.post(STUDENTS)
    assert answer.status_code == 400
    assert "Choose a file first." in answer.text


def test_three_thousand_students_come_through(organiser, chosen):
    page = chosen(sheets.csv(sheets.many(3000)))
    assert "Import 3,000 students" in page.text or "Import 3000 students" in page.text
    assert len(carried(page)) < 256 * 1024
    press(organiser, page)
    assert len(roster.students()) == 3000


def test_ten_thousand_lines_are_the_most(chosen):
    assert chosen(sheets.csv(sheets.many(10_000))).status_code == 200
    answer = chosen(sheets.csv(sheets.many(10_001)))
    assert answer.status_code == 400
    assert "at most 10000" in answer.text


def test_a_file_too_large_to_take_is_said_so(chosen, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST_FILE", 1000)
    answer = chosen(sheets.csv(sheets.many(100)))
    assert answer.status_code == 413
    assert "Split it" in answer.text


@pytest.mark.system
def test_a_wide_list_of_ten_thousand_lines_comes_through(client, organiser):
    """As a school's own export has it, of which nothing compresses well."""
    seen = seeded(1)
    heading, *people = sheets.many(9_900)
    wide = [(*person, seen.randbytes(60).hex()) for person in people]
    data = sheets.csv([(*heading, "Identifiant"), *wide])
    assert 1_400_000 < len(data) < imports.LARGEST_FILE
    # By hand: the test client would put so much into a file, and leave that open.
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(data), "liste.csv", "file")})
    page = client.post(
        STUDENTS,
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers=factories.admin().bearer(),
    )
    assert page.status_code == 200
    press(organiser, page)
    assert len(roster.students()) == 9_900


def test_a_list_too_large_to_be_carried_is_said_so(chosen, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST_FORM", imports.SPARE + 500)
    answer = chosen(sheets.csv(sheets.many(300)))
    assert answer.status_code == 413
    assert "Split it" in answer.text


@pytest.mark.parametrize("path", [STUDENTS, COMPANIES, f"{STUDENTS}/carry-out"])
def test_a_student_imports_nothing(client, app, path):
    sign_in = factories.student().sign_in(client)
    headers = {"X-CSRF-Token": csrf.token(sign_in.sign_in_id)}
    form = {"file": (io.BytesIO(sheets.csv(sheets.STUDENTS)), "x.csv")}
    assert client.post(path, data=form, headers=headers).status_code == 403


def test_an_import_needs_the_forms_token(client, app):
    factories.admin().sign_in(client)
    form = {"file": (io.BytesIO(sheets.csv(sheets.STUDENTS)), "x.csv")}
    assert client.post(STUDENTS, data=form).status_code == 403
    assert not roster.students()
