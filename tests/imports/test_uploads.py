"""Lists as spreadsheets save them, and what is said of each line that cannot be used."""

import codecs
import csv
import io

import pytest

from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.input.parsing import Invalid
from jobfair.imports import mapping, uploads
from jobfair.imports.comparing import ListedStudent
from jobfair.imports.layouts import COMPANIES, STUDENTS
from jobfair.imports.uploads import LINE
from tests.support import sheets
from tests.support.speed import cost

PEOPLE = [ListedStudent(*row) for row in sheets.STUDENTS[1:]]
FILES = {
    "excel in french": sheets.csv(sheets.STUDENTS, ";", "cp1252"),
    "excel as utf-8": sheets.csv(sheets.STUDENTS, ";", "utf-8-sig"),
    "excel as unicode text": sheets.csv(sheets.STUDENTS, "\t", "utf-16"),
    "big-endian": codecs.BOM_UTF16_BE + sheets.csv(sheets.STUDENTS, ";", "utf-16-be"),
    "without its mark": sheets.csv(sheets.STUDENTS, ";", "utf-16-le"),
    "big-endian without its mark": sheets.csv(sheets.STUDENTS, ";", "utf-16-be"),
    "libreoffice": sheets.csv(sheets.STUDENTS, ",", "utf-8", "\n"),
    "an old mac": sheets.csv(sheets.STUDENTS, ";", "utf-8", "\r"),
    "quoted": sheets.csv([[f'"{cell}"' for cell in row] for row in sheets.STUDENTS], ","),
    "separators at the end": sheets.csv([(*row, "", "") for row in sheets.STUDENTS]),
    "blank lines": b"\r\n;;\r\n" + sheets.csv(sheets.STUDENTS, end="\r\n\r\n;;\r\n \r\n"),
    "no line end": sheets.csv(sheets.STUDENTS).rstrip(),
    "blanks around": sheets.csv(
        [[f"\N{NO-BREAK SPACE}{cell} " for cell in row] for row in sheets.STUDENTS]
    ),
}


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def read(data, layout=STUDENTS):
    try:
        opened = uploads.open_file(data.encode() if isinstance(data, str) else data)
    except ValueError as error:
        return uploads.why_not(error)
    wrong = uploads.wrong_size(opened.table)
    if wrong:
        return wrong
    columns = mapping.guessed(layout, opened.table)
    fault = mapping.fault(layout, columns)
    return Invalid({uploads.FILE: fault}) if fault else uploads.read(opened.table, layout, columns)


def bad(*lines):
    upload = read("prénom;nom;e-mail\n" + "\n".join(lines))
    return [(line.number, dict(line.reasons)) for line in upload.bad]


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_whatever_a_spreadsheet_saves(data):
    upload = read(data)
    assert upload.cards == PEOPLE
    assert not upload.bad


@pytest.mark.parametrize(
    "headings",
    [
        "first_name;last_name;email",
        "First name;Last Name;E-Mail",
        "PRENOM;NOM;COURRIEL",
        " prénom ; nom ;Adresse e-mail",
        "Prénom usuel;Nom de famille;mail",
    ],
)
def test_columns_by_any_of_their_names(headings):
    assert read(f"{headings}\nÉlodie;Lefèvre;ELODIE.lefevre@example.org").cards == PEOPLE[:1]


def test_what_a_school_knows_of_their_studies():
    upload = read(
        "prénom;nom;e-mail;Formation;Niveau;Recherche\n"
        "Zoé;Roux;zoe@example.org;Zoologie;M2;stage, thèse\n"
        "Yann;Roux;yann@example.org;;;\n"
    )
    zoe, yann = upload.cards
    assert (zoe.studies, zoe.year, zoe.seeking) == ("Zoologie", "M2", "internship, phd")
    assert (yann.studies, yann.year, yann.seeking) == (None, None, None)


def test_columns_in_any_order_and_others_left_aside():
    upload = read("E-mail;Taille;Nom;Prénom\nelodie.lefevre@example.org;M;Lefèvre;Élodie")
    assert upload.cards == PEOPLE[:1]


def test_companies_and_what_is_left_blank():
    upload = read(sheets.csv(sheets.COMPANIES), COMPANIES)
    assert upload.cards == [NewCompany("Énergies du Large", "B 12", 2, 40), NewCompany("TechCorp")]
    assert read("nom\nTechCorp", COMPANIES).cards == [NewCompany("TechCorp")]


def test_a_cell_may_hold_separators_quotes_and_lines():
    text = 'nom;prénom;remarque;mail\n"L;B";"An""a";"une\r\ndeux";a@example.org\nM;B;;b@example.org'
    upload = read(text)
    assert [(line.number, line.card.last_name) for line in upload.good] == [(2, "L;B"), (4, "M")]
    assert upload.cards[0].first_name == 'An"a'


