"""Who opens more streams than they may loses the oldest, is told why, and nobody else notices."""

import pytest

from jobfair.feed.viewer import MOST_STREAMS
from jobfair.queries.stand import stands
from jobfair.services.access import sign_ins
from jobfair.web.security.sign_in import tokens
from tests.support import factories


@pytest.fixture
def config():
    """Heartbeats far apart: nothing but what is looked for is heard."""
    return {"HEARTBEAT_SECONDS": 10.0}


def signed_in(person):
    """The header of a new sign-in."""
    opened = sign_ins.open_for(person.user_id, "test")
    return {"Authorization": f"Bearer {tokens.access(opened.sign_in_id, person.user_id)}"}


def last_of(stream):
    """The last event of a stream that ends before its first heartbeat."""
    heard = [stream.next()]
    while heard[-1] is not None:
        assert heard[-1].name != "heartbeat", "it goes on"
        heard.append(stream.next())
    return heard[-2]


@pytest.mark.parametrize("path", ["/api/events/", "/live/dashboard"])
def test_of_a_sign_in_the_oldest_gives_way_to_one_more(listen, path):
    alice = factories.student("Alice")
    there, elsewhere = signed_in(alice), listen(path, **signed_in(alice))
    streams = [listen(path, **there) for _ in range(MOST_STREAMS["sign_in"] + 1)]
    told = last_of(streams[0])
    assert told.name == "connection_replaced"
    assert told.data["holder"] == "sign_in"
    assert told.data["most"] == MOST_STREAMS["sign_in"]
    assert told.data["retry_seconds"] == 60
    assert "ouvertes à la fois" in told.data["message"]
    for each in (elsewhere, *streams[1:]):
        assert each.next().name == "connection_established"


def test_of_an_account_over_all_its_sign_ins(listen):
    alice, bob = factories.student("Alice"), factories.student("Bob")
    other = listen("/api/events/", **signed_in(bob))
    streams = [listen("/api/events/", **signed_in(alice)) for _ in range(MOST_STREAMS["account"])]
    streams.append(listen("/live/dashboard", **signed_in(alice)))
    assert last_of(streams[0]).data["holder"] == "account"
    for each in (other, *streams[1:]):
        assert each.next().name == "connection_established"


def test_of_a_stand_s_link_pages_and_programs_together(listen, techcorp):
    token = stands.token_of(techcorp)
    paths = (f"/api/company/{token}/events/", f"/live/company/{token}")
    streams = [listen(paths[n % 2]) for n in range(MOST_STREAMS["link"] + 1)]
    assert last_of(streams[0]).data["holder"] == "link"
    assert streams[1].next().name == "connection_established"


def test_a_program_is_told_when_to_come_back_and_in_its_language(listen):
    there = signed_in(factories.student())
    first = listen("/api/events/", **there, **{"Accept-Language": "en"})
    for _ in range(MOST_STREAMS["sign_in"]):
        listen("/api/events/", **there)
    told = last_of(first)
    assert told.data["message"].startswith("More than 8 are open at once")
    assert told.retry == "60000"


def test_where_a_worker_has_as_many_as_it_may_one_more_is_refused_and_pages_are_not(
    app, client, listen
):
    app.config["MOST_STREAMS"] = 2
    alice = factories.student("Alice")
    streams = [listen("/api/events/", alice) for _ in range(2)]
    refused = listen("/api/events/", alice)
    assert refused.status == 503
    assert int(refused.response.headers["Retry-After"]) > 0
    alice.sign_in(client)
    assert client.get("/live/dashboard").status_code == 503
    assert client.get("/live/dashboard?once").status_code == 200
    assert client.get("/login").status_code in (200, 302, 303)
    streams[0].close()
    assert listen("/api/events/", alice).status == 200
