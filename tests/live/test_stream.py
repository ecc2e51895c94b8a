"""An open page is kept right by its stream, and the stream ends with the right to look."""

import re
import time
from dataclasses import dataclass

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.feed import hints, hub, journal
from jobfair.models import SignIn
from jobfair.queries.stand import stands
from jobfair.services.access import pins, sign_ins
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from tests.live.test_live_events import entry_of, joined, stand_stream
from tests.support import factories
from tests.support.listening import soon


@dataclass(frozen=True)
class SameDevice:
    """The sign-in of a client, for a stream beside its pages."""

    cookie: str

    def sign_in(self, client):
        client.set_cookie("jobfair_access", self.cookie)


def fragments(listener):
    """The next fragments of a page's stream."""
    return listener.until("")[-1].text


def test_a_page_begins_with_all_its_fragments(listen, techcorp):
    alice = factories.student()
    text = fragments(listen("/live/dashboard", alice))
    for region in ("turns", "running", "status", "queues", "done"):
        assert f'hx-target="#{region}"' in text


def test_a_tab_that_does_not_listen_is_given_its_regions_once(client, techcorp):
    assert client.get("/live/dashboard?once").status_code == 401
    alice = factories.student()
    alice.sign_in(client)
    answer = client.get("/live/dashboard?once")
    assert answer.mimetype == "text/html"
    for region in ("turns", "running", "status", "queues", "done"):
        assert f'hx-target="#{region}"' in answer.text


def test_what_a_search_has_just_shown_is_not_sent_again_by_its_stream(client, listen, techcorp):
    factories.student().sign_in(client)
    device = SameDevice(client.get_cookie("jobfair_access").value)
    found = client.get("/companies?q=tech", headers={"Accept": FRAGMENTS})
    shown = {"If-None-Match": found.headers["ETag"]}
    stream = listen("/live/companies?q=tech", device, **shown)
    assert stream.next().name == "connection_established"
    assert stream.next().name == "heartbeat"
    companies.edit(actors.SYSTEM, techcorp, {"name": "TechCorp again"})
    assert "TechCorp again" in fragments(stream)
    # Meanwhile it has changed, or something else was chosen.
    for address in ("/live/companies?q=tech", "/live/companies"):
        assert "TechCorp again" in fragments(listen(address, device, **shown))


def test_a_page_that_asks_again_is_sent_what_is_new(client, techcorp):
    """For networks that hold streams back: the fragments where they differ, and each toast once."""
    alice = factories.student()
    alice.sign_in(client)

    def ask(answer):
        headers = {"If-None-Match": answer.headers["ETag"]}
        headers["Last-Event-ID"] = answer.headers["Last-Event-ID"]
        return client.get("/live/dashboard?once", headers=headers)

    first = client.get("/live/dashboard?once")
    assert ask(first).status_code == 304
    factories.company("Another")
    second = ask(first)
    assert (second.status_code, second.data) == (304, b""), "what the page shows is the same"
    fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    third = ask(second)
    assert third.text.count("toast-info") == 1
    fourth = ask(third)
    assert "toast-info" not in fourth.text
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    joined(alice, techcorp)
    assert 'hx-target="#turns"' in ask(fourth).text


def test_a_page_that_listens_for_others_is_told_of_what_it_does_not_show(listen, techcorp):
    alice, bob = factories.student(), factories.student("Bob")
    alone, leading = (listen(f"/live/profile{query}", alice) for query in ("", "?others"))
    for stream in (alone, leading):
        fragments(stream)
    joined(bob, techcorp)
    assert leading.next().name == "heartbeat"
    students.force_status(actors.SYSTEM, alice.student_id, StudentStatus.PAUSED)
    assert alone.next().name == "status_change"


def test_only_what_differs_is_sent(listen, techcorp):
    alice = factories.student()
    stream = listen("/live/dashboard", alice)
    fragments(stream)
    joined(alice, techcorp)
    text = fragments(stream)
    assert 'hx-target="#turns"' in text
    assert 'hx-target="#queues"' in text
    assert 'hx-target="#done"' not in text


