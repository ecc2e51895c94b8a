"""Whom the app believes about the visitor, with none, one and two proxies in front."""

import pytest
from flask import request, request_started

from tests.support import factories
from tests.support.factories import PASSWORD

PROXY = "127.0.0.1"
VISITOR = "198.51.100.7"
INVENTED = "203.0.113.99"
BALANCER = "192.0.2.1"

SPOOFED = {
    "X-Forwarded-For": INVENTED,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
}


@pytest.fixture
def seen(app):
    """What the app takes the visitor, the scheme and the host to be, request by request."""
    taken = []

    def look(_app):
        taken.append((request.remote_addr, request.scheme, request.host))

    with request_started.connected_to(look, app):
        yield taken


class TestWithoutProxies:
    def test_nobody_is_believed(self, client, seen):
        answer = client.get("/login", headers=SPOOFED)
        assert seen == [(PROXY, "http", "localhost")]
        assert "Strict-Transport-Security" not in answer.headers


class TestBehindOne:
    @pytest.fixture
    def config(self):
        return {"TRUSTED_PROXIES": 1}

    def test_it_says_who_asks(self, client, seen):
        said = {
            "X-Forwarded-For": VISITOR,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "fair.example",
        }
        answer = client.get("/login", headers=said)
        assert seen == [(VISITOR, "https", "fair.example")]
        assert answer.headers["Strict-Transport-Security"]

    def test_what_the_visitor_wrote_before_is_not_believed(self, client, seen):
        client.get("/login", headers={"X-Forwarded-For": f"{INVENTED}, {VISITOR}"})
        assert seen[0][0] == VISITOR


class TestBehindTwo:
    @pytest.fixture
    def config(self):
        return {"TRUSTED_PROXIES": 2}

    def test_the_first_of_them_says_who_asks(self, client, seen):
        said = {"X-Forwarded-For": f"{VISITOR}, {BALANCER}", "X-Forwarded-Proto": "https"}
        client.get("/login", headers=said)
        assert seen == [(VISITOR, "https", "localhost")]

    def test_what_the_visitor_wrote_before_is_not_believed(self, client, seen):
        client.get("/login", headers={"X-Forwarded-For": f"{INVENTED}, {VISITOR}, {BALANCER}"})
        assert seen[0][0] == VISITOR

    def test_somebody_who_comes_past_the_first_is_not_believed(self, client, seen):
        client.get("/login", headers={"X-Forwarded-For": INVENTED})
        assert seen[0][0] == PROXY


class TestCounting:
    """Ten wrong passwords a minute, for an account from an address."""

    @pytest.fixture(params=[0, 1, 2])
    def proxies(self, request):
        return request.param

    @pytest.fixture
    def config(self, proxies):
        return {"TRUSTED_PROXIES": proxies, "RATELIMIT_ENABLED": True}

    @pytest.fixture
    def attempt(self, client, proxies):
        factories.student("Alice", email="alice@example.org")

        def attempt(visitor=VISITOR, invented="", password=""):
            """By a visitor who writes something invented; each proxy adds whom it heard from."""
            added = [invented, *[visitor, BALANCER][:proxies]]
            return client.post(
                "/login",
                data={"email": "alice@example.org", "password": password or "wrong"},
                headers={"X-Forwarded-For": ", ".join(filter(None, added))},
            ).status_code

        return attempt

    def test_inventing_an_address_wins_no_tries(self, attempt):
        for number in range(10):
            assert attempt(invented=f"203.0.113.{number}") == 401
        assert attempt(invented=INVENTED) == 429

    def test_the_owner_elsewhere_is_not_held_up(self, attempt, proxies):
        for _ in range(10):
            attempt()
        elsewhere = attempt("198.51.100.8", password=PASSWORD)
        assert elsewhere == (303 if proxies else 429)


class TestVisitorsOfIPv6:
    @pytest.fixture
    def config(self):
        return {"TRUSTED_PROXIES": 1, "RATELIMIT_ENABLED": True}

    def attempt(self, client, visitor):
        form = {"email": "alice@example.org", "password": "wrong"}
        headers = {"X-Forwarded-For": visitor}
        return client.post("/login", data=form, headers=headers).status_code

    def test_all_the_addresses_of_one_telephone_count_as_one(self, client):
        for number in range(10):
            assert self.attempt(client, f"2001:db8:0:1::{number}") == 401
        assert self.attempt(client, "2001:db8:0:1:ffff::1") == 429
        assert self.attempt(client, "2001:db8:0:2::1") == 401

    def test_ipv4_written_as_ipv6_is_still_one_visitor(self, client):
        for _ in range(10):
            self.attempt(client, VISITOR)
        assert self.attempt(client, f"::ffff:{VISITOR}") == 429

    def test_what_is_no_address_is_counted_as_it_stands(self, client):
        assert self.attempt(client, "unknown") == 401
