"""A request sent again with the same key is done once, and gets the first answer each time."""

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from jobfair.extensions import db
from jobfair.fields.input.parsing import Input
from jobfair.models import IdempotencyKey, JournalRow
from jobfair.ops import retention_job
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors, idempotency_keys
from jobfair.web.idempotency import is_secret
from jobfair.web.pages.responses import FRAGMENTS
from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.organisers import Organiser

PROJECT = Path(__file__).parents[2]
KEY = "8f14e45f-ceea-4671-9f8a-3d2c5b6a7e10"


class Phone:
    """A student's page: forms with a key, answered with fragments or a redirect."""

    def __init__(self, app, person):
        self.client = app.test_client()
        self._token = csrf.token(person.sign_in(self.client).sign_in_id)

    def tap(self, path, key=KEY, accept=FRAGMENTS, **form):
        data = {"csrf_token": self._token, "idempotency_key": key, **form}
        return self.client.post(path, data=data, headers={"Accept": accept})


@pytest.fixture
def phone(app, alice):
    return Phone(app, alice)


@pytest.fixture
def company_id(app):
    return factories.company()


def happened(kind):
    query = select(func.count()).select_from(JournalRow).where(JournalRow.kind == kind)
    with db.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def keys():
    with db.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(IdempotencyKey)).scalar_one()


def test_a_tap_sent_twice_is_one_tap_and_gets_one_answer(phone, company_id):
    first, again = (phone.tap(f"/companies/{company_id}/join") for _ in range(2))
    assert (again.status_code, again.data, again.mimetype) == (200, first.data, first.mimetype)
    assert happened("joined") == 1


def test_without_the_key_the_second_is_refused(phone, company_id):
    assert phone.tap(f"/companies/{company_id}/join", key="").status_code == 200
    assert phone.tap(f"/companies/{company_id}/join", key="").status_code == 400


