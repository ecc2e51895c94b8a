"""Calls that reach a phone whose page is closed: from the journal to the push service."""

import socket
from contextvars import Context
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.feed import hub, journal
from jobfair.models import Push, PushSubscription
from jobfair.queries.stand import stands
from jobfair.security import vapid
from jobfair.services.access import sign_ins
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web_push import endpoints, pushes, sender, subscriptions
from jobfair.web_push.delivery import deliver
from jobfair.web_push.subscriptions import Browser
from tests.support import factories
from tests.support.push_service import FakeBrowser, PushService


@pytest.fixture
def config():
    return {"PUSH_ANYWHERE": True, "ADMIN_EMAIL": "organiser@fair.example"}


@pytest.fixture
def service():
    service = PushService()
    yield service
    service.close()


@pytest.fixture
def connections():
    return endpoints.connections(anywhere=True, at_once=4)


@pytest.fixture
def techcorp(app):
    return factories.company("TechCorp", stand="B12")


@pytest.fixture
def alice(app, service):
    alice = factories.student("Alice")
    listens(alice, service.browser())
    return alice


def listens(person, browser, language="fr"):
    """The person signs in on a device and wants to be called there."""
    opened = sign_ins.open_for(person.user_id, "phone")
    subscriptions.subscribe(opened.sign_in_id, Browser(**browser.form, language=language))
    return opened.sign_in_id


def rows():
    return journal.recent(clock.now() - timedelta(hours=1), pushes.KINDS)


def send(connections):
    """One sender's round: take what the journal asks for and what is due, and send it."""
    taken = pushes.claim(rows()) + pushes.reclaim()
    for push in taken:
        deliver(push, connections)
    return len(taken)


def kept():
    with db.engine.connect() as connection:
        return connection.execute(select(PushSubscription.endpoint)).scalars().all()


def test_a_call_reaches_the_phone(app, service, alice, techcorp):
    running = sender.start(app)
    entry_id = factories.entry(alice, techcorp)
    [call] = service.until(1)
    running.stop()
    hub.current().stop()
    turn = rows()[-1].number
    assert call.content == {
        "title": "C'est votre tour : TechCorp",
        "body": "Stand B12",
        "tag": f"entry-{entry_id}",
        "turn": turn,
        "urgent": True,
        "language": "fr",
    }
    assert call.headers["topic"] == f"entry-{entry_id}"
    assert call.headers["urgency"] == "high"
    assert 290 <= int(call.headers["ttl"]) <= 300
    assert call.claims["aud"] == service.url
    assert call.claims["sub"] == "mailto:organiser@fair.example"
    assert vapid.public_key() in call.headers["authorization"]


