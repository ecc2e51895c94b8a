"""Organisers rehearse the fair: what they suppose, how far it is, and what came of it."""

from datetime import time

import pytest
from flask_babel import force_locale
from sqlalchemy import update

from jobfair.extensions import db
from jobfair.models import Fair, Rehearsal
from jobfair.queries.admin.fair import rehearsals as known
from jobfair.services.queues import interviews
from jobfair.simulation.plan import Limit, Longer, Opening, Plan, Seat, Stand
from jobfair.simulation.rehearsal import Gain, Range
from jobfair.unit_of_work import actors
from jobfair.wording.fair import rehearsals as wording
from tests.support import factories

PAGE = "/admin/rehearsal"
PLAN = Plan((Stand("Jeux Lanterne"),))


@pytest.fixture
def techcorp(app):
    return factories.company("TechCorp", slots=2, queue_limit=30, stand="A1")


def told(**values):
    """Note what a rehearsal that runs has said."""
    db.session.execute(update(Rehearsal).values(**values))
    db.session.commit()


def test_what_is_known_of_the_fair_is_filled_in(organiser, techcorp):
    db.session.execute(update(Fair).values(opens=time(10, 30), closes=time(16, 0)))
    db.session.commit()
    page = organiser.get(PAGE).text
    assert 'value="10:30"' in page
    assert 'value="16:00"' in page
    assert "TechCorp" in page


def test_what_is_asked_is_what_is_played(organiser, techcorp):
    factories.company("Rival")
    page = organiser.follow(
        organiser.post(
            PAGE,
            students="120",
            wishes="5",
            opens="09:30",
            closes="16:00",
            early="50",
            arrivals="90",
            opening="lot",
            length="12",
            walk="60",
            no_shows="10",
            pauses_every="45",
        )
    )
    assert "Under way" in page.text
    assert 'hx-trigger="every 2s"' in page.text
    (line,) = known.rehearsals()
    plan = line.plan
    assert plan.stands == (
        Stand("TechCorp", 2, 30, 12.0, 1.0, "A1"),
        Stand("Rival", length=12.0),
    )
    assert (plan.students, plan.wishes, plan.opens, plan.closes) == (120, 5, 570, 960)
    assert (plan.early, plan.arrivals, plan.opening) == (0.5, 90, Opening.LOT)
    assert (plan.behaviour.walk, plan.behaviour.no_show) == (1.0, 0.1)
    assert plan.behaviour.pauses_every == 45
    assert line.who == "admin@example.org"


def test_a_stand_has_the_lengths_that_it_had(organiser, techcorp, time):
    for name in ("Ann", "Bob", "Eve"):
        entry = factories.interview(factories.student(name), techcorp)
        time.pass_(minutes=24)
        interviews.complete(actors.company(techcorp), entry)
    factories.company("Rival")
    assert [each.length for each in known.fair_as_set_up().stands] == [24, 0]


def test_what_is_wrong_is_said_and_what_was_typed_stays(organiser, techcorp):
    answer = organiser.post(PAGE, students="0", closes="18:00")
    assert answer.status_code == 400
    assert "At least 1." in answer.text
    assert 'value="18:00"' in answer.text
    answer = organiser.post(PAGE, opens="12:00", closes="11:00")
    assert answer.status_code == 400
    assert "It closes before it opens" in answer.text


def test_without_companies_there_is_nothing_to_rehearse(organiser):
    answer = organiser.post(PAGE)
    assert answer.status_code == 400
    assert "There is no company yet" in answer.text


def test_a_second_one_is_refused_while_the_first_is_under_way(organiser, techcorp):
    organiser.post(PAGE)
    answer = organiser.post(PAGE, students="77")
    assert answer.status_code == 409
    assert "A rehearsal is under way" in answer.text
    assert 'value="77"' in answer.text


def test_how_far_it_is(organiser, techcorp):
    page = organiser.post(PAGE).location
    told(played=7, days=28)
    text = organiser.get(page).text
    assert "7 of 28 days are played" in text
    assert '<progress id="days-played" max="28" value="7">' in text
    assert "See how far it is" in organiser.get(PAGE).text


def test_it_is_cancelled_at_a_tap(organiser, techcorp):
    page = organiser.post(PAGE).location
    answer = organiser.follow(organiser.post(f"{page}/cancel"))
    assert "The rehearsal is cancelled" in answer.text
    assert "It was cancelled." in organiser.get(page).text
    again = organiser.follow(organiser.post(f"{page}/cancel"))
    assert "This rehearsal is over already" in again.text


def test_one_whose_process_died_says_so(organiser, techcorp, time):
    page = organiser.post(PAGE).location
    time.pass_(minutes=1)
    text = organiser.get(page).text
    assert "Its process has ended before it was done" in text
    assert "hx-trigger" not in text.partition('id="rehearsal"')[2]


def test_what_came_of_it(organiser):
    text = organiser.get(f"{PAGE}/{factories.rehearsal('Jeux Lanterne')}").text
    assert "What would help most" in text
    assert "Students who meet three companies or more" in text
    assert 'class="heat-hour"' in text
    assert "Jeux Lanterne" in text


def test_the_changes_in_both_languages(app):
    more, some = Range(11.2, 7, 15), Range(20, 12, 31)
    gains = {
        Seat(0, 14 * 60): (
            "One seat more at Jeux Lanterne from 14:00 on: "
            "11 students more meet three companies (between 7 and 15)",
            "Une place de plus chez Jeux Lanterne à partir de 14:00\N{NO-BREAK SPACE}: "
            "11 étudiants de plus rencontrent trois entreprises (entre 7 et 15)",
        ),
        Seat(0, PLAN.opens): (
            "One seat more at Jeux Lanterne, all day long: "
            "11 students more meet three companies (between 7 and 15)",
            "Une place de plus chez Jeux Lanterne, toute la journée\N{NO-BREAK SPACE}: "
            "11 étudiants de plus rencontrent trois entreprises (entre 7 et 15)",
        ),
        Longer(30): (
            "Closing 30 minutes later, at 17:30: "
            "11 students more meet three companies (between 7 and 15)",
            "Fermer 30 minutes plus tard, à 17:30\N{NO-BREAK SPACE}: "
            "11 étudiants de plus rencontrent trois entreprises (entre 7 et 15)",
        ),
    }
    for change, sentences in gains.items():
        assert _in_both(Gain(change, more, some)) == sentences
    of_interviews = Gain(Limit(10), Range(0.5, 0, 1), some)
    assert _in_both(of_interviews) == (
        "No more than 10 waiting in any queue: 20 interviews more (between 12 and 31)",
        "Pas plus de 10 en attente dans chaque file\N{NO-BREAK SPACE}: "
        "20 entretiens de plus (entre 12 et 31)",
    )


def _in_both(gain):
    said = []
    for language in ("en", "fr"):
        with force_locale(language):
            said.append(wording.gain(gain, PLAN))
    return tuple(said)
