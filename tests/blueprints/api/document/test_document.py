"""The OpenAPI document is whole, and its examples hold: those of requests are sent."""

import json
import re

import pytest
from jsonschema_rs import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from jobfair.blueprints.api.document.live_events import EVENTS
from jobfair.domain.refusals import Code
from jobfair.exceptions import RequestCode
from jobfair.services import mail
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from jobfair.wording.language import LANGUAGES
from tests.blueprints.api.document.test_as_described import Caller
from tests.blueprints.who_may import world
from tests.support import factories


@pytest.fixture
def document(client):
    return client.get("/api/openapi.json").json


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def examples(operation):
    """The parts of a call that have a schema and an example."""
    yield from operation.get("requestBody", {}).get("content", {}).values()
    for answer in operation["responses"].values():
        yield from answer.get("content", {}).values()


def is_file(content):
    return content["schema"].get("format") == "binary"


def validators(document):
    """Gives the validator of a schema, made once: most answers are one of a few."""
    made = {}

    def validator(schema):
        text = json.dumps(schema)
        if text not in made:
            made[text] = Draft202012Validator({**schema, "components": document["components"]})
        return made[text]

    return validator


def test_it_is_a_document_of_openapi(document):
    OPENAPI_31_VALIDATOR.validate(document)


def test_it_says_where_the_interface_is(document):
    assert document["servers"] == [{"url": "/"}]


def test_every_call_is_under_a_heading_and_says_what_it_does(document):
    headings = {each["name"] for each in document["tags"]}
    used = set()
    for path, _method, operation in operations(document):
        assert set(operation["tags"]) <= headings, path
        assert operation["summary"], path
        assert operation["description"].endswith("."), path
        assert operation["operationId"], path
        assert any(status.startswith("4") for status in operation["responses"]), path
        used |= set(operation["tags"])
    assert used == headings
    assert all(each["description"] for each in document["tags"])


def test_every_parameter_is_described(document):
    for path, _method, operation in operations(document):
        in_path = [each["name"] for each in operation["parameters"] if each["in"] == "path"]
        assert in_path == re.findall(r"{(\w+)}", path)
        assert all(each["description"] for each in operation["parameters"]), path


def test_every_body_and_answer_has_an_example_that_fits(document):
    tried, validator_of = 0, validators(document)
    for path, method, operation in operations(document):
        for content in examples(operation):
            if not is_file(content):
                validator = validator_of(content["schema"])
                assert validator.is_valid(content["example"]), (
                    method,
                    path,
                    [each.message for each in validator.iter_errors(content["example"])],
                )
                tried += 1
    assert tried > 300


def test_every_example_of_a_request_is_accepted(app, document, monkeypatch):
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    monkeypatch.setattr(mail, "send", lambda *_given: True)
    tried, refused = 0, []
    for path, method, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        caller = Caller(app, operation["operationId"], world())
        answer = caller.send(method, path, content["example"])
        if str(answer.status_code) not in next(iter(operation["responses"])):
            refused.append((method, path, answer.text))
        tried += 1
    assert not refused
    assert tried > 25


def test_every_refusal_is_listed_in_both_languages(document):
    listed = {each["code"]: each for each in document["x-error-codes"]}
    assert set(listed) == {*Code, *RequestCode}
    for each in listed.values():
        assert all(each[language] for language in LANGUAGES)
        assert 400 <= each["status"] < 600
    assert listed["already_joined"]["fr"] == "Déjà inscrit"
    assert listed["already_joined"]["en"] == "Already joined"


def test_every_live_event_is_described_with_an_example_that_fits(document):
    described = document["x-live-events"]
    assert set(described) == set(EVENTS)
    for name, event in described.items():
        assert event["description"]
        assert Draft202012Validator(event["schema"]).is_valid(event["example"]), name


@pytest.mark.parametrize("config", [{"HEARTBEAT_SECONDS": 0.3}], ids=["short heartbeats"])
def test_what_is_heard_is_what_is_described(document, listen):
    """A student joins, is called, starts; an organiser and the stand hear it too."""
    alice, company_id = factories.student("Alice"), factories.company()
    stand = f"/api/company/{factories.token(company_id)}/events/"
    streams = [
        listen("/api/events/", alice),
        listen("/api/events/", factories.admin()),
        listen(stand),
    ]
    entry_id = factories.interview(alice, company_id)
    interviews.complete(actors.company(company_id), entry_id)
    heard = [event for each in streams for event in each.until("heartbeat")]
    for event in heard:
        schema = {**document["x-live-events"][event.name]["schema"], "additionalProperties": False}
        errors = [each.message for each in Draft202012Validator(schema).iter_errors(event.data)]
        assert not errors, (event.name, event.data, errors)
    assert {event.name for event in heard} >= {
        "connection_established",
        "can_start",
        "interview_started",
        "interview_completed",
        "status_change",
        "queue_update",
        "heartbeat",
    }
