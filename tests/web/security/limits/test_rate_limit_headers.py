"""An answer says which limit counted its request, by the names of the draft standard."""

import re

import pytest

from tests.support import factories
from tests.support.programs import Program

ME = "/api/auth/me/"
POLICY = re.compile(r'"(?P<name>[a-z -]+)";q=(?P<quota>\d+);w=(?P<window>\d+)')
STATE = re.compile(r'"(?P<name>[a-z -]+)";r=(?P<left>\d+);t=(?P<seconds>\d+)')
OLD = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


@pytest.fixture
def config():
    return {"RATELIMIT_ENABLED": True}


def said(answer):
    """The policy and the state that an answer names."""
    policy = POLICY.fullmatch(answer.headers["RateLimit-Policy"])
    state = STATE.fullmatch(answer.headers["RateLimit"])
    assert policy["name"] == state["name"]
    assert not any(name in answer.headers for name in OLD)
    assert 0 <= int(state["seconds"]) <= int(policy["window"])
    return policy, state


def test_a_key_hears_how_many_calls_are_left(client, admin):
    program = Program(client, key=factories.key(admin))
    policy, before = said(program.get(ME))
    assert policy.groups() == ("key per minute", "600", "60")
    _policy, after = said(program.get(ME))
    # A new minute may begin meanwhile.
    assert int(after["left"]) in (int(before["left"]) - 1, 599)
    assert "Retry-After" not in program.get(ME).headers


def test_a_refusal_names_the_limit_that_refused(client, alice):
    body = {"email": alice.email, "password": "wrong"}
    for _ in range(10):
        client.post("/api/auth/login/", json=body)
    answer = client.post("/api/auth/login/", json=body)
    assert answer.status_code == 429
    policy, state = said(answer)
    assert policy.groups() == ("sign-in-account per minute", "10", "60")
    assert state["left"] == "0"
    assert int(answer.headers["Retry-After"]) >= int(state["seconds"])


def test_pages_say_the_same(client, alice):
    form = {"email": alice.email, "password": "wrong"}
    pages = [client.post("/login", data=form) for _ in range(11)]
    assert [page.status_code for page in pages] == [401] * 10 + [429]
    for page in pages:
        said(page)
    assert int(pages[-1].headers["Retry-After"]) <= 60


def test_a_wrong_try_is_in_the_figure_of_its_own_answer(client, alice):
    """Some tries are counted once it is known how they were answered."""
    body = {"email": alice.email, "password": "wrong"}
    assert said(client.post("/api/auth/login/", json=body))[1]["left"] == "9"


def test_what_nothing_counts_says_nothing(client, admin):
    answer = Program(client, admin).get(ME)
    assert "RateLimit" not in answer.headers
    assert "RateLimit-Policy" not in answer.headers
