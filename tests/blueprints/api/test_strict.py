"""What is written wrong is refused by its name, and a program learns how to go on."""

import json

import pytest

from jobfair.blueprints.api.calls import TAKEN
from jobfair.services.access import pins
from jobfair.unit_of_work import actors
from jobfair.web.security.sign_in import challenges
from jobfair.web.security.stand.stand_pins import HEADER
from tests.blueprints.who_may import asking, calls, world
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

STATUS = "/api/students/me/status/"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def as_alice(client):
    return Program(client, factories.student("Alice"))


def quoted(name):
    return f"«\N{NARROW NO-BREAK SPACE}{name}\N{NARROW NO-BREAK SPACE}»"


def calls_of_programs(app):
    of_programs = [call for call in calls(app) if call.for_programs]
    return [call for call in of_programs if call.rule.startswith(("/api/", "/health"))]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("statut", "status"), ("Status", "status"), ("stauts", "status"), ("colour", None)],
)
def test_an_unknown_field_is_refused_with_the_nearest_known_one(as_alice, written, meant):
    answer = as_alice.patch(STATUS, {written: "paused"}, headers=ENGLISH)
    assert wrong_fields(answer) == {written, "status"}
    guess = f" Did you mean {quoted(meant)}?" if meant else ""
    assert answer.json["errors"][written] == f"There is no such field here.{guess}"


def test_a_field_is_named_as_json_calls_it(client):
    """`company_id` is what the code calls it."""
    as_admin, bob = Program(client, factories.admin()), factories.student("Bob")
    path = f"/api/students/admin/students/{bob.student_id}/"
    answer = as_admin.patch(path, {"curent_company": 1}, headers=ENGLISH)
    assert quoted("current_company") in answer.json["errors"]["curent_company"]


def test_an_unknown_parameter_is_refused_by_its_name_by_every_call(app, client):
    there, tried = world(), 0
    for call in calls_of_programs(app):
        if call.rule.startswith("/api/"):
            program = Program(client, asking(there, call.who))
            path = f"{there.address(app, call)}?colour=red"
            assert "colour" in wrong_fields(program.call(call.method, path)), call
            tried += 1
    assert tried > 70


def test_an_unknown_parameter_is_refused_with_the_nearest_known_one(client):
    path = f"/api/companies/{factories.token(factories.company())}/met/?verdit=no"
    answer = client.get(path, headers=ENGLISH)
    sentence = f"There is no such field here. Did you mean {quoted('verdict')}?"
    assert answer.json["errors"] == {"verdit": sentence}


def test_a_wrong_type_is_refused_by_its_name_in_every_field(app, client):
    there, tried = world(), 0
    for call in calls_of_programs(app):
        shape = vars(app.view_functions[call.endpoint]).get(TAKEN)
        for name, field in {} if shape is None else shape.model_fields.items():
            written = field.alias or name
            program = Program(client, asking(there, call.who))
            body = {written: {"a": ["thing"]}}
            answer = program.call(call.method, there.address(app, call), json=body)
            assert written in wrong_fields(answer), (call, written)
            tried += 1
    assert tried > 60


def test_the_sentence_comes_first_and_the_code_last(as_alice, client):
    refusals = (client.get(STATUS), as_alice.patch(STATUS, {"colour": "red"}))
    assert [list(json.loads(each.text)) for each in refusals] == [
        ["detail", "code"],
        ["detail", "errors", "code"],
    ]


def test_nobody_is_told_how_to_sign_in_by_every_call(app, client):
    there, tried = world(), 0
    for call in calls_of_programs(app):
        answer = client.open(there.address(app, call), method=call.method, json={})
        if answer.status_code == 401:
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="JobFair"', call
            tried += 1
        else:
            assert "WWW-Authenticate" not in answer.headers
    assert tried > 40


def test_who_has_sent_a_token_is_told_what_is_wrong_with_it(client, time):
    alice = factories.student("Alice")
    bearer, forged = alice.bearer(), {"Authorization": "Bearer forged"}
    time.pass_(minutes=31)
    for headers, why in (
        (forged, challenges.NOT_VALID),
        (bearer, challenges.EXPIRED),
    ):
        answer = client.get("/api/students/me/", headers=headers)
        assert answer.headers["WWW-Authenticate"] == (
            f'Bearer realm="JobFair", error="invalid_token", error_description="{why}"'
        )


def test_a_wrong_password_is_no_wrong_token(client):
    body = {"email": "nobody@example.org", "password": "correct horse"}
    answer = client.post("/api/auth/login/", json=body, headers={"Authorization": "Bearer x"})
    assert refused(answer) == (401, "wrong_credentials")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="JobFair"'


def test_a_stand_that_asks_for_its_pin_says_so(client):
    company_id = factories.company()
    pins.set_pin(actors.SYSTEM, company_id, "4729")
    token = factories.token(company_id)
    for headers in ({}, {HEADER: "0000"}):
        answer = client.get(f"/api/companies/{token}/", headers=headers)
        assert answer.headers["WWW-Authenticate"] == 'Stand-PIN realm="JobFair"'


def test_an_address_is_the_same_with_a_slash_and_without(app):
    there = world()
    addresses = app.url_map.bind("localhost")
    for call in calls_of_programs(app):
        path = there.address(app, call).rstrip("/")
        found = {addresses.match(f"{path}{slash}", call.method)[0] for slash in ("", "/")}
        assert found == {call.endpoint}


@pytest.mark.parametrize("path", ["/health", "/api/openapi.json"])
def test_a_slash_more_redirects_nobody(client, path):
    assert client.get(path).json == client.get(f"{path}/").json


def test_a_stream_says_when_to_come_back(listen):
    alice = factories.student()
    first = listen("/api/events/", alice).next()
    again = listen("/api/events/", alice, **{"Last-Event-ID": first.id}).next()
    assert (first.retry, again.retry) == ("2000", "2000")
