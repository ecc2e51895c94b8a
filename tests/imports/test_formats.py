"""The same list in whichever format it comes, and files that ask for more than they should."""

import itertools
import os
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from jobfair.imports import mapping, uploads
from jobfair.imports.comparing import ListedStudent
from jobfair.imports.files import encodings, workbook_reader, workbooks
from jobfair.imports.files.workbooks import Unreadable
from jobfair.imports.layouts import STUDENTS
from tests.support import sheets

PEOPLE = [ListedStudent(*row) for row in sheets.STUDENTS[1:]]
BOMS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", *encodings.OLDER]
SEPARATORS = [";", ",", "\t", "|"]
TITLES = ["", "Liste des étudiants\r\n\r\n", "sep={}\r\n", '"sep={}"\r\nForum 2026;;;\r\n']
OLD = (Path(__file__).parent / "files" / "excel-97.xls").read_bytes()


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def read(table):
    upload = uploads.read(table, STUDENTS, mapping.guessed(STUDENTS, table))
    assert not upload.bad
    return upload


def people(data):
    return read(uploads.open_file(data).table).cards


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS, ids=["semicolon", "comma", "tab", "pipe"])
def test_any_separator_encoding_line_end_and_title(encoding, separator):
    for title, end in itertools.product(TITLES, ("\r\n", "\n", "\r")):
        text = title.format(separator) + sheets.csv(sheets.STUDENTS, separator, end=end).decode()
        assert people(BOMS.get(encoding, b"") + text.encode(encoding)) == PEOPLE, (title, end)


@pytest.mark.parametrize(
    "data",
    [sheets.xlsx(sheets.STUDENTS), sheets.ods(sheets.STUDENTS), OLD],
    ids=["xlsx", "ods", "xls"],
)
def test_workbooks(data):
    assert people(data) == PEOPLE


def test_a_title_above_the_names_of_the_columns_in_a_workbook():
    titled = [("Forum 2026",), (), ("", "Liste"), *sheets.STUDENTS]
    assert people(sheets.xlsx(titled)) == PEOPLE
    upload = read(uploads.open_file(sheets.xlsx(titled)).table)
    assert [line.number for line in upload.good] == [5, 6, 7], "as the spreadsheet numbers them"


def test_the_sheet_with_the_list_is_read_and_the_others_named():
    first = [("Notes",), ("de l'an dernier",)]
    opened = uploads.open_file(sheets.xlsx(first, ("Étudiants", sheets.STUDENTS), ("Vide", [])))
    assert read(opened.table).cards == PEOPLE
    assert (opened.sheet, opened.other_sheets) == ("Étudiants", ("Liste",))


def test_figures_and_days_are_texts_as_somebody_types_them():
    rows = [
        ("nom", "prénom", "mail", "année"),
        ("L", "A", "a@x.org", 2026),
        ("M", "B", "b@x.org", 2.5),
    ]
    assert [each.year for each in people(sheets.xlsx(rows))] == ["2026", "2.5"]


def test_what_looks_like_a_formula_in_a_workbook_is_what_it_says():
    """In CSV an apostrophe in front is our own; in a workbook it is the cell's."""
    rows = [("nom", "prénom", "mail"), ("'=1", "'Ana", "a@x.org")]
    assert people(sheets.xlsx(rows))[0].last_name == "'=1"


@pytest.mark.parametrize("encoding", encodings.OLDER)
def test_an_older_encoding_is_recognised_by_the_letters_of_names(encoding):
    names = "Élodie Lefèvre;Noël;GARÇON;Chloé;Jérôme;Benoît;Maëlys;Évry;Société Générale"
    assert encodings.read(names.encode(encoding)).readings == (encoding,)


def test_where_the_letters_do_not_decide_somebody_is_asked_and_their_choice_counts():
    data = "nom;prénom;mail\nÖz;A;a@x.org".replace("é", "e").encode("cp1252")
    readings = encodings.read(data).readings
    assert set(readings) >= {"cp1252", "cp850"}
    assert encodings.examples(data, "cp1252") == ("Öz",)
    read = {each: encodings.read(data, each).text[16:18] for each in readings}
    assert read["cp1252"] == "Öz"
    assert read["cp850"] == "Íz"


def test_an_encoding_that_the_file_does_not_leave_open_is_not_taken():
    assert encodings.read("é".encode(), "cp850").text == "é"


def corner():
    """A few kilobytes, whose one cell in the last corner makes a sheet of 17 thousand million."""
    return sheets.xlsx([("a",)], ("Loin", [*[()] * 1_048_575, (*[None] * 16_383, "z")]))


def bomb():
    """A workbook that unpacks to more than half a gigabyte."""
    plain = sheets.xlsx(sheets.STUDENTS)
    file = BytesIO()
    with ZipFile(BytesIO(plain)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/sharedStrings.xml":
                with new.open(name, "w") as strings:
                    strings.write(content.partition(b"<si>")[0])
                    for _ in range(600):
                        strings.write(b"<si><t>" + b"a" * 1_000_000 + b"</t></si>")
                    strings.write(b"</sst>")
            else:
                new.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("make", [corner, bomb])
def test_a_small_file_that_asks_for_too_much_memory_ends_its_own_process(make):
    data = make()
    assert len(data) < 4 * 1024 * 1024
    with pytest.raises(Unreadable) as refused:
        uploads.open_file(data)
    assert refused.value.why in ("size", "rows")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([("a",)] * (workbook_reader.MOST_ROWS + 1), "rows"),
        ([("a",) * (workbook_reader.MOST_COLUMNS + 1)], "columns"),
    ],
    ids=["rows", "columns"],
)
def test_the_limits_of_a_sheet(rows, why):
    with pytest.raises(Unreadable) as refused:
        uploads.open_file(sheets.xlsx(rows))
    assert refused.value.why == why
    assert "workbook" in uploads.why_not(refused.value).errors[uploads.FILE]


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_TEXT"])
def test_the_limits_of_a_workbook(monkeypatch, limit):
    monkeypatch.setattr(workbook_reader, limit, 7)
    assert workbook_reader.sheets(sheets.xlsx([("a",) * 4] * 2)) == {"wrong": "size"}
    monkeypatch.setattr(workbook_reader, limit, 8)
    assert len(workbook_reader.sheets(sheets.xlsx([("a",) * 4] * 2))["sheets"]) == 1


def test_a_workbook_that_computes_for_ever_is_given_up(monkeypatch, tmp_path):
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(workbook_reader, "__file__", str(endless))
    monkeypatch.setattr(workbooks, "_PATIENCE", 0.5)
    with pytest.raises(Unreadable) as refused:
        uploads.open_file(sheets.xlsx(sheets.STUDENTS))
    assert refused.value.why == "size"


def test_the_reader_of_workbooks_loads_nothing_of_the_fair():
    """It starts in a tenth of a second, and has no secret to give away."""
    names = "import workbook_reader, sys; print([n for n in sys.modules if 'jobfair' in n])"
    folder = Path(workbook_reader.__file__).parent
    done = workbooks.subprocess.run(
        [sys.executable, "-c", names],
        cwd=folder,
        capture_output=True,
        check=True,
        env={**os.environ},
    )
    assert done.stdout.strip() == b"[]"
