"""The team through JSON, and what a role may do there."""

import pytest

from jobfair.services.access import accounts
from tests.support import factories
from tests.support.factories import PASSWORD

TEAM = "/api/admin/team/"


@pytest.fixture
def organiser(app):
    return factories.admin().bearer()


@pytest.fixture
def desk(app):
    return factories.member("desk", "desk@example.org")


def test_inviting_changing_and_removing(client, organiser):
    invited = client.post(TEAM, json={"email": "a@example.org", "role": "desk"}, headers=organiser)
    assert invited.status_code == 201
    assert invited.json["invited_until"]
    assert invited.json["mailed"] is False
    token = invited.json["access_url"].rpartition("/")[2]
    own = f"{TEAM}{invited.json['id']}/"
    again = client.post(f"{own}link/", headers=organiser)
    assert again.json["access_url"] != invited.json["access_url"]
    assert accounts.check_link(token).code == "link_over"
    changed = client.patch(own, json={"role": "viewer"}, headers=organiser)
    assert changed.json["role"] == "viewer"
    listed = client.get(TEAM, headers=organiser).json
    assert [(each["email"], each["role"]) for each in listed] == [
        ("admin@example.org", "admin"),
        ("a@example.org", "viewer"),
    ]
    assert client.delete(own, headers=organiser).status_code == 204
    assert client.delete(own, headers=organiser).status_code == 404


def test_refusals_have_a_code(client, organiser, desk):
    taken = {"email": "desk@example.org", "role": "viewer"}
    refused = client.post(TEAM, json=taken, headers=organiser)
    assert refused.json["errors"].keys() == {"email"}
    king = {"email": "b@example.org", "role": "king"}
    assert client.post(TEAM, json=king, headers=organiser).json["errors"].keys() == {"role"}
    me = client.get("/api/auth/me/", headers=organiser).json["id"]
    assert client.delete(f"{TEAM}{me}/", headers=organiser).json["code"] == "last_organiser"
    refused = client.get(TEAM, headers=desk.bearer())
    assert (refused.status_code, refused.json["code"]) == (403, "not_allowed")


def test_the_desk_resets_a_password_and_forces_a_status_but_changes_no_name(client, desk):
    alice = factories.student("Alice")
    address = f"/api/students/admin/students/{alice.student_id}/"
    headers = desk.bearer()
    done = client.patch(address, json={"password": PASSWORD, "status": "paused"}, headers=headers)
    assert done.json["status"] == "paused"
    for change in ({"first_name": "Alix"}, {"email": "x@example.org", "status": "available"}):
        refused = client.patch(address, json=change, headers=headers)
        assert (refused.status_code, refused.json["code"]) == (403, "not_allowed")
    assert client.get(address, headers=headers).json["status"] == "paused"


def test_a_stands_link_is_for_who_may_make_a_new_one(client, organiser, desk):
    company_id = factories.company("TechCorp")
    address = f"/api/companies/admin/companies/{company_id}/"
    assert client.get(address, headers=organiser).json["access_token"]
    assert client.get(address, headers=desk.bearer()).json["access_token"] is None
