"""What everybody takes for a password is refused wherever one is chosen, in words."""

import pytest

from jobfair.security import common_passwords
from jobfair.services.access import invitations
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.organisers import Organiser

ENGLISH = {"Accept-Language": "en"}
SAID = "Too many people use this password"
CARD = {"email": "eve@example.org", "first_name": "Eve", "last_name": "Doe"}


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord1",
        "Password123!",
        "motdepasse",
        "azertyuiop",
        "12345678910",
        "aaaaaaaa",
        "abababab",
        "abcdefghijkl",
        "987654321",
        "qwertyuiop",
        "JobFair2026!",
        "étudiant-1",
    ],
)
def test_a_common_password_is_known(password):
    assert common_passwords.is_common(password)


@pytest.mark.parametrize(
    "password", [PASSWORD, "demo-jobfair", "vélo-gare-41", "ab3cde8f", "x" * 7]
)
def test_another_is_not(password):
    assert not common_passwords.is_common(password) or len(password) < 8


def test_the_list_is_as_long_as_it_is_said_to_be():
    assert 11_500 < len(common_passwords._MOST_COMMON) < 11_700


def test_registration_says_so_and_keeps_what_was_typed(client):
    form = {**CARD, "password": "password1"}
    page = client.post("/register", data=form, headers=ENGLISH)
    assert page.status_code == 400
    assert SAID in page.text
    assert 'value="eve@example.org"' in page.text
    answer = client.post("/api/auth/register/", json=form, headers=ENGLISH)
    assert answer.status_code == 400
    assert SAID in answer.json["errors"]["password"]


def test_a_personal_link_is_not_spent_on_one(client):
    alice = factories.student()
    token = invitations.invite(actors.SYSTEM, [alice.student_id])[alice.student_id]
    page = client.post(f"/welcome/{token}", data={"password": "iloveyou1"}, headers=ENGLISH)
    assert page.status_code == 400
    assert SAID in page.text
    assert client.post(f"/welcome/{token}", data={"password": PASSWORD}).status_code == 303


def test_an_organiser_cannot_set_one(client):
    alice = factories.student()
    organiser = Organiser(client)
    page = organiser.post(f"/admin/students/{alice.student_id}/password", password="password1")
    assert page.status_code == 400
    assert SAID in page.text


def test_the_command_for_organisers_refuses_one(app):
    runner = app.test_cli_runner()
    done = runner.invoke(
        args=["fair", "admin", "a@example.org", "--password-stdin"], input="football1\n"
    )
    assert done.exit_code == 1
    assert SAID in done.output
