"""The estimated wait: on the pages, in JSON, and in the one small piece that is pushed."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from jobfair import clock
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.extensions import db
from jobfair.models import JournalRow
from jobfair.ops import purge
from jobfair.queries.student import own_data, places
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from tests.live.test_stream import fragments
from tests.support import factories
from tests.support.browsing import Browser


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
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    factories.interview(factories.student(), known)
    bob = factories.student()
    factories.entry(bob, known)
    assert waits(bob) == [None]


def test_json_gives_the_range_or_null(client, line):
    _, [(bob, _), _] = line
    [entry] = client.get("/api/queues/", headers=bob.bearer()).get_json()
    assert entry["wait_minutes"] == list(waits(bob)[0])


@pytest.fixture
def statements(app):
    """Those that were sent, from now on."""
    sent = []
    event.listen(db.engine, "before_cursor_execute", lambda *each: sent.append(each[2]))
    return sent


def joined_row(person):
    """What the journal keeps of the latest join."""
    own = select(JournalRow.data).where(
        JournalRow.kind == "joined", JournalRow.student_id == person.student_id
    )
    with db.engine.connect() as connection:
        return connection.execute(own.order_by(JournalRow.number.desc())).scalars().first()


def test_what_is_said_on_joining_is_kept(client, line, known):
    dan = factories.student("Dan")
    browser = Browser(client, dan)
    answer = browser.post(f"/companies/{known}/join")
    kept = joined_row(dan)
    assert (kept["ahead"], kept["told"]) == (2, list(waits(dan)[0]))
    said = browser.get(answer.location).text
    assert f"2 people ahead of you, about {kept['told'][0]} to {kept['told'][1]}" in said
    # It is in the copy of one's own data, too.
    [joined] = [
        each for each in own_data.everything(dan.student_id)["history"] if "told" in each["data"]
    ]
    assert joined["data"]["told"] == kept["told"]


def test_it_counts_those_who_came_before_the_lock_was_had(line, known):
    """They read the same queue; the second and third are told what the queue has become."""
    people = [factories.student(name) for name in ("Dan", "Eve", "Finn")]
    asked = [places.wait_behind(known) for _ in people]
    told = [
        queues.join(person.actor, known, each).told
        for person, each in zip(people, asked, strict=True)
    ]
    assert [(each,) for each in told] == [tuple(waits(person)) for person in people]
    assert len(set(told)) == 3


def test_nothing_is_read_under_the_lock_for_it(line, known, statements):
    dan, eve = factories.student("Dan"), factories.student("Eve")
    statements.clear()
    queues.join(dan.actor, known)
    without = len(statements)
    wait_behind = places.wait_behind(known)
    statements.clear()
    assert queues.join(eve.actor, known, wait_behind).told
    assert len(statements) == without


def test_that_nothing_can_be_said_is_kept_too(client, techcorp):
    factories.interview(factories.student(), techcorp)
    dan = factories.student("Dan")
    Browser(client, dan).post(f"/companies/{techcorp}/join")
    assert (joined_row(dan)["ahead"], joined_row(dan)["told"]) == (0, None)


def test_a_program_that_joins_is_told_no_wait(client, line, known):
    dan = factories.student("Dan")
    answer = client.post("/api/queues/", headers=dan.bearer(), json={"company": known})
    assert answer.status_code == 201
    assert (joined_row(dan)["ahead"], joined_row(dan)["told"]) == (2, None)


def test_who_is_called_at_once_is_told_none(client, known):
    dan = factories.student("Dan")
    Browser(client, dan).post(f"/companies/{known}/join")
    assert (joined_row(dan)["ahead"], joined_row(dan)["told"]) == (0, None)


def test_a_company_that_is_gone_says_nothing(app):
    assert places.wait_behind(4711) is None


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
