"""Personal links: an organiser makes and passes them on, a student comes in by them."""

import csv
import io
import re

import pytest

from jobfair.imports import comparing, importing
from jobfair.imports.comparing import ListedStudent
from jobfair.queries.admin.students import invitations as guests
from jobfair.services.access import invitations, sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.clocks import timeless
from tests.support.factories import PASSWORD

ADMIN = actors.admin(1)
LISTED = [
    ListedStudent("Inès", "Lefèvre", "ines@example.org"),
    ListedStudent("=1+1", "Zola", "zola@example.org"),
]
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def imported(app):
    """The ids of students without a password, by e-mail."""
    importing.import_students(ADMIN, LISTED, comparing.compare_students(LISTED).promise)
    return {guest.email: guest.student_id for guest in guests.without_password()}


@pytest.fixture
def ines(imported):
    return imported["ines@example.org"]


def link_of(student_id):
    return "/welcome/" + invitations.invite(ADMIN, [student_id])[student_id]


def opened(client, path):
    return client.get(path, headers=ENGLISH)


def test_looking_spends_nothing_and_choosing_does(client, ines):
    path = link_of(ines)
    for _ in range(3):
        page = opened(client, path)
        assert page.status_code == 200
        assert "Welcome, Inès" in page.text
        assert client.head(path).status_code == 200
    answer = client.post(path, data={"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/dashboard")
    assert "Inès" in client.get("/profile").text
    again = opened(client, path)
    assert again.status_code == 410
    assert "has been used" in again.text
    assert client.post(path, data={"password": "another one"}).status_code == 410


def test_a_password_too_short_is_said_and_spends_nothing(client, ines):
    path = link_of(ines)
    answer = client.post(path, data={"password": "short"}, headers=ENGLISH)
    assert answer.status_code == 400
    assert 'id="password-error"' in answer.text
    assert "short" not in answer.text
    assert client.post(path, data={"password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("method", ["get", "post"])
def test_links_that_open_nothing_say_what_to_do(client, ines, time, method):
    ask = getattr(client, method)
    unknown = ask("/welcome/" + "x" * 32, headers=ENGLISH)
    assert unknown.status_code == 404
    replaced = link_of(ines)
    current = link_of(ines)
    over = ask(replaced, headers=ENGLISH)
    assert over.status_code == 410
    students.set_active(ADMIN, ines, active=False)
    assert ask(current, headers=ENGLISH).status_code == 403
    students.set_active(ADMIN, ines, active=True)
    time.pass_(days=31)
    assert ask(current, headers=ENGLISH).status_code == 410
    for page in (unknown, over):
        assert "The organisers can make you a new one" in page.text
        assert 'href="/login"' in page.text


def test_the_link_goes_nowhere_else(client, ines):
    path = link_of(ines)
    for answer in (client.get(path), client.post(path, data={}), client.get("/welcome/x")):
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_somebody_who_is_signed_in_beside_it_is_replaced(client, ines):
    alice = factories.student("Alice")
    before = alice.sign_in(client)
    assert client.post(link_of(ines), data={"password": PASSWORD}).status_code == 303
    assert "ines@example.org" in client.get("/profile").text
    assert sign_ins.session(before.sign_in_id) is None


def test_a_stranger_who_registers_the_address_gets_the_ordinary_answer(client, ines):
    factories.student("Alice", email="alice@example.org")
    form = {"first_name": "M", "last_name": "X", "password": PASSWORD}
    answers = [
        client.post("/register", data={**form, "email": email}, headers=ENGLISH)
        for email in ("ines@example.org", "alice@example.org")
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    imported, ordinary = (re.sub(r"(ines|alice)@", "@", timeless(each.text)) for each in answers)
    assert imported == ordinary
    assert "personal link that the organisers sent you" in imported
    assert "Set-Cookie" not in answers[0].headers


def test_the_file_for_the_mail_merge(client, organiser, imported):
    page = organiser.get("/admin/students/links").text
    assert "Make 2 links and download them" in page
    file = organiser.post("/admin/students/links")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in file.headers["Content-Disposition"]
    assert file.headers["Cache-Control"] == "no-store"
    heading, *rows = csv.reader(io.StringIO(file.data.decode("utf-8-sig")))
    assert heading == ["First name", "Last name", "E-mail address", "Link"]
    assert [row[:3] for row in rows] == [
        ["Inès", "Lefèvre", "ines@example.org"],
        ["'=1+1", "Zola", "zola@example.org"],
    ]
    for row in rows:
        assert row[3].startswith("http://localhost/welcome/")
    visitor = client.application.test_client()
    visitor.set_cookie("kept", "yes")
    assert visitor.post(rows[0][3], data={"password": PASSWORD}).location == "/dashboard"


def test_links_that_are_out_stay_good_when_others_are_made(client, organiser, ines):
    path = link_of(ines)
    file = organiser.post("/admin/students/links").text
    assert "zola@example.org" in file
    assert "ines@example.org" not in file
    assert client.get(path).status_code == 200
    nobody = organiser.follow(organiser.post("/admin/students/links")).text
    assert "Everybody has a link or a password already" in nobody


def test_all_links_anew_after_a_question(client, organiser, imported, ines):
    path = link_of(ines)
    question = organiser.get("/admin/students/links/anew").text
    assert "1 link that nobody has used yet ends" in question
    assert client.get(path).status_code == 200
    file = organiser.post("/admin/students/links/anew").text
    assert "ines@example.org" in file
    assert "zola@example.org" in file
    assert client.get(path).status_code == 410


def test_a_link_for_one_student_is_shown_once(client, organiser):
    alice = factories.student("Alice")
    assert (
        f"/admin/students/{alice.student_id}/link"
        in organiser.get(f"/admin/students/{alice.student_id}").text
    )
    old, new = (organiser.post(f"/admin/students/{alice.student_id}/link").text for _ in range(2))
    old, new = (re.search(r"/welcome/[\w-]{32}", page).group() for page in (old, new))
    assert client.get(old).status_code == 410
    assert client.get(new).status_code == 200
    assert new not in organiser.get(f"/admin/students/{alice.student_id}").text
    assert organiser.post("/admin/students/99/link").status_code == 404


def test_a_page_of_many(organiser, imported, monkeypatch):
    monkeypatch.setattr(guests, "PAGE_SIZE", 1)
    first = organiser.get("/admin/students/links").text
    assert "Page 1 of 2" in first
    assert "Lefèvre Inès" in first
    assert "Zola" not in first
    assert "Zola" in organiser.get("/admin/students/links", page="7").text
