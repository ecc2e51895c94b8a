"""Which column is guessed to be which."""

import pytest

from jobfair.imports import mapping, uploads
from jobfair.imports.layouts import COMPANIES, STUDENTS


def guess(text, layout=STUDENTS):
    return mapping.guessed(layout, uploads.open_file(text.encode()).table)


@pytest.fixture(autouse=True)
def context(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Prénom;Nom;Courriel\na;b;c", ("first_name", "last_name", "email")),
        ("Code;Contact\n1;a@x.org", ("", "email")),
        ("Nom;Contact\nAna Lima;a@x.org", ("full_name", "email")),
        ("Nom;Contact\nLima;a@x.org", ("last_name", "email")),
        ("NOM Prénom;Mail\nLIMA Ana;a@x.org", ("full_name_reversed", "email")),
        ("Étudiant;Prénom;Nom;Mail\n12;Ana;Lima;a@x.org", ("", "first_name", "last_name", "email")),
        ("Ana;Lima;a@x.org\nBo;Roux;b@x.org", ("", "", "email")),
        ("Nom;Prénom;Rien;Encore\n", ("last_name", "first_name", "", "")),
    ],
)
def test_students(text, columns):
    assert guess(text) == columns


def test_companies_have_no_full_names():
    assert guess("Entreprise;Autre\nTech Corp;a@x.org", COMPANIES)[0] == "name"


def test_a_file_without_names_of_columns_begins_with_its_first_line():
    table = uploads.open_file(b"Ana;Lima;a@x.org\nBo;Roux;b@x.org").table
    assert [line.number for line in table.lines] == [1, 2]
    assert table.headings == ("", "", "")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("first_name", "last_name", "email"), None),
        (("full_name", "email"), None),
        (("full_name", "full_name_reversed", "email"), "keep either"),
        (("email",), "First name, Last name"),
        (("full_name",), "E-mail address"),
        (("email", "email", "full_name"), "Keep one"),
        (("full_name", "first_name", "last_name", "email"), "keep either"),
    ],
)
def test_what_is_said_of_columns(columns, said):
    fault = mapping.fault(STUDENTS, columns)
    assert fault is None if said is None else said in fault


def seems(text, sent_to):
    return mapping.belongs_to(uploads.open_file(text.encode()).table, sent_to)


@pytest.mark.parametrize(
    "text",
    [
        "Prénom;Nom;Courriel;Stand\na;b;a@x.org;A 1",
        "Nom;Prénom;Mail\na;b;a@x.org",
        "Étudiant;Formation;Mail\nAna Lima;M2;a@x.org",
    ],
)
def test_whose_list_it_is(text):
    assert seems(text, "companies") == "students"
    assert seems(text, "students") == "students"


@pytest.mark.parametrize(
    "text",
    [
        "Entreprise;Stand;Secteur;Site web;Prénom;Nom du contact;Mail\na;b;c;d;e;f;a@x.org",
        "Nom;Contact\nTechCorp;a@x.org",
        "Nom;Mail\nTech Corp;a@x.org",
        "Entreprise;Prénom;Nom;Mail\nTech Corp;Ana;Lima;a@x.org",
        "Entreprise;Mail\nTech Corp;a@x.org",
    ],
)
def test_a_list_of_companies_with_their_contacts_is_theirs(text):
    assert seems(text, "companies") == "companies"