def test_when_a_stand_pauses_its_state_and_place_alone_are_sent_as_the_page_has_them(
    client, listen, techcorp
):
    rival = factories.company("Rival")
    alice, bob = factories.student("Alice"), factories.student("Bob")
    for person in (alice, bob):
        for company_id in (techcorp, rival):
            joined(person, company_id)
    stream = listen("/live/dashboard", bob)
    fragments(stream)
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.PAUSED})
    entry_id = entry_of(bob, techcorp)
    sent = dict(re.findall(r'hx-target="#(.*?)".*?>\n*(<p.*?</p>)', fragments(stream), re.DOTALL))
    assert set(sent) == {f"entry-{entry_id}>.queue-state", f"place-{entry_id}"}
    assert "badge-rest" in sent[f"entry-{entry_id}>.queue-state"]
    bob.sign_in(client)
    page = bare(client.get("/dashboard").text)
    assert all(bare(part) in page for part in sent.values())


def bare(html):
    """Without blanks."""
    return "".join(html.split())


def test_where_somebody_is_called_the_call_says_the_stands_new_name(listen, techcorp):
    alice = factories.student()
    joined(alice, techcorp)
    stream = listen("/live/dashboard", alice)
    fragments(stream)
    companies.edit(actors.SYSTEM, techcorp, {"name": "Acme"})
    text = fragments(stream)
    for region in ("turns", "queues"):
        assert f'hx-target="#{region}"' in text
    assert "TechCorp" not in text


def test_when_only_others_move_one_number_is_sent(listen, techcorp):
    people = [factories.student(name) for name in ("Alice", "Bob", "Carol")]
    for person in people:
        joined(person, techcorp)
    carol = people[2]
    stream = listen("/live/dashboard", carol)
    fragments(stream)
    interviews.start(people[0].actor, entry_of(people[0], techcorp))
    text = fragments(stream)
    assert text.count("<hx-partial") == 1
    assert f'hx-target="#place-{entry_of(carol, techcorp)}>.ahead"' in text
    assert "<b>1</b> personne devant" in text


