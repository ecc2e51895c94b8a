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
        "soleil2004",
        "Chouchou!!",
        "azerty12345",
        "Motdepasse2026",
        "Clément75",
        "marseille13",
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


ABOUT_SAID = "made of the name or address of its owner"


@pytest.mark.parametrize(
    "password",
    ["zebulon2004", "Zébulon.Ölmüş", "olmus-zebulon!", "zebulon@uni.example", "bourse-zebulon-13"],
)
def test_a_password_made_of_ones_own_name_or_address_or_the_fairs_is_known(password):
    known = ("zebulon@uni.example", "Zébulon", "Ölmüş", "bourse.example")
    assert common_passwords.is_about(password, known)
    assert not common_passwords.is_about("zebulon mange du vélo", known)
    assert not common_passwords.is_about(PASSWORD, known)


def _chosen(client, person, password):
    """What each way of choosing a password answers, by its name."""
    card = {"email": "zebulon@uni.example", "first_name": "Zébulon", "last_name": "Quille"}
    new = {"password": password, **card, "email": f"x{card['email']}"}
    form = {"current_password": PASSWORD, "new_password": password}
    admin = factories.admin()
    token = invitations.invite(actors.SYSTEM, [person.student_id])[person.student_id]
    own, theirs = person.bearer(), admin.bearer()
    student = f"/api/students/admin/students/{person.student_id}/"
    return {
        "register": client.post("/register", data=new, headers=ENGLISH),
        "JSON register": client.post("/api/auth/register/", json=new, headers=ENGLISH),
        "admit": client.post("/admin/students/new", data=new, headers=theirs | ENGLISH),
        "JSON admit": client.post(
            "/api/students/admin/students/", json=new, headers=theirs | ENGLISH
        ),
        "change": client.post("/profile/password", data=form, headers=own | ENGLISH),
        "link": client.post(f"/welcome/{token}", data={"password": password}, headers=ENGLISH),
        "reset": client.post(
            f"/admin/students/{person.student_id}/password",
            data={"password": password},
            headers=theirs | ENGLISH,
        ),
        "JSON change": client.patch(student, json={"password": password}, headers=theirs | ENGLISH),
        "organiser's change": client.post(
            "/admin/account/password", data=form, headers=theirs | ENGLISH
        ),
    }


@pytest.mark.parametrize("config", [{"PUBLIC_URL": "https://bourse.example"}], ids=["named"])
def test_wherever_a_password_is_chosen_it_may_not_be_made_of_ones_own_words(client):
    person = factories.student("Zébulon", "Quille", email="zebulon@uni.example")
    for password in ("zebulon.quille1", "bourse.example1"):
        for name, answer in _chosen(client, person, password).items():
            if (name, password[0]) != ("organiser's change", "z"):
                assert answer.status_code == 400, name
                assert ABOUT_SAID in answer.text, name


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
