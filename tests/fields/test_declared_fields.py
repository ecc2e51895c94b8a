"""Each field is declared once: forms, lists, files, JSON and the tables have what it says."""

import csv
import io
from dataclasses import MISSING
from dataclasses import fields as columns_of

import pytest

from jobfair.domain import state
from jobfair.fields.companies import companies
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.students import students
from jobfair.imports import layouts
from jobfair.models import Company, Student, User
from tests.support import factories
from tests.support.organisers import Organiser

OF_COMPANIES = [(each, Company) for each in companies.FIELDS]
OF_STUDENTS = [*((each, Student) for each in students.NAMES), (students.EMAIL, User)]
LAYOUTS = [layouts.STUDENTS, layouts.COMPANIES]


def name(value):
    return getattr(value, "name", None)


@pytest.fixture
def organiser(client):
    return Organiser(client)


@pytest.mark.parametrize(("field", "table"), OF_COMPANIES + OF_STUDENTS, ids=name)
def test_a_field_is_a_column_that_is_as_long_as_it_may_be(field, table):
    column = table.__table__.columns[field.name]
    assert column.nullable is not field.required
    if "maxlength" in field.attributes:
        assert column.type.length >= field.attributes["maxlength"]


def test_a_new_company_is_made_of_fields_and_has_their_defaults():
    declared = {each.name: each for each in companies.FIELDS}
    for made_of in columns_of(NewCompany):
        field = declared[made_of.name]
        if field.may_be_left_out:
            assert made_of.default == field.default
        else:
            assert made_of.default is MISSING
    for field in (*companies.IN_FORMS, *companies.IN_LISTS, *companies.IN_JSON):
        assert field.name in {each.name for each in columns_of(NewCompany)}


@pytest.mark.parametrize("field", companies.FIELDS, ids=name)
def test_a_change_of_a_company_is_recorded(field):
    """By an event of the field's own, or by a rule that looks at it."""
    assert field.event or field.name in {each.name for each in columns_of(state.Company)}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/admin/companies/new", companies.IN_FORMS),
        ("/admin/students/new", students.REGISTRATION),
        ("/register", students.REGISTRATION),
    ],
)
def test_a_form_has_an_input_for_each_with_its_limits(app, organiser, path, fields):
    visitor = app.test_client() if path == "/register" else organiser
    page = visitor.get(path).text
    for field in fields:
        html = page.partition(f'id="{field.name}"')[2].partition(">")[0]
        for attribute, value in field.attributes.items():
            assert f'{attribute}="{value}"' in html
        assert (" required" in html) is field.required


@pytest.mark.parametrize("layout", LAYOUTS, ids=["students", "companies"])
def test_no_heading_names_two_columns_and_none_is_out_of_reach(layout):
    headings = [heading for field in layout.fields for heading in field.headings.split()]
    assert len(headings) == len(set(headings))
    for field in layout.fields:
        for heading in field.headings.split():
            assert layout.field(heading.upper()) == field.name


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/admin/exports/companies.csv", companies.FIELDS),
        ("/admin/exports/students.csv", students.CARD),
        ("/admin/exports/entries.csv", students.CARD),
    ],
)
def test_a_file_has_a_column_for_each(app, organiser, path, fields):
    headings = next(csv.reader(io.StringIO(organiser.get(path).text.lstrip("\ufeff"))))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        labels = [str(each.label) for each in fields]
    assert [each for each in headings if each in labels] == labels


def test_what_json_is_given_of_a_company_it_answers(client):
    program = {"headers": factories.admin().bearer()}
    address = "/api/companies/admin/companies/"
    given = {
        "name": "TechCorp",
        "stand": "A 1",
        "status": "paused",
        "max_concurrent_interviews": 3,
        "max_queue_size": 9,
        "hall": "North",
        "description": "Two\nlines",
        "sectors": ["Data", "Énergie"],
        "looking_for": ["internship", "job"],
        "languages": ["French"],
        "link": "https://techcorp.example/jobs",
        "contact": "ada@techcorp.example",
    }
    assert given.keys() == {each.json_name for each in companies.IN_JSON}
    made = client.post(address, json=given, **program).json
    assert made | given == made
    changed = client.patch(f"{address}{made['id']}/", json={"max_queue_size": None}, **program)
    assert changed.json == made | {"max_queue_size": None}