def test_a_completion_sent_twice_is_one_completion(client, alice, company_id):
    entry_id = factories.interview(alice, company_id)
    path = f"/company/{factories.token(company_id)}/queues/{entry_id}/complete/"
    first, again = (client.post(path, data={"idempotency_key": KEY}) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert happened("interview_completed") == 1
    assert client.get(again.location).text.count('class="toast toast-success"') == 1


def test_a_tap_that_comes_late_again_does_not_undo_what_came_between(phone, alice, company_id):
    """«Passe mon tour», «Je suis là», and then the first of them once more."""
    entry_id = factories.entry(alice, company_id)
    phone.tap(f"/entries/{entry_id}/pass")
    phone.tap(f"/entries/{entry_id}/presence", key="another")
    assert phone.tap(f"/entries/{entry_id}/pass").status_code == 200
    assert not places.place(entry_id).aside


def test_a_refusal_is_an_answer_too(phone, company_id):
    companies.edit(actors.SYSTEM, company_id, {"queue_open": False})
    first = phone.tap(f"/companies/{company_id}/join")
    companies.edit(actors.SYSTEM, company_id, {"queue_open": True})
    again = phone.tap(f"/companies/{company_id}/join")
    assert (again.status_code, again.data) == (400, first.data)
    assert happened("joined") == 0


def test_without_a_script_the_words_come_along(phone, company_id):
    said = []
    for _ in range(2):
        answer = phone.tap(f"/companies/{company_id}/join", accept="text/html")
        assert answer.status_code == 303
        page = phone.client.get(answer.location)
        said.append(page.text.count("toast toast-success"))
    assert said == [1, 1]


def test_the_key_belongs_to_one_request(phone, company_id):
    other = factories.company("Other")
    phone.tap(f"/companies/{company_id}/join")
    refused = phone.tap(f"/companies/{other}/join")
    assert refused.status_code == 400
    assert 'class="toast toast-error"' in refused.text
    refused = phone.tap(f"/companies/{company_id}/join", other="field")
    assert refused.status_code == 400
    assert happened("joined") == 1


def test_anothers_key_is_nobodys(app, phone, company_id):
    """Owner, stranger, nobody."""
    path = f"/companies/{company_id}/join"
    mine = phone.tap(path)
    theirs = Phone(app, factories.student("Bob")).tap(path)
    assert theirs.status_code == 200
    assert theirs.data != mine.data
    assert happened("joined") == 2
    nobody = app.test_client().post(path, data={"idempotency_key": KEY})
    assert nobody.status_code == 303
    assert "/login" in nobody.location


def test_a_stand_does_not_get_another_stands_answer(client, company_id):
    other = factories.company("Other")
    for each in (company_id, other):
        path = f"/company/{factories.token(each)}/pause"
        assert client.post(path, data={"idempotency_key": KEY}).status_code == 303
    assert happened("company_status_changed") == 2


def test_a_link_that_was_replaced_answers_nothing_any_more(client, company_id):
    path = f"/company/{factories.token(company_id)}/pause"
    assert client.post(path, data={"idempotency_key": KEY}).status_code == 303
    companies.regenerate_token(actors.SYSTEM, company_id)
    assert client.post(path, data={"idempotency_key": KEY}).status_code == 404


def test_a_program_sends_it_as_a_header(client, alice, company_id):
    headers = {**alice.bearer(), "Idempotency-Key": KEY}
    first, again = (
        client.post("/api/queues/", json={"company": company_id}, headers=headers) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert again.mimetype == "application/json"
    refused = client.post("/api/queues/", json={"company": company_id + 1}, headers=headers)
    assert (refused.status_code, refused.json["code"]) == (400, "key_reused")


@pytest.mark.parametrize("body", ["[" * 100_000, "{", "[1]", '"password"', ""])
def test_a_body_that_cannot_be_read_is_refused_with_a_key_as_without(client, alice, body):
    headers = {**alice.bearer(), "Content-Type": "application/json", "Idempotency-Key": KEY}
    answer = client.post("/api/queues/", data=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")


@pytest.mark.parametrize("key", ["x" * 129, "é", "a\x01b"])
def test_a_key_that_is_none_is_refused(phone, company_id, key):
    assert phone.tap(f"/companies/{company_id}/join", key=key).status_code == 400
    assert happened("joined") == 0


def test_what_was_not_carried_out_is_not_kept(phone):
    assert phone.tap("/companies/999/join").status_code == 404
    assert phone.tap("/companies/999/join").status_code == 404
    assert keys() == 0


def test_passwords_shown_once_are_kept_nowhere(client, alice):
    organiser = Organiser(client)
    path = f"/admin/students/{alice.student_id}/password"
    first, again = (organiser.post(path, idempotency_key=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.data != again.data
    assert keys() == 0


@pytest.mark.parametrize("as_json", [False, True])
def test_no_request_that_holds_a_password_is_kept(client, alice, as_json):
    """It would be guessed from what is stored."""
    if as_json:
        headers = {**factories.admin().bearer(), "Idempotency-Key": KEY}
        given = {"password": "swordfish lane", "first_name": "Zoe"}
        path = f"/api/students/admin/students/{alice.student_id}/"
        answer = client.patch(path, json=given, headers=headers)
    else:
        typed = {"current_password": PASSWORD, "new_password": "swordfish lane"}
        data = {**typed, "idempotency_key": KEY}
        answer = client.post("/profile/password", data=data, headers=alice.bearer())
    assert answer.status_code < 400
    assert keys() == 0


def test_every_field_of_a_password_or_pin_is_known_by_its_name(app):
    """The shapes say which fields are secret; forms that the templates show say it too."""
    shapes, secret = [Input], set()
    for shape in shapes:
        shapes += shape.__subclasses__()
        secret |= (
            {
                name
                for name, field in shape.model_json_schema()["properties"].items()
                if "password" in re.findall(r"'format': '(\w+)'", str(field))
            }
            if shape.model_fields
            else set()
        )
    for template in (PROJECT / "jobfair/templates").rglob("*.html"):
        secret |= set(re.findall(r'field\("(\w+)", [^}]*type="password"', template.read_text()))
    assert secret >= {"password", "current_password", "new_password", "pin"}
    assert all(map(is_secret, secret))


def test_what_is_stored_of_a_request_cannot_be_guessed_without_the_secret_key(app, phone):
    """Somebody who reads the table tries messages and notes by the million otherwise."""
    digests = []
    for key in ("one", "two"):
        phone.tap("/status/pause", key=key)
        app.config["SECRET_KEY"] += " another"
        phone = Phone(app, factories.student(f"Bob {key}"))
    with db.engine.connect() as connection:
        digests = list(connection.execute(select(IdempotencyKey.digest)).scalars())
    assert len(set(digests)) == 2


def test_an_answer_that_got_lost_with_its_server_is_said_to_be(phone, company_id, monkeypatch):
    monkeypatch.setattr("jobfair.web.idempotency.WAIT_SECONDS", 0.1)

    def fail(*_given):
        raise OperationalError("UPDATE", {}, Exception("gone"))

    with monkeypatch.context() as lost:
        lost.setattr(idempotency_keys, "store_response", fail)
        assert phone.tap(f"/companies/{company_id}/join").status_code == 200
    assert phone.tap(f"/companies/{company_id}/join").status_code == 409
    assert happened("joined") == 1


def test_somebody_who_comes_while_the_first_is_still_at_work_gets_its_answer(
    phone, company_id, monkeypatch
):
    """As it is when both looked before either had begun."""
    first = phone.tap(f"/companies/{company_id}/join")
    find, looks = idempotency_keys.find, []

    def find_nothing_at_first(keyed):
        looks.append(keyed)
        return None if len(looks) == 1 else find(keyed)

    monkeypatch.setattr(idempotency_keys, "find", find_nothing_at_first)
    again = phone.tap(f"/companies/{company_id}/join")
    assert (again.status_code, again.data) == (200, first.data)
    assert happened("joined") == 1


def test_keys_and_answers_are_forgotten_after_a_day_though_nobody_comes(time, phone, company_id):
    phone.tap(f"/companies/{company_id}/join")
    time.pass_(hours=23)
    phone.tap("/status/pause", key="later")
    retention_job.look()
    assert keys() == 2
    time.pass_(hours=2)
    retention_job.look()
    assert keys() == 1
    time.pass_(hours=23)
    retention_job.look()
    assert keys() == 0


def test_a_key_is_taken_only_with_what_it_stands_for(phone, company_id, monkeypatch):
    """The transaction fails: nothing was done, and the same key does it the next time."""

    def fail(*_given):
        raise OperationalError("INSERT", {}, Exception("gone"))

    with monkeypatch.context() as failing:
        failing.setattr("jobfair.unit_of_work.transaction.store", fail)
        assert phone.tap(f"/companies/{company_id}/join").status_code == 503
    assert keys() == 0
    assert phone.tap(f"/companies/{company_id}/join").status_code == 200
    assert stands.company_by_id(company_id).waiting == 1