def test_a_stream_is_never_compressed(listen):
    stream = listen("/live/dashboard", factories.student(), **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in stream.response.headers
    assert stream.next().name == "connection_established"


def test_a_stand_sees_who_joins(listen, techcorp):
    stream = listen(f"/live/company/{stands.token_of(techcorp)}")
    fragments(stream)
    joined(factories.student("Alice", "Martin"), techcorp)
    assert "Alice Martin" in fragments(stream)


def test_nobody_and_strangers_get_no_page_stream(listen, techcorp):
    assert listen("/live/dashboard").status == 401
    assert listen("/live/dashboard", factories.admin()).status == 403
    assert listen("/live/company/unknown").status == 404


def test_signing_out_ends_the_stream(app, listen):
    alice = factories.student()
    stream = listen("/live/dashboard", alice)
    fragments(stream)
    soon(lambda: _within(app, lambda: sign_ins.end(alice.actor, alice.user_id, _only_sign_in())))
    assert stream.ends()


def test_deactivation_ends_the_stream(app, listen):
    alice = factories.student()
    stream = listen("/live/dashboard", alice)
    fragments(stream)
    soon(lambda: _within(app, lambda: _deactivate(alice)))
    assert stream.ends()


def test_a_new_link_ends_the_streams_of_the_old_one(app, listen, techcorp):
    streams = [
        listen(stand_stream(techcorp)),
        listen(f"/live/company/{stands.token_of(techcorp)}"),
    ]
    streams[0].until("connection_established")
    fragments(streams[1])
    soon(lambda: _within(app, lambda: companies.regenerate_token(actors.SYSTEM, techcorp)))
    for stream in streams:
        assert stream.ends()


GIVEN = {"X-Company-Pin": "4711"}


def test_another_pin_ends_the_streams_of_who_gave_the_one_before(app, listen, techcorp):
    pins.set_pin(actors.SYSTEM, techcorp, "4711")
    paths = (stand_stream(techcorp), f"/live/company/{stands.token_of(techcorp)}")
    assert [listen(path).status for path in paths] == [401, 401]
    streams = [listen(path, **GIVEN) for path in paths]
    streams[0].until("connection_established")
    fragments(streams[1])
    soon(lambda: _within(app, lambda: pins.set_pin(actors.SYSTEM, techcorp, "2580")))
    for stream in streams:
        assert stream.ends()
    assert [listen(path, **GIVEN).status for path in paths] == [401, 401]


def test_a_removed_pin_ends_nothing(listen, techcorp):
    pins.set_pin(actors.SYSTEM, techcorp, "4711")
    stream = listen(f"/live/company/{stands.token_of(techcorp)}", **GIVEN)
    fragments(stream)
    pins.remove_pin(actors.SYSTEM, techcorp)
    alice = factories.student("Alice", "Martin")
    joined(alice, techcorp)
    assert "Alice Martin" in fragments(stream)
    _deactivate(alice)
    assert "Compte désactivé" in fragments(stream)


def test_a_deleted_company_ends_its_streams(app, listen, techcorp):
    stream = listen(stand_stream(techcorp))
    stream.next()
    soon(lambda: _within(app, lambda: companies.delete(actors.SYSTEM, techcorp)))
    assert stream.ends()


def test_a_hint_is_not_needed(listen, techcorp, monkeypatch):
    """A lost hint costs a second, not an event."""
    alice = factories.student()
    stream = listen("/api/events/", alice)
    stream.next()
    monkeypatch.setattr(hints, "send", lambda number, written: None)
    queues.join(alice.actor, techcorp)
    assert stream.until("can_start")


def test_what_the_process_wrote_itself_is_not_read_again(listen, techcorp, monkeypatch):
    alice = factories.student()
    stream = listen("/api/events/", alice)
    stream.next()
    here, read = hub.current(), []
    monkeypatch.setattr(journal, "since", lambda number: read.append(number) or (0, []))
    here.looked_at = time.monotonic() + 60  # the look of each second is not due
    queues.join(alice.actor, techcorp)
    assert stream.until("can_start")
    assert read == []


def test_what_somebody_else_wrote_in_between_is(listen, techcorp, monkeypatch):
    """Nobody has told of the first join: the second's number shows that one is missing."""
    alice, bob = factories.student(), factories.student("Bob")
    stream = listen("/api/events/", alice)
    stream.next()
    hub.current().looked_at = time.monotonic() + 60
    with monkeypatch.context() as patch:
        patch.setattr(hints, "send", lambda number, written: None)
        queues.join(alice.actor, techcorp)
    queues.join(bob.actor, techcorp)
    assert stream.until("can_start")


def test_a_listing_waits_for_more_unless_it_concerns_the_viewer(listen, techcorp):
    alice, bob = factories.student(), factories.student("Bob")
    stream = listen("/live/companies", alice)
    fragments(stream)
    joined(bob, techcorp)
    assert "1 en attente" in fragments(stream)
    students.force_status(actors.SYSTEM, bob.student_id, StudentStatus.IN_INTERVIEW, techcorp)
    joined(alice, techcorp)
    assert "TechCorp" in fragments(stream)


def _deactivate(person):
    return students.set_active(actors.SYSTEM, person.student_id, False)


def _within(app, action):
    with app.app_context():
        return action()


def _only_sign_in():
    with read_transaction() as connection:
        return connection.execute(select(SignIn.id)).scalar_one()


def test_the_stand_sees_at_once_that_a_call_was_seen_and_who_is_coming(listen, techcorp):
    alice = factories.student()
    entry_id = joined(alice, techcorp)
    screen = listen(f"/live/company/{factories.token(techcorp)}")
    assert "Pas encore vu" in fragments(screen)
    queues.see_call(alice.actor, entry_id, stands.called(techcorp)[0].turn)
    seen = fragments(screen)
    assert seen.count("<hx-partial") == 1
    assert "Vu" in seen
    queues.say_coming(alice.actor, entry_id)
    assert "Arrive" in fragments(screen)
