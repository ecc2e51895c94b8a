"""A student changes their own name and password: what is stored then, and what they read."""

import pytest

from jobfair.domain.refusals import Refusal
from jobfair.extensions import db
from jobfair.models import Student
from jobfair.queries import hall_codes
from jobfair.services.access import sign_ins
from jobfair.web.rendering import qr_codes
from tests.support.browsing import Browser
from tests.support.factories import PASSWORD

NEW = "another correct horse"


@pytest.fixture
def browser(client, alice):
    return Browser(client, alice)


def follow(browser, answer):
    """The page that a form's answer leads to."""
    assert (answer.status_code, answer.location) == (303, "/profile")
    return browser.get(answer.location).text


def lets_in(alice, password):
    return not isinstance(sign_ins.sign_in(alice.email, password, ""), Refusal)


def test_a_new_name_is_stored_and_shown(browser, alice):
    answer = browser.post("/profile", first_name="Alix", last_name="Durand")
    page = follow(browser, answer)
    student = db.session.get(Student, alice.student_id)
    assert (student.first_name, student.last_name) == ("Alix", "Durand")
    assert "Saved" in page
    assert 'value="Alix"' in page


def test_a_new_password_counts_and_the_old_one_no_more(browser, alice):
    elsewhere = sign_ins.open_for(alice.user_id, "phone").sign_in_id
    answer = browser.post("/profile/password", current_password=PASSWORD, new_password=NEW)
    assert "Password changed; every other device is signed out" in follow(browser, answer)
    assert (lets_in(alice, NEW), lets_in(alice, PASSWORD)) == (True, False)
    assert sign_ins.session(elsewhere) is None
    assert sign_ins.session(browser.sign_in_id)


def test_the_badge_is_a_code_that_leads_the_desk_to_its_student(browser, alice, monkeypatch):
    drawn = []
    monkeypatch.setattr(qr_codes, "svg", lambda address: drawn.append(address) or "<svg></svg>")
    code = hall_codes.code(alice.student_id)
    assert f'<code class="badge-code">{code}</code>' in browser.get("/profile").text
    assert drawn == [f"http://localhost/admin/desk/badge/{code.replace(' ', '')}"]


def test_a_wrong_password_changes_nothing_and_is_said_on_the_form(browser, alice):
    answer = browser.post("/profile/password", current_password="wrong", new_password=NEW)
    assert answer.status_code == 400
    assert "Password changed" not in answer.text
    assert lets_in(alice, PASSWORD)