def test_each_wrong_field_has_its_sentence():
    assert bad("Ana;;nobody", "x" * 101 + ";Lima;a@example.org", "A\x07;Lima;b@example.org") == [
        (2, {"last_name": "This is required.",
             "email": "Give an e-mail address such as name@example.org."}),
        (3, {"first_name": "At most 100 characters."}),
        (4, {"first_name": "This holds characters that cannot be shown."}),
    ]  # fmt: skip


def test_a_line_too_short_or_too_long():
    assert bad("Ana", "Ana;Lima;ana@example.org;;too;much") == [
        (2, {"last_name": "This is required.", "email": "This is required."}),
        (3, {LINE: "This line has more cells than there are columns."}),
    ]


def test_the_second_of_two_is_bad_whatever_its_case():
    assert bad("A;L;a@example.org", "B;M;b@example.org", "C;N; A@Example.ORG") == [
        (4, {"email": "The same as in line 2."})
    ]
    upload = read("nom\nTechCorp\n TECHCORP  ", COMPANIES)
    assert [dict(line.reasons) for line in upload.bad] == [{"name": "The same as in line 2."}]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_nul_spoils_its_own_line_only(encoding):
    text = "prénom;nom;mail;note\nA\0na;Lima;a@x.org;\nBea;Lima;b@x.org;\0\nC\0;;;\n"
    upload = read(text.encode(encoding))
    assert [each.first_name for each in upload.cards] == ["Bea"]
    assert [line.number for line in upload.bad] == [2, 4]
    shown = "This holds characters that cannot be shown."
    assert upload.bad[0].reasons == {"first_name": shown}
    assert "\0" not in "".join(line.text for line in upload.bad)


def test_a_line_break_in_a_name_is_a_blank():
    """As spreadsheets have it where somebody breaks a line within a cell."""
    upload = read('prénom;nom;mail\n"Ana\r\nMaria";"de\n Lima";ana@example.org\n')
    assert [(each.first_name, each.last_name) for each in upload.cards] == [
        ("Ana Maria", "de Lima")
    ]


def test_quotes_that_do_not_match_spoil_their_own_line_only():
    lines = ['"Ana;Lima;ana@example.org', "Bea;Lima;bea@example.org", '"C"x;L;c@example.org']
    mismatch = {LINE: "The quotes in this line do not match."}
    assert bad(*lines) == [(2, mismatch), (4, mismatch)]
    assert [each.first_name for each in read("prénom;nom;mail\n" + "\n".join(lines)).cards] == [
        "Bea"
    ]


def test_figures_of_companies_out_of_their_limits():
    text = "nom;places;limite\nA;0;\nB;101;\nC;deux;\nD;1;0\nE;2.0;7\nF;;100001"
    reasons = {line.number: dict(line.reasons) for line in read(text, COMPANIES).bad}
    assert reasons == {
        2: {"slots": "At least 1."},
        3: {"slots": "At most 100."},
        4: {"slots": "Give a whole number."},
        5: {"queue_limit": "At least 1."},
        7: {"queue_limit": "At most 100000."},
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and the rest of a workbook", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0 an old one", "cannot be opened"),
        (b"\x89PNG\x00\x00\x00\x0d", "neither a workbook nor a list"),
        (b"\xb1\xb2\xb3\xb9", "neither a workbook nor a list"),
        (b"\xff\xfea", "neither a workbook nor a list"),
        (b"", "There is no list in this file."),
        (b"\xef\xbb\xbf", "There is no list in this file."),
        (b"\xff\xfe\r\0\n\0", "There is no list in this file."),
        (b"a;b;c\n1;2;3", "First name, Last name, E-mail address"),
        ("Prénom;Téléphone\nAna;06".encode(), "missing: Last name, E-mail address"),
        (b"Ana;Lima;ana@example.org", "missing: First name, Last name."),
        ("mail;courriel;nom;prénom\na;b;c;d".encode(), "Two columns say the same: E-mail address"),
        ("mail;nom;prénom\n\n;;\n".encode(), "nothing below"),
        ('"mail;nom;prénom\n'.encode(), "There is no list"),
        (sheets.csv(sheets.many(10_001)), "10001 lines; at most 10000"),
    ],
)
def test_what_is_no_list_is_said_in_words(data, said):
    assert said in read(data).errors[uploads.FILE]


def test_ten_thousand_lines_take_less_than_a_second():
    """Three hundred times what the standard library takes, which only parts the cells."""
    many = sheets.csv(sheets.many(10_000))
    assert len(read(many).good) == 10_000
    parted = cost(lambda: list(csv.reader(io.StringIO(many.decode()))))
    assert cost(lambda: read(many)) < 300 * parted
