"""What servers are told: in order, at least once, signed, later where they fail; none inside."""

import json
import socket
from contextlib import suppress
from threading import Thread

import pytest
from sqlalchemy import select, update

from jobfair.db.transactions import unlocked_transaction
from jobfair.extensions import db
from jobfair.feed import journal
from jobfair.models import JournalRow, Webhook
from jobfair.ops import purge
from jobfair.queries.admin import webhooks as known
from jobfair.security.webhook_signatures import signature
from jobfair.services import webhooks
from jobfair.services.queues import interviews
from jobfair.services.webhooks import Outcome
from jobfair.unit_of_work import actors
from jobfair.web_push import endpoints
from jobfair.webhooks import sender
from tests.support import factories
from tests.support.webhook_receiver import Receiver

STARTED = "interview_started"
COMPLETED = "interview_completed"


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def anywhere():
    connections = endpoints.connections(anywhere=True, at_once=1)
    yield connections
    connections.clear()


@pytest.fixture
def target(app, receiver):
    return webhooks.make(actors.SYSTEM, receiver.url, [STARTED, COMPLETED])


def met(*names):
    """Interviews of these students, begun and ended."""
    company_id = factories.company(f"Acme {'-'.join(names)}")
    for name in names:
        entry_id = factories.interview(factories.student(name), company_id)
        interviews.complete(actors.company(company_id), entry_id)


def tell(connections, times=5):
    """The turns of a worker, one after the other."""
    for _ in range(times):
        for claimed in sender.claimed():
            sender.tell(claimed, connections)


def test_a_server_is_told_in_order_once_each(target, receiver, anywhere):
    met("Alice", "Bob", "Chloe", "Dan")
    tell(anywhere)
    assert [each["type"] for each in receiver.events()] == [STARTED, COMPLETED] * 4
    numbers = [int(each.split("_")[1]) for each in receiver.ids()]
    assert numbers == sorted(numbers)
    assert len(set(receiver.ids())) == 8
    tell(anywhere)
    assert receiver.asked == 8


def test_what_is_said_is_signed_and_says_what_organisers_hear(target, receiver, anywhere):
    met("Alice")
    tell(anywhere)
    headers, body = receiver.got[0]
    said = json.loads(body)
    assert set(said) == {"type", "timestamp", "data"}
    assert {"queue_id", "student_id", "company_id", "company_name"} <= set(said["data"])
    expected = signature(
        target.secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body
    )
    assert headers["webhook-signature"] == expected
    assert "Martin" not in body.decode()


