"""A company's page, open while its queue moves."""

from jobfair.domain.state import CompanyStatus
from jobfair.queries.student import directory
from jobfair.services.companies import companies
from jobfair.services.queues import presence, queues
from jobfair.unit_of_work import actors
from tests.support import factories


def arrived(listen, person, company_id):
    """The stream of the page, once it has sent all of it."""
    stream = listen(f"/live/companies/{company_id}", person)
    assert 'hx-target="#company"' in stream.until("")[-1].text
    return stream


def test_it_follows_the_company_though_they_wait_nowhere(listen, alice, bob, techcorp):
    stream = arrived(listen, alice, techcorp)
    factories.entry(bob, techcorp)
    told = stream.until("")
    assert "1 en attente" in told[-1].text
    # Who joins a queue is told to those in it.
    assert {event.name for event in told} <= {"", "heartbeat"}
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.PAUSED})
    assert "Rejoindre la file" not in stream.until("")[-1].text


def shown(stream, text):
    """Wait for it: a toast may come before the page."""
    while text not in stream.until("")[-1].text:
        pass


def test_it_follows_their_own_place_and_the_company_still_when_that_is_left(
    listen, alice, bob, techcorp
):
    factories.entry(bob, techcorp)
    stream = arrived(listen, alice, techcorp)
    entry_id = factories.entry(alice, techcorp)
    shown(stream, "Inscrit en position 2")
    queues.leave(alice.actor, entry_id)
    assert "Rejoindre la file" in stream.until("")[-1].text
    factories.entry(factories.student("Carol"), techcorp)
    assert "2 en attente" in stream.until("")[-1].text


def test_it_ends_with_the_company(listen, alice, techcorp):
    stream = arrived(listen, alice, techcorp)
    companies.delete(actors.SYSTEM, techcorp)
    while stream.next() is not None:
        pass
    assert listen(f"/live/companies/{techcorp}", alice).status == 404


def test_strangers_and_nobody_do_not_get_it(listen, techcorp):
    assert listen(f"/live/companies/{techcorp}").status == 401
    assert listen(f"/live/companies/{techcorp}", factories.admin()).status == 403


def test_who_is_not_signed_in_has_a_page_that_follows_too(listen, bob, techcorp):
    stream = listen(f"/live/public/companies/{techcorp}")
    assert "TechCorp" in stream.until("")[-1].text
    factories.entry(bob, techcorp)
    told = stream.until("")
    assert "1 en attente" in told[-1].text
    assert "Bob" not in told[-1].text
    companies.delete(actors.SYSTEM, techcorp)
    while stream.next() is not None:
        pass
    assert listen(f"/live/public/companies/{techcorp}").status == 404


def test_what_others_companies_do_is_not_even_looked_at(listen, alice, bob, techcorp, monkeypatch):
    stream = arrived(listen, alice, techcorp)
    other = factories.company("Other")
    read = []
    load = directory.company
    monkeypatch.setattr(directory, "company", lambda *who: read.append(who) or load(*who))
    factories.entry(bob, other)
    stream.until("heartbeat")
    stream.until("heartbeat")
    assert read == []
    factories.entry(bob, techcorp)
    assert "1 en attente" in stream.until("")[-1].text
    assert len(read) == 1


def told_until(stream, text):
    """All that a page is sent until it shows this."""
    told = stream.until("")
    while text not in told[-1].text:
        told += stream.until("")
    return told


def test_who_joins_as_the_next_is_answered_so_and_hears_it_by_no_second_toast(
    listen, alice, bob, techcorp
):
    factories.entry(bob, techcorp)
    stream = arrived(listen, alice, techcorp)
    assert queues.join(alice.actor, techcorp).soon
    told = told_until(stream, "Inscrit en position 2")
    assert "turn_soon" in {event.name for event in told}
    assert not any("toast" in event.text for event in told)
    # Whom others make the next has no such answer.
    carol = factories.student("Carol")
    assert not queues.join(carol.actor, techcorp).soon
    stream = arrived(listen, carol, techcorp)
    presence.change_status(alice.actor, "paused")
    assert "Bientôt votre tour" in told_until(stream, "toast")[-1].text
