"""The list of students, its search, changing a status from it, and creating one."""

import pytest

from jobfair.queries.admin import roster
from jobfair.queries.admin.lists import page as list_page
from jobfair.queries.admin.lists import students
from jobfair.queries.student import places
from jobfair.services.access import sign_ins
from tests.support import factories
from tests.support.factories import PASSWORD

NEW = {
    "first_name": "Inès",
    "last_name": "Lefèvre",
    "email": "ines@example.org",
    "password": PASSWORD,
}


@pytest.fixture
def alice(app):
    return factories.student("Alice", "Martin")


def status(person):
    return places.dashboard(person.student_id).student.status


def test_the_list(organiser, alice):
    techcorp = factories.company("TechCorp")
    factories.interview(alice, techcorp)
    factories.entry(alice, factories.company("Other"))
    page = organiser.get("/admin/students").text
    assert "1 student" in page
    assert "Martin Alice" in page
    assert alice.email in page
    assert f'href="/admin/companies/{techcorp}"><bdi>TechCorp</bdi></a>' in page
    assert '<td class="number" data-label="Waiting">1</td>' in page


def test_by_last_name_accents_aside(organiser):
    for last_name in ("Zola", "Émile", "Dumas", "eluard"):
        factories.student("Paul", last_name)
    found = [line.student.last_name for line in students.students().lines]
    assert found == ["Dumas", "eluard", "Émile", "Zola"]


@pytest.mark.parametrize("typed", ["ines", "LEFEVRE", "lef ine", "ines@example", "Inès Lef"])
def test_the_search_minds_neither_case_nor_accents(organiser, alice, typed):
    factories.student("Inès", "Lefèvre", email="ines@example.org")
    page = organiser.look("/admin/students", q=typed).text
    assert page.startswith('<hx-partial hx-target="#students"')
    assert "Lefèvre Inès" in page
    assert "Martin Alice" not in page


def test_a_page_at_a_time(organiser, monkeypatch):
    monkeypatch.setattr(list_page, "PAGE_SIZE", 2)
    for name in ("Ada", "Bea", "Cyd", "Dan", "Eva"):
        factories.student("Kim", name)
    first = organiser.get("/admin/students").text
    assert "Page 1 of 3" in first
    assert "Ada Kim" in first
    assert "Cyd Kim" not in first
    assert "/admin/students?page=2" in first
    last = organiser.get("/admin/students", page="99", q="kim").text
    assert "Page 3 of 3" in last
    assert "Eva Kim" in last
    assert "/admin/students?q=kim&amp;page=2" in last
    assert "Page 1 of 3" in organiser.get("/admin/students", page="-4").text
    assert "Page 1 of 3" in organiser.get("/admin/students", page="x").text


def test_changing_a_status_from_the_list_stays_on_its_page(organiser, alice):
    path = f"/admin/students/{alice.student_id}/status"
    listed = organiser.at("/admin/students?q=mar&page=1")
    answer = listed.post(path, status="paused")
    assert answer.location == "/admin/students?q=mar&page=1"
    assert status(alice) == "paused"
    fragments = listed.say(path, status="available").text
    assert 'hx-target="#students"' in fragments
    assert status(alice) == "available"


def test_putting_somebody_into_an_interview_by_the_companys_name(organiser, alice):
    factories.company("Énergies du Large")
    path = f"/admin/students/{alice.student_id}/status"
    form = {"status": "in_interview", "company": " énergies du  large"}
    assert organiser.at("/admin/students").say(path, **form).status_code == 200
    assert status(alice) == "in_interview"


def test_an_interview_without_its_company_is_refused_in_the_row(organiser, alice):
    path = f"/admin/students/{alice.student_id}/status"
    answer = organiser.at("/admin/students").say(path, status="in_interview", company="Nowhere")
    assert answer.status_code == 400
    row = answer.text[answer.text.index(f'id="student-{alice.student_id}"') :]
    assert "No company has this name" in row
    assert status(alice) == "available"


def test_there_is_no_other_status(organiser, alice):
    path = f"/admin/students/{alice.student_id}/status"
    assert organiser.post(path, status="asleep").status_code == 400


def test_creating_a_student(organiser):
    page = organiser.follow(organiser.post("/admin/students/new", **NEW)).text
    assert "Inès Lefèvre" in page
    assert "Student created" in page
    assert not hasattr(sign_ins.sign_in(NEW["email"], PASSWORD, "test"), "code")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("first_name", ""), ("last_name", "x" * 101), ("email", "nobody"), ("password", "short")],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(organiser, field, typed):
    form = {**NEW, field: typed}
    answer = organiser.post("/admin/students/new", **form)
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    for name in ("first_name", "last_name", "email"):
        assert f'value="{form[name]}"' in answer.text
    assert form["password"] not in answer.text
    assert not roster.students()


def test_an_address_that_has_an_account(organiser, alice):
    answer = organiser.post("/admin/students/new", **{**NEW, "email": alice.email.upper()})
    assert answer.status_code == 400
    assert 'id="email-error"' in answer.text
    assert len(roster.students()) == 1


def test_who_is_called_is_said_to_be_and_by_whom(organiser, alice):
    factories.student("Bob")
    names = {factories.company(name): name for name in ("TechCorp", "Other")}
    for company_id in names:
        factories.entry(alice, company_id)
    pages = [organiser.get(f"/admin/students{path}").text for path in ("", f"/{alice.student_id}")]
    pages.append(organiser.get(f"/admin/desk/{alice.student_id}").text)
    for page in pages:
        state = page[page.index("Called by") :][:400]
        for company_id, name in names.items():
            assert f'href="/admin/companies/{company_id}"><bdi>{name}</bdi></a>' in state
    shown = [pages[0].count(f"</svg>{word}</span>") for word in ("Called by", "Available")]
    assert shown == [1, 1]
