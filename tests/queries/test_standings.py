"""Why a student was not called, from the journal: asked of an own entry alone, of nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from flask_babel import force_locale

from jobfair import clock
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.exceptions import NotFound
from jobfair.queries import standings
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from jobfair.wording.refusals import Voice
from jobfair.wording.standings import sentence
from tests.support import factories

TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""In Paris."""


def at(minutes):
    return clock.at(TEN + timedelta(minutes=minutes))


@pytest.fixture
def day(app):
    """Bob behind Alice at TechCorp, and what the two and the stand do from ten on."""
    with at(0):
        fair.set_phase(actors.SYSTEM, Phase.OPEN)
        techcorp, globex = factories.company("TechCorp"), factories.company("Globex")
        alice, bob = factories.student("Alice"), factories.student("Bob")
        first = factories.entry(alice, techcorp)
    with at(1):
        second, other = factories.entry(bob, techcorp), factories.entry(bob, globex)
    with at(3):
        queues.say_coming(alice.actor, first)
    with at(5):
        interviews.start(alice.actor, first)
    with at(10):
        interviews.start(bob.actor, other)
    with at(15):
        interviews.complete(actors.company(globex), other)
    with at(20):
        presence.change_status(bob.actor, StudentStatus.AVAILABLE)
    with at(25):
        companies.edit(actors.company(techcorp), techcorp, {"status": CompanyStatus.PAUSED})
    with at(30):
        companies.edit(actors.company(techcorp), techcorp, {"status": CompanyStatus.RECRUITING})
    with at(35):
        interviews.complete(actors.company(techcorp), first)
    with at(40):
        queues.pass_turn(bob.actor, second)
    with at(50):
        fair.set_phase(actors.SYSTEM, Phase.CLOSED)
        queues.present(bob.actor, second)
    return bob.student_id, second


SAID = {
    0.5: "At 10:00 you were not in this queue yet: you joined it at 10:01.",
    2: "At 10:02, one person was ahead of you, and one of them was called to the free seat.",
    4: "At 10:04, one person was ahead of you, and the one who was called was on the way.",
    6: "At 10:06, nobody was ahead of you, and the only seat was taken.",
    12: "You were in an interview at Globex from 10:10 to 10:15.",
    17: "You were on a break from 10:15 to 10:20: your queues skipped you.",
    27: "The stand was paused from 10:25 to 10:30: it called nobody.",
    37: "It was your turn: you were called from 10:35 to 10:40.",
    45: "You were set aside from 10:40 to 10:50: you had let the next one go first.",
    55: "The fair was closed since 10:50: nobody was called.",
}


def test_each_minute_has_its_reason(app, day):
    student_id, entry_id = day
    with app.test_request_context(), force_locale("en"):
        for minutes, words in SAID.items():
            found = standings.at(entry_id, student_id, TEN + timedelta(minutes=minutes))
            assert sentence(found, Voice.SELF) == words


def test_in_french_and_of_another(app, day):
    student_id, entry_id = day
    with app.test_request_context(), force_locale("fr"):
        taken = standings.at(entry_id, student_id, TEN + timedelta(minutes=6))
        paused = standings.at(entry_id, student_id, TEN + timedelta(minutes=17))
        own = "À 10:06, personne n'était devant vous et la seule place était occupée."
        assert sentence(taken, Voice.SELF) == own
        another = "En pause de 10:15 à 10:20 : ses files passaient son tour."
        assert sentence(paused, Voice.ABOUT_ANOTHER) == another


def test_somebody_elses_entry_is_not_found(app, day):
    _student_id, entry_id = day
    stranger = factories.student().student_id
    with pytest.raises(NotFound):
        standings.at(entry_id, stranger, TEN)
    with pytest.raises(NotFound):
        standings.at(999, stranger, TEN)


def test_nobody_else_is_named(app, day):
    student_id, entry_id = day
    with app.test_request_context():
        for minutes in range(60):
            found = standings.at(entry_id, student_id, TEN + timedelta(minutes=minutes))
            for voice in Voice:
                assert "Alice" not in sentence(found, voice)


def test_every_queue_can_be_asked_about_those_that_were_left_too(app, day):
    student_id, entry_id = day
    left = standings.queues_of(student_id)
    assert [each.company for each in left] == ["Globex", "TechCorp"]
    assert left[1].entry_id == entry_id
