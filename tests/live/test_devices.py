"""Two tablets of one stand: each is told what the other did, and nobody else is."""

from dataclasses import dataclass
from html import unescape

import pytest
from flask import Response

from jobfair.domain.state import CompanyStatus, DoorSign
from jobfair.queries.stand import stands
from jobfair.services.companies import companies
from jobfair.services.queues import door_signs, interviews, queues
from jobfair.unit_of_work import actors
from jobfair.web.security.stand import stand_devices
from tests.support import factories


@dataclass(frozen=True)
class Device:
    """A browser at a stand that has opened its link, or has no letter."""

    letter: str | None
    company_id: int

    def sign_in(self, client):
        """Give the client the cookie that says which device it is."""
        if self.letter is None:
            return
        response = Response()
        with client.application.test_request_context():
            stand_devices.remember(response, stands.link(self.token), self.letter)
        name, value = response.headers["Set-Cookie"].partition(";")[0].split("=", 1)
        client.set_cookie(name, value)

    @property
    def token(self):
        return factories.token(self.company_id)


@pytest.fixture
def tablet(listen):
    """Opens the stream of a stand's page on a device with a letter."""

    def open_on(letter, company_id, last_id=None):
        device = Device(letter, company_id)
        headers = {"Last-Event-ID": last_id} if last_id else {}
        stream = listen(f"/live/company/{device.token}", device, **headers)
        stream.until("connection_established" if last_id else "")
        return stream

    return open_on


def _toast(event):
    """What an event's toast says; None where it is none."""
    if "toast-info" not in event.text:
        return None
    return unescape(event.text.partition("data-text>")[2].partition("<")[0])


def told(stream):
    """The toasts that come with the next change of the page."""
    toasts = []
    while True:
        event = stream.next()
        if toast := _toast(event):
            toasts.append(toast)
        elif not event.name:
            return toasts


def told_until_it_is_silent(stream):
    """The toasts before the second heartbeat."""
    heard = stream.until("heartbeat") + stream.until("heartbeat")
    return [toast for event in heard if (toast := _toast(event))]


def on(letter, company_id):
    return actors.company(company_id, letter)


def test_the_other_tablet_is_told_who_did_what(tablet, alice, techcorp):
    first, second = tablet("A", techcorp), tablet("B", techcorp)
    entry_id = factories.entry(alice, techcorp)
    assert (told(first), told(second)) == ([], [])
    acts = {
        "entretien avec Alice Martin démarré": lambda b: interviews.start_at_stand(
            b, entry_id, False
        ),
        "démarrage avec Alice Martin annulé": lambda b: interviews.undo_start(b, entry_id),
        "pause commencée": lambda b: companies.edit(b, techcorp, {"status": CompanyStatus.PAUSED}),
        "un mot à votre file": lambda b: door_signs.put_up(b, DoorSign.BACK_IN_10, None),
        "pause terminée": lambda b: companies.edit(
            b, techcorp, {"status": CompanyStatus.RECRUITING}
        ),
        "file fermée": lambda b: companies.edit(b, techcorp, {"queue_open": False}),
        "file ouverte": lambda b: companies.edit(b, techcorp, {"queue_open": True}),
        "Alice Martin n'est pas venu": lambda b: queues.absent(b, entry_id),
    }
    for said, act in acts.items():
        act(on("B", techcorp))
        assert told(first) == [f"Tablette B : {said}"], said
        assert told(second) == [], said


def test_an_end_and_its_being_taken_back_are_told(tablet, alice, techcorp):
    entry_id = factories.interview(alice, techcorp)
    first = tablet("A", techcorp)
    interviews.complete(on("B", techcorp), entry_id)
    assert told(first) == ["Tablette B : entretien avec Alice Martin terminé"]
    interviews.undo_completion(on("B", techcorp), entry_id)
    assert told(first) == ["Tablette B : l'entretien avec Alice Martin continue"]


def test_without_a_letter_nobody_is_told(tablet, alice, techcorp):
    """As where the source of letters is gone: then nobody knows that there are two."""
    first = tablet("A", techcorp)
    interviews.start_at_stand(on(None, techcorp), factories.entry(alice, techcorp), False)
    assert told(first) == []


def test_students_organisers_programs_and_other_stands_hear_nothing_of_it(
    listen, tablet, alice, bob, techcorp
):
    rival = factories.company("Rival")
    entry_id = factories.entry(alice, techcorp)
    factories.entry(bob, techcorp), factories.entry(alice, rival)
    pages = [tablet("A", rival), *(listen("/live/dashboard", each) for each in (alice, bob))]
    pages += [listen(f"/api/company/{factories.token(techcorp)}/events/")]
    pages += [listen("/api/events/", factories.admin())]
    interviews.start_at_stand(on("B", techcorp), entry_id, False)
    interviews.complete(on("B", techcorp), entry_id)
    for each in pages:
        heard = [event for _ in range(3) for event in each.until("heartbeat")]
        assert not [event for event in heard if "Tablet" in event.text]


def test_who_comes_back_is_told_of_the_last_minute_only(tablet, alice, techcorp, time):
    first = tablet("A", techcorp)
    last_id = first.until("heartbeat")[-1].id
    first.close()
    companies.edit(on("B", techcorp), techcorp, {"queue_open": False})
    again = tablet("A", techcorp, last_id)
    assert told_until_it_is_silent(again) == ["Tablette B : file fermée"]
    again.close()
    time.pass_(minutes=1)
    assert told_until_it_is_silent(tablet("A", techcorp, last_id)) == []


def test_another_stand_that_comes_back_hears_nothing_of_it(tablet, alice, techcorp):
    """Though its own page changes, as its student is in an interview elsewhere."""
    rival = factories.company("Rival")
    entry_id = factories.entry(alice, techcorp)
    factories.entry(alice, rival)
    page = tablet("A", rival)
    last_id = page.until("heartbeat")[-1].id
    page.close()
    interviews.start_at_stand(on("B", techcorp), entry_id, False)
    assert told_until_it_is_silent(tablet("A", rival, last_id)) == []
