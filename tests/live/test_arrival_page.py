"""The page behind a company's poster, open while its queue moves."""

from jobfair.domain.state import CompanyStatus
from jobfair.services import companies, queues
from jobfair.unit_of_work import actors
from tests.support import factories


def arrived(listen, person, company_id):
    """The stream of the page, once it has sent all of it."""
    stream = listen(f"/live/join/{company_id}", person)
    assert 'hx-target="#arrival"' in stream.until("")[-1].text
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


def test_it_follows_their_own_place_and_the_company_still_when_that_is_left(
    listen, alice, bob, techcorp
):
    factories.entry(bob, techcorp)
    stream = arrived(listen, alice, techcorp)
    entry_id = factories.entry(alice, techcorp)
    assert "Inscrit en position 2" in stream.until("")[-1].text
    queues.leave(alice.actor, entry_id)
    assert "Rejoindre la file" in stream.until("")[-1].text
    factories.entry(factories.student("Carol"), techcorp)
    assert "2 en attente" in stream.until("")[-1].text


def test_it_ends_with_the_company(listen, alice, techcorp):
    stream = arrived(listen, alice, techcorp)
    companies.delete(actors.SYSTEM, techcorp)
    while stream.next() is not None:
        pass
    assert listen(f"/live/join/{techcorp}", alice).status == 404


def test_strangers_and_nobody_do_not_get_it(listen, techcorp):
    assert listen(f"/live/join/{techcorp}").status == 401
    assert listen(f"/live/join/{techcorp}", factories.admin()).status == 403
