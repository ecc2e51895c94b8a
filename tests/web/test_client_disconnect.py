"""No page is made for somebody who has gone; what they did is done."""

import socket

import pytest

from jobfair.queries.student import places
from jobfair.web.security.browsers import csrf
from tests.support import factories


@pytest.fixture
def ends():
    """A connection's two ends: the server's, and the visitor's."""
    server, visitor = socket.socketpair()
    yield server, visitor
    server.close()
    visitor.close()


def ask(client, connection, path, **request):
    return client.open(path, environ_overrides={"gunicorn.socket": connection}, **request)


def test_somebody_who_waits_gets_the_page(client, ends):
    server, visitor = ends
    assert ask(client, server, "/login").status_code == 200
    visitor.send(b"GET /next")
    assert ask(client, server, "/login").status_code == 200


def test_somebody_who_only_sends_no_more_gets_the_page(client, ends):
    server, visitor = ends
    visitor.shutdown(socket.SHUT_WR)
    assert ask(client, server, "/login").status_code == 200


@pytest.mark.parametrize("unread", [b"", b"GET /next"])
def test_nothing_is_made_for_somebody_who_has_gone(client, ends, unread):
    server, visitor = ends
    visitor.send(unread)
    visitor.close()
    answer = ask(client, server, "/login")
    assert (answer.status_code, answer.data) == (499, b"")


def test_what_somebody_did_before_they_went_is_done(client, ends):
    alice, company_id = factories.student(), factories.company()
    headers = {csrf.HEADER: csrf.token(alice.sign_in(client).sign_in_id)}
    server, visitor = ends
    visitor.close()
    path = f"/companies/{company_id}/join"
    assert ask(client, server, path, method="POST", headers=headers).status_code == 303
    assert [turn.company.id for turn in places.dashboard(alice.student_id).turns] == [company_id]