def test_a_new_secret_signs_and_the_old_one_does_not(target, receiver, anywhere):
    changed = webhooks.change_secret(actors.SYSTEM, target.id)
    met("Alice")
    tell(anywhere)
    headers, body = receiver.got[0]
    signed = (headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == signature(changed.secret, *signed)
    assert headers["webhook-signature"] != signature(target.secret, *signed)


def test_only_what_was_chosen_is_sent(app, receiver, anywhere):
    webhooks.make(actors.SYSTEM, receiver.url, [COMPLETED])
    met("Alice", "Bob")
    tell(anywhere)
    assert {each["type"] for each in receiver.events()} == {COMPLETED}


def test_other_events_are_sent_once_they_are_chosen_and_in_their_order(target, receiver, anywhere):
    met("Alice")
    tell(anywhere)
    webhooks.change_events(actors.SYSTEM, target.id, [COMPLETED])
    met("Bob")
    tell(anywhere)
    webhooks.change_events(actors.SYSTEM, target.id, [STARTED])
    met("Chloe")
    tell(anywhere)
    types = [each["type"] for each in receiver.events()]
    assert types == [STARTED, COMPLETED, COMPLETED, STARTED]


def test_nothing_from_before_is_sent(receiver, anywhere, app):
    met("Alice")
    webhooks.make(actors.SYSTEM, receiver.url, [STARTED, COMPLETED])
    tell(anywhere)
    assert receiver.got == []


def test_order_is_kept_while_the_first_fails(target, receiver, anywhere, time):
    """And each failure in a row is waited for longer."""
    met("Alice")
    receiver.answers = [500, 503]
    tell(anywhere)
    assert receiver.asked == 1
    time.pass_(seconds=4)
    tell(anywhere)
    assert receiver.asked == 1
    time.pass_(seconds=2)
    tell(anywhere)
    assert receiver.asked == 2
    time.pass_(seconds=25)
    tell(anywhere)
    assert receiver.asked == 2
    time.pass_(seconds=6)
    tell(anywhere)
    assert [each["type"] for each in receiver.events()] == [STARTED, COMPLETED]
    (server,) = known.servers()
    assert [each.status for each in server.deliveries] == [204, 204, 503, 500]
    assert (server.failures, server.deliveries[-1].answer) == (0, "not now")


def test_an_event_is_sent_again_when_its_worker_dies_before_it_is_noted(
    target, receiver, anywhere, time, monkeypatch
):
    """With the same id, so that the server knows it; and nothing after it is lost."""
    met("Alice")

    class Killed(BaseException):
        pass

    def die(*_given):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(webhooks, "store", die)
        with pytest.raises(Killed):
            tell(anywhere)
    tell(anywhere)
    assert len(receiver.got) == 1, "another worker waits until the claim is over"
    time.pass_(seconds=31)
    tell(anywhere)
    first, *rest = receiver.ids()
    assert first == rest[0]
    assert [each["type"] for each in receiver.events()] == [STARTED, STARTED, COMPLETED]


def test_one_worker_at_a_time_tells_a_server(target, receiver, anywhere):
    met("Alice")
    claimed = webhooks.claim(target.id)
    assert webhooks.claim(target.id) is None
    tell(anywhere)
    assert receiver.got == []
    webhooks.release(claimed)
    tell(anywhere)
    assert len(receiver.got) == 2


def test_a_worker_that_looked_before_another_failed_waits_as_long(target, receiver, anywhere):
    """It asked what was due before the other had its turn: no try comes of it too early."""
    met("Alice")
    receiver.answers = [500, 500]
    looked = webhooks.due(journal.span()[1])
    tell(anywhere)
    assert [webhooks.claim(each) for each in looked] == [None]
    assert receiver.asked == 1


def test_a_turn_is_over_before_its_claim(anywhere):
    """However slowly each is answered: the next worker sends nothing at the same time."""
    slowest = sender.DEADLINE_SECONDS * (sender.AT_ONCE + 1)
    assert slowest < webhooks.CLAIM_LASTS.total_seconds()


def test_a_worker_whose_claim_is_over_moves_nothing(target, receiver, anywhere, time):
    met("Alice")
    late = webhooks.claim(target.id)
    time.pass_(seconds=31)
    tell(anywhere)
    assert len(receiver.got) == 2
    assert not webhooks.store(late, 1, 0, STARTED, Outcome(204, ""))
    tell(anywhere)
    assert len(receiver.got) == 2


def test_a_server_that_fails_for_long_is_paused_and_resumed_by_hand(
    target, receiver, anywhere, time
):
    met("Alice")
    receiver.answers = [500] * 50
    tries = len(webhooks.WAITS) + 1
    for _ in range(tries + 3):
        tell(anywhere, times=1)
        time.pass_(hours=3)
    assert receiver.asked == tries
    (server,) = known.servers()
    assert server.paused_at is not None
    assert kinds()[-1] == "webhook_paused"
    receiver.answers = []
    webhooks.resume(actors.SYSTEM, target.id)
    tell(anywhere)
    assert len(receiver.got) == 2


def test_a_server_that_says_that_it_is_gone_is_paused_at_once(target, receiver, anywhere):
    met("Alice")
    receiver.answers = [410]
    tell(anywhere)
    assert receiver.asked == 1
    assert known.servers()[0].paused_at is not None


def kinds():
    with db.engine.connect() as connection:
        rows = connection.execute(select(JournalRow.kind).order_by(JournalRow.number))
        return list(rows.scalars())


def test_a_delivery_is_replayed_by_hand(target, receiver, anywhere):
    met("Alice")
    tell(anywhere)
    oldest = known.servers()[0].deliveries[-1]
    webhooks.replay(oldest.id)
    tell(anywhere)
    assert receiver.ids()[-1] == receiver.ids()[0]
    assert receiver.got[-1][1] == receiver.got[0][1]
    assert not any(each.again for each in known.servers()[0].deliveries)


def test_a_redirect_is_not_followed(target, receiver, anywhere):
    met("Alice")
    receiver.answers = [302]
    tell(anywhere)
    assert receiver.asked == 1
    assert known.servers()[0].failures == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_no_server_inside_is_told(app, receiver, host):
    """Wherever its name leads at the moment of the connection."""
    port = receiver.url.rpartition(":")[2]
    webhooks.make(actors.SYSTEM, f"https://{host}:{port}", [STARTED])
    met("Alice")
    guarded = endpoints.connections(anywhere=False, at_once=1)
    tell(guarded, times=1)
    guarded.clear()
    assert receiver.asked == 0
    (sent,) = known.servers()[0].deliveries
    assert (sent.status, sent.answer) == (None, "NewConnectionError")


class Listener:
    """Counts, for each address of this machine that was connected to, what was sent there first."""

    def __init__(self):
        self.sent = {}
        self._socket = socket.create_server(("0.0.0.0", 0))  # noqa: S104 - more than one address
        self.port = self._socket.getsockname()[1]
        Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with suppress(OSError):
            while True:
                connection, _peer = self._socket.accept()
                with connection:
                    address = connection.getsockname()[0]
                    self.sent[address] = self.sent.get(address, 0) + len(connection.recv(1))

    def close(self):
        self._socket.close()


OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.1"


@pytest.mark.parametrize("first", [OUTSIDE, INSIDE])
def test_a_name_that_leads_elsewhere_a_moment_later_leads_nowhere_inside(app, monkeypatch, first):
    """Whatever the next question would be answered: what was connected to is what is looked at."""
    listener, answers = Listener(), [first]

    def resolve(_host, port, *_more, **_others):
        address = answers.pop() if answers else ({OUTSIDE, INSIDE} - {first}).pop()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    webhooks.make(actors.SYSTEM, f"https://rebinding.example:{listener.port}", [STARTED])
    met("Alice")
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(endpoints, "is_global", OUTSIDE.__eq__)
    guarded = endpoints.connections(anywhere=False, at_once=1)
    tell(guarded, times=1)
    guarded.clear()
    listener.close()
    (sent,) = known.servers()[0].deliveries
    assert sent.status is None
    assert listener.sent.get(INSIDE, 0) == 0
    assert listener.sent.get(OUTSIDE, 0) == (first == OUTSIDE)


def test_one_server_that_fails_holds_no_other_up(target, app, receiver, anywhere):
    webhooks.make(actors.SYSTEM, "http://127.0.0.1:9", [STARTED])
    met("Alice")
    tell(anywhere)
    assert len(receiver.got) == 2


def test_many_events_come_in_pieces_and_none_is_lost(target, receiver, anywhere):
    met(*(f"S{number}" for number in range(12)))
    tell(anywhere, times=1)
    assert len(receiver.got) == sender.AT_ONCE
    tell(anywhere, times=10)
    assert len(receiver.got) == len(set(receiver.ids())) == 24


def test_with_the_past_fair_go_the_deliveries_and_the_rest_goes_on(target, receiver, anywhere):
    met("Alice")
    tell(anywhere)
    purge.purge(everything=False)
    assert known.servers()[0].deliveries == []
    with unlocked_transaction() as connection:
        connection.execute(update(Webhook).values(next_try_at=None))
    tell(anywhere)
    assert len(receiver.got) == 2
