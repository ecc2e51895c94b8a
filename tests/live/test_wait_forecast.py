"""The estimated wait: on the pages, in JSON, and in the one small piece that is pushed."""

from datetime import timedelta

import pytest

from jobfair import clock
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.ops import purge
from jobfair.queries.student import places
from jobfair.services import (
    companies,
    fair,
    interviews,
    presence,
    queues,
)
from jobfair.unit_of_work import actors
from tests.live.test_stream import fragments
from tests.support import factories


def an_interview(company_id, began_at, minutes):
    student = factories.student("Past")
    with clock.at(began_at):
        entry_id = factories.interview(student, company_id)
    with clock.at(began_at + timedelta(minutes=minutes)):
        interviews.complete(actors.company(company_id), entry_id)


@pytest.fixture
def techcorp(app, monkeypatch):
    # Not at midnight, before which an interview would be yesterday's.
    noon = clock.now().replace(hour=12, minute=0, second=0)
    monkeypatch.setattr(clock, "now", lambda: clock._fixed.get() or noon)
    return factories.company("TechCorp")


@pytest.fixture
def known(techcorp):
    """TechCorp, after ten interviews of ten minutes."""
    for at in range(10):
        an_interview(techcorp, clock.now() - timedelta(minutes=150 - 11 * at), 10)
    return techcorp


@pytest.fixture
def line(known):
    """Alice in an interview since five minutes, Bob and Carol waiting."""
    alice, bob, carol = (factories.student(name) for name in ("Alice", "Bob", "Carol"))
    with clock.at(clock.now() - timedelta(minutes=5)):
        factories.interview(alice, known)
    return alice, [(person, factories.entry(person, known)) for person in (bob, carol)]


def waits(person):
    return [place.wait for place in places.dashboard(person.student_id).waiting]


def test_nothing_is_said_while_it_would_be_a_guess(techcorp):
    factories.interview(factories.student(), techcorp)
    bob = factories.student()
    factories.entry(bob, techcorp)
    assert waits(bob) == [None]


def test_each_place_has_its_range(line):
    _, [(bob, _), (carol, _)] = line
    [(bobs_low, bobs_high)] = waits(bob)
    [(carols_low, carols_high)] = waits(carol)
    assert bobs_low <= 5 <= bobs_high
    assert carols_low <= 15 <= carols_high
    assert bobs_high < carols_high


def test_nothing_is_said_by_a_paused_stand_or_a_fair_that_is_not_open(line, known):
    _, [(bob, _), _] = line
    companies.edit(actors.SYSTEM, known, {"status": CompanyStatus.PAUSED})
    assert waits(bob) == [None]
    companies.edit(actors.SYSTEM, known, {"status": CompanyStatus.RECRUITING})
    assert waits(bob) != [None]
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    assert waits(bob) == [None]


def test_who_is_called_or_set_aside_is_told_no_wait(line, known):
    _, [(bob, bobs), _] = line
    companies.edit(actors.SYSTEM, known, {"slots": 2})
    assert waits(bob) == [None]
    queues.absent(actors.company(known), bobs)
    assert waits(bob) == [None]


def test_who_is_on_a_break_sees_how_long_is_left(line):
    _, [(bob, _), _] = line
    before = waits(bob)
    presence.change_status(bob.actor, StudentStatus.PAUSED)
    assert waits(bob) == before


def test_lengths_of_another_day_do_not_count(line, known):
    _, [(bob, _), _] = line
    tomorrow = clock.now() + timedelta(days=1)
    with clock.at(tomorrow):
        queues.join(factories.student().actor, known)
        assert waits(bob) == [None]


def test_a_fair_that_was_purged_knows_nothing(line, known):
    purge.purge(everything=False)
    factories.interview(factories.student(), known)
    bob = factories.student()
    factories.entry(bob, known)
    assert waits(bob) == [None]


def test_json_gives_the_range_or_null(client, line):
    _, [(bob, _), _] = line
    [entry] = client.get("/api/queues/", headers=bob.bearer()).get_json()
    assert entry["wait_minutes"] == list(waits(bob)[0])


def test_the_page_and_the_list_of_companies_say_it(client, line):
    _, [(bob, _), _] = line
    dan = factories.student("Dan")
    bob.sign_in(client)
    assert "moins de 10\u00a0min" in client.get("/dashboard").text
    dan.sign_in(client)
    page = client.get("/companies").text
    assert "environ " in page or "moins de" in page


def test_when_others_move_it_comes_with_the_number_alone(listen, line, known):
    _, [(bob, bobs), _] = line
    dan, eve = factories.student("Dan"), factories.student("Eve")
    factories.entry(dan, known)
    eves = factories.entry(eve, known)
    stream = listen("/live/dashboard", eve)
    fragments(stream)
    # She moves from the fourth place to the third: from the second on she would be told a toast.
    queues.leave(bob.actor, bobs)
    text = fragments(stream)
    assert f'hx-target="#place-{eves}>.ahead"' in text or f'hx-target="#place-{eves}"' in text
    assert "min" in text
    assert 'hx-target="#queues"' not in text


def test_it_does_not_grow_stale_while_nothing_happens(listen, line, monkeypatch):
    _, [_, (carol, carols)] = line
    stream = listen("/live/dashboard", carol)
    fragments(stream)
    stream.until("heartbeat")
    later = clock.now() + timedelta(minutes=7)
    monkeypatch.setattr(clock, "now", lambda: later)
    text = fragments(stream)
    assert f'hx-target="#place-{carols}>.ahead"' in text
    assert text.count("<hx-partial") == 1
