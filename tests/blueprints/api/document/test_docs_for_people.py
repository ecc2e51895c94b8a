"""`/api/docs`: what the document says, for people."""

import re

import pytest

from jobfair.blueprints.api.document.openapi import document


@pytest.fixture
def page(client):
    answer = client.get("/api/docs/")
    assert answer.status_code == 200
    return answer.text


def test_every_call_event_and_code_stands_there(app, page):
    with app.test_request_context():
        said = document()
    called = {
        each["operationId"] for methods in said["paths"].values() for each in methods.values()
    }
    named = set(re.findall(r'<details class="[^"]*" id="([^"]+)"', page))
    assert named == called | {f"event-{name}" for name in said["x-live-events"]}
    for each in said["x-error-codes"]:
        assert f"<code>{each['code']}</code>" in page


def test_every_call_has_an_example_to_paste(app, page):
    """With a token where the call asks who it is."""
    with app.test_request_context():
        paths = document()["paths"].values()
    calls = [each for methods in paths for each in methods.values()]
    by_account = [each for each in calls if {"bearer": []} in each["security"]]
    requests = re.findall(r'aria-label="Request: [^>]*><code>(.*?)</code>', page, re.DOTALL)
    assert len(requests) == len(calls)
    assert sum("Authorization: Bearer $TOKEN" in each for each in requests) == len(by_account)


def test_every_call_says_which_scope_a_key_needs(app, page):
    with app.test_request_context():
        paths = document()["paths"].values()
    asked = [each["security"] for methods in paths for each in methods.values()]
    signed_in = [each for each in asked if {"bearer": []} in each]
    by_key = [each for each in signed_in if any("key" in way for way in each)]
    assert len(re.findall("With a key: scope", page)) == len(by_key) > 100
    assert len(re.findall("Closed to keys", page)) == len(signed_in) - len(by_key) > 10


def test_nothing_comes_from_elsewhere(page):
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_names_in_prose_are_set_as_code(page):
    outside = re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)
    assert "`" not in outside
    assert "<code>errors</code> then has its fields" in outside