@pytest.fixture
def silent_url():
    """Where connections are taken and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as silent:
        yield f"http://127.0.0.1:{silent.getsockname()[1]}"


def test_a_call_leaves_within_a_second_beside_a_thousand_endpoints_that_do_not_answer(
    app, service, alice, silent_url
):
    called = [factories.student(f"Student {each}") for each in range(100)]
    for person in called:
        for number in range(10):
            listens(person, FakeBrowser(silent_url, f"{person.student_id}-{number}"))
    crowded, techcorp = factories.company("Crowded", slots=100), factories.company("TechCorp")
    running = sender.start(app)
    for person in called:
        factories.entry(person, crowded)
    factories.entry(alice, techcorp)
    service.until(1, seconds=1)
    running.stop()
    hub.current().stop()


def test_what_happened_while_nobody_listened_is_sent(app, service, alice, techcorp):
    factories.entry(alice, techcorp)
    running = sender.start(app)
    service.until(1)
    running.stop()
    hub.current().stop()


def test_each_call_is_sent_once_although_two_read_the_journal(
    app, service, alice, techcorp, connections
):
    factories.entry(alice, techcorp)
    found, start = [], Barrier(2)

    def race():
        with app.app_context():
            start.wait()
            found.extend(pushes.claim(rows()))

    racers = [Thread(target=Context().run, args=(race,)) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(found) == 1
    deliver(found[0], connections)
    assert send(connections) == 0
    assert len(service.received) == 1


def test_a_worker_that_died_is_replaced(service, alice, techcorp, connections, time):
    factories.entry(alice, techcorp)
    assert len(pushes.claim(rows())) == 1
    assert send(connections) == 0, "it may be at it still"
    time.pass_(seconds=21)
    assert send(connections) == 1
    assert len(service.received) == 1


def test_the_end_of_a_turn_replaces_its_call(service, alice, techcorp, connections):
    entry_id = factories.entry(alice, techcorp)
    send(connections)
    companies.pause_all(actors.SYSTEM)
    send(connections)
    call, end = service.received
    assert end.content["title"] == "Votre tour est passé : TechCorp"
    assert end.content["body"] == "Entreprise en pause"
    assert end.content["urgent"] is False
    assert end.content["tag"] == call.content["tag"]
    assert end.content["turn"] == call.content["turn"]
    assert end.headers["topic"] == call.headers["topic"] == f"entry-{entry_id}"
    assert end.headers["urgency"] == "normal"


def test_somebody_who_is_next_is_told_quietly_and_the_call_replaces_it(
    service, alice, techcorp, connections
):
    first, second = factories.student("Bob"), factories.student("Chloé")
    running = factories.interview(first, techcorp)
    factories.entry(second, techcorp)
    entry_id = factories.entry(alice, techcorp)
    assert send(connections) == 0
    interviews.complete(actors.company(techcorp), running)
    assert send(connections) == 1
    queues.leave(second.actor, stands.called(techcorp)[0].id)
    assert send(connections) == 1
    soon, call = service.received
    assert soon.content == {
        "title": "Bientôt votre tour : TechCorp",
        "body": "Stand B12",
        "tag": f"entry-{entry_id}",
        "turn": None,
        "urgent": False,
        "language": "fr",
    }
    assert soon.headers["urgency"] == "normal"
    assert call.content["title"] == "C'est votre tour : TechCorp"
    assert call.content["tag"] == soon.content["tag"]
    assert call.content["urgent"]


def test_who_is_called_by_now_is_not_told_that_it_is_soon(service, alice, techcorp, connections):
    first, second = factories.student("Bob"), factories.student("Chloé")
    running = factories.interview(first, techcorp)
    factories.entry(second, techcorp)
    factories.entry(alice, techcorp)
    interviews.complete(actors.company(techcorp), running)
    queues.leave(second.actor, stands.called(techcorp)[0].id)
    send(connections)
    assert [each.content["urgent"] for each in service.received] == [True]


def test_an_end_waits_for_its_call(service, alice, techcorp, connections, time):
    factories.entry(alice, techcorp)
    [call] = pushes.claim(rows())
    companies.pause_all(actors.SYSTEM)
    assert send(connections) == 0
    deliver(call, connections)
    time.pass_(seconds=3)
    send(connections)
    assert [each.content["urgent"] for each in service.received] == [True, False]


def test_a_turn_that_is_over_is_not_called(service, alice, techcorp, connections):
    factories.entry(alice, techcorp)
    companies.pause_all(actors.SYSTEM)
    assert send(connections) == 0
    assert service.asked == 0


def test_what_the_student_did_is_not_told_them(service, alice, techcorp, connections):
    entry_id = factories.entry(alice, techcorp)
    send(connections)
    queues.pass_turn(alice.actor, entry_id)
    assert send(connections) == 0
    queues.present(alice.actor, entry_id)
    assert send(connections) == 1
    interviews.start(alice.actor, entry_id)
    assert send(connections) == 0


def test_what_becomes_of_an_interview_replaces_what_the_phone_shows(
    service, alice, techcorp, connections
):
    """Flow 4: the finished student is told; nothing that is over stays on the phone."""
    stand, entry_id = actors.company(techcorp), factories.entry(alice, techcorp)
    for act in (
        lambda: interviews.start_at_stand(stand, entry_id, False),
        lambda: interviews.undo_start(stand, entry_id),
        lambda: interviews.start_at_stand(stand, entry_id, False),
        lambda: interviews.complete(stand, entry_id),
        lambda: interviews.undo_completion(stand, entry_id),
        lambda: students.force_status(actors.SYSTEM, alice.student_id, "available"),
    ):
        send(connections)
        assert not isinstance(act(), Refusal)
    send(connections)
    said = [each.content["title"] for each in service.received]
    assert said == [
        "C'est votre tour : TechCorp",
        "Entretien démarré",
        "C'est votre tour : TechCorp",
        "Entretien démarré",
        "Entretien terminé",
        "Votre entretien continue",
        "Entretien interrompu",
    ]
    assert {each.content["tag"] for each in service.received} == {f"entry-{entry_id}"}
    assert [each.content["urgent"] for each in service.received] == [
        True,
        False,
        True,
        *[False] * 4,
    ]


def test_an_interview_that_is_done_by_now_is_not_said_to_have_started(
    service, alice, techcorp, connections
):
    stand, entry_id = actors.company(techcorp), factories.entry(alice, techcorp)
    interviews.start_at_stand(stand, entry_id, False)
    interviews.complete(stand, entry_id)
    send(connections)
    assert [each.content["title"] for each in service.received] == ["Entretien terminé"]


def test_somebody_who_is_on_a_break_is_reminded_quietly(service, alice, techcorp, connections):
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    factories.entry(alice, techcorp)
    send(connections)
    [reminder] = service.received
    assert "TechCorp" in reminder.content["body"]
    assert reminder.content["urgent"] is False


def test_a_call_does_not_outlive_its_time(service, alice, techcorp, connections, time):
    service.answers = [503] * 100
    factories.entry(alice, techcorp)
    for _ in range(60):
        send(connections)
        time.pass_(seconds=10)
    assert 3 <= service.asked <= 12, "the pauses grow"
    assert service.received == []
    service.answers.clear()
    assert send(connections) == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_cannot_now_is_asked_again(
    service, alice, techcorp, connections, time, status
):
    service.answers = [status]
    factories.entry(alice, techcorp)
    send(connections)
    time.pass_(seconds=3)
    send(connections)
    [call] = service.received
    assert int(call.headers["ttl"]) < 298
    assert kept()


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service, alice, techcorp, connections, status):
    service.answers = [status]
    factories.entry(alice, techcorp)
    send(connections)
    assert kept() == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(service, alice, techcorp, connections, status):
    service.answers = [status]
    factories.entry(alice, techcorp)
    send(connections)
    assert service.asked == 1


def test_a_browser_whose_service_refuses_is_let_go_after_a_while(
    service, alice, techcorp, connections
):
    service.answers = [400] * 4
    entry_id = factories.entry(alice, techcorp)
    for _ in range(4):
        send(connections)
        queues.pass_turn(alice.actor, entry_id)
        queues.present(alice.actor, entry_id)
    assert kept()
    service.answers = [400]
    send(connections)
    assert kept() == []


def test_a_service_that_nobody_reaches_is_no_error(alice, service, techcorp, connections):
    service.close()
    factories.entry(alice, techcorp)
    assert send(connections) == 1
    assert kept()


def test_each_browser_in_its_own_language(service, alice, techcorp, connections):
    listens(alice, service.browser("laptop"), language="en")
    factories.entry(alice, techcorp)
    send(connections)
    titles = {each.browser: each.content["title"] for each in service.received}
    assert titles["laptop"] == "It's your turn: TechCorp"
    assert titles["phone"] == "C'est votre tour : TechCorp"


def test_somebody_who_subscribes_later_is_not_called_for_what_was(service, techcorp, connections):
    alice = factories.student("Alice")
    factories.entry(alice, techcorp)
    listens(alice, service.browser())
    assert send(connections) == 0


def test_nobody_else_is_told(service, alice, techcorp, connections):
    factories.entry(factories.student("Bob"), techcorp)
    factories.entry(alice, techcorp)
    assert send(connections) == 0


def test_an_expired_sign_in_is_called_no_more(service, alice, techcorp, connections, time):
    time.pass_(hours=25)
    factories.entry(alice, techcorp)
    assert send(connections) == 0


def test_pushes_end_with_their_browser(service, alice, techcorp, connections):
    factories.entry(alice, techcorp)
    send(connections)
    subscriptions.unsubscribe(alice.user_id, service.browser().endpoint)
    with db.engine.connect() as connection:
        assert connection.execute(select(Push.number)).all() == []


@pytest.mark.parametrize("inner", ["10.0.0.1", "127.0.0.1", "192.168.1.1", "169.254.169.254"])
def test_a_private_address_within_another_is_private(inner):
    """As a resolver of a network with NAT64 says it, or somebody's own name server."""
    number = int(ip_address(inner))
    inside = {
        "mapped": f"::ffff:{inner}",
        "NAT64": str(IPv6Address(int(IPv6Address("64:ff9b::")) | number)),
        "local NAT64": str(IPv6Address(int(IPv6Address("64:ff9b:1::")) | number)),
        "6to4": str(IPv6Address(int(IPv6Address("2002::")) | number << 80)),
        "Teredo": str(IPv6Address(int(IPv6Address("2001::")) | (number ^ 0xFFFFFFFF))),
    }
    assert [name for name, address in inside.items() if endpoints.is_global(address)] == []
    assert not endpoints.is_global(inner)
    assert not endpoints.is_global("fe80::1%eth0")
    assert endpoints.is_global("93.184.216.34")
    assert endpoints.is_global("2606:2800:220:1::1")


def test_a_private_address_is_hung_up_on(service, alice, techcorp):
    """Whatever a name led to when it was looked at."""
    guarded = endpoints.connections(anywhere=False, at_once=1)
    with pytest.raises(endpoints.NewConnectionError, match="not a public address"):
        guarded.request("POST", service.url.replace("http://", "https://"))


def test_plain_http_is_not_spoken(service):
    guarded = endpoints.connections(anywhere=False, at_once=1)
    with pytest.raises(KeyError):
        guarded.request("POST", service.url)
