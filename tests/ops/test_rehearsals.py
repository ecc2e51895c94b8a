"""Rehearsals: one at a time, in a process of its own, which is heard, cancelled and missed."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.extensions import db
from jobfair.models import Rehearsal, RehearsalState
from jobfair.ops import purge, rehearsals
from jobfair.ops.rehearsals import Heard, look_after
from jobfair.queries.admin.fair import rehearsals as known
from jobfair.simulation.plan import Plan, Stand
from tests.support import factories

PLAN = Plan((Stand("TechCorp"),), students=5, wishes=1)


@pytest.fixture
def organiser(app):
    return factories.admin().actor


class Process:
    """Says what it is told to, one line for each look, and then ends."""

    def __init__(self, *said):
        self._said = list(said)
        self.stopped = False

    def start(self, *_arguments, hear):
        self._hear = hear
        return self

    @property
    def runs(self):
        if self._said and not self.stopped:
            self._hear(self._said.pop(0))
            return True
        return False

    def wait(self):
        pass

    def stop(self):
        self.stopped = bool(self._said)


@pytest.fixture
def played(app, organiser, monkeypatch):
    """Look after a rehearsal whose process says these lines. Returns what is then known of it."""

    def look(*said, meanwhile=lambda _rehearsal_id: None):
        rehearsal_id = rehearsals.start(organiser, PLAN)
        process = Process(*said)
        monkeypatch.setattr(rehearsals.own_process, "start", process.start)
        monkeypatch.setattr(rehearsals, "sleep", lambda _seconds: meanwhile(rehearsal_id))
        look_after(app, rehearsal_id)
        return process, rehearsal_id

    return look


def line(**said):
    return json.dumps(said)


OUTCOME = factories._rehearsed("TechCorp")[1]


def test_what_it_says_is_noted(played):
    seen = []

    def look(rehearsal_id):
        seen.append(known.rehearsal(rehearsal_id))

    _process, done = played(
        line(progress=[1, 9]), line(progress=[2, 9]), line(outcome=OUTCOME), meanwhile=look
    )
    assert [(each.played, each.days) for each in seen] == [(1, 9), (2, 9), (2, 9)]
    assert {each.state for each in seen} == {RehearsalState.RUNNING}
    found = known.rehearsal(done)
    assert found.state is RehearsalState.DONE
    assert known.outcome_as_stored(found.outcome) == OUTCOME


def test_one_that_ends_before_the_first_look_is_noted_whole(app, organiser, monkeypatch):
    def start(*_arguments, hear):
        hear(line(progress=[9, 9]))
        hear(line(outcome=OUTCOME))
        return Process()

    monkeypatch.setattr(rehearsals.own_process, "start", start)
    rehearsal_id = rehearsals.start(organiser, PLAN)
    look_after(app, rehearsal_id)
    found = known.rehearsal(rehearsal_id)
    assert (found.state, found.played, found.days) == (RehearsalState.DONE, 9, 9)


def test_one_that_ends_without_an_outcome_has_failed(played):
    _process, failed = played(line(progress=[1, 9]))
    assert known.rehearsal(failed).state is RehearsalState.FAILED


def test_one_whose_process_cannot_start_says_so_in_the_end(app, organiser, monkeypatch, time):
    def refuse(*_arguments, **_hear):
        raise OSError("no more processes")

    monkeypatch.setattr(rehearsals.own_process, "start", refuse)
    rehearsal_id = rehearsals.start(organiser, PLAN)
    look_after(app, rehearsal_id)
    time.pass_(seconds=31)
    assert known.rehearsal(rehearsal_id).state is RehearsalState.FAILED


def test_one_that_is_cancelled_is_stopped(played):
    process, rehearsal_id = played(
        *[line(progress=[each, 9]) for each in range(1, 9)], meanwhile=rehearsals.cancel
    )
    assert process.stopped
    assert known.rehearsal(rehearsal_id).state is RehearsalState.CANCELLED


def test_there_is_one_at_a_time(organiser):
    first = rehearsals.start(organiser, PLAN)
    assert rehearsals.start(organiser, PLAN) == Refusal(RequestCode.REHEARSAL_RUNS)
    assert rehearsals.cancel(first) is None
    assert rehearsals.cancel(first) == Refusal(RequestCode.REHEARSAL_OVER)
    assert isinstance(rehearsals.start(organiser, PLAN), int)


def test_one_whose_worker_died_says_so_and_holds_nobody_up(organiser, time):
    lost = rehearsals.start(organiser, PLAN)
    time.pass_(seconds=29)
    assert known.rehearsal(lost).state is RehearsalState.RUNNING
    time.pass_(seconds=2)
    assert known.rehearsal(lost).state is RehearsalState.FAILED
    assert isinstance(rehearsals.start(organiser, PLAN), int)
    stored = select(Rehearsal.state).where(Rehearsal.id == lost)
    assert db.session.execute(stored).scalar_one() is RehearsalState.FAILED


def test_a_fair_without_companies_or_hours_is_not_rehearsed(organiser):
    assert rehearsals.start(organiser, Plan(())) == Refusal(RequestCode.NO_COMPANIES)
    reversed_hours = Plan(PLAN.stands, opens=600, closes=600)
    refusal = rehearsals.start(organiser, reversed_hours)
    assert refusal == Refusal(RequestCode.CLOSES_BEFORE_OPENING)


def test_the_last_ten_are_kept(organiser):
    made = []
    for _ in range(12):
        made.append(rehearsals.start(organiser, PLAN))
        rehearsals.cancel(made[-1])
    assert [each.id for each in known.rehearsals()] == made[:1:-1]


def test_what_is_no_news_goes_to_the_log():
    heard = Heard()
    assert not heard.line("Traceback (most recent call last):")
    assert not heard.line("[1, 2]")
    assert not heard.line('{"progress": 3}')
    assert heard.line(line(progress=[3, 9]))
    assert (heard.played, heard.days) == (3, 9)


def test_a_purge_takes_them_along(organiser):
    gone = factories.rehearsal()
    purge.purge(everything=False)
    assert db.session.execute(select(func.count()).select_from(Rehearsal)).scalar_one() == 0
    with pytest.raises(NotFound):
        known.rehearsal(gone)


def test_who_asked_is_forgotten_with_their_account(organiser):
    rehearsal_id = rehearsals.start(organiser, PLAN)
    assert known.rehearsal(rehearsal_id).who == "admin@example.org"
    db.session.execute(update(Rehearsal).values(user_id=None))
    db.session.commit()
    assert known.rehearsal(rehearsal_id).who is None


@pytest.mark.system
def test_a_process_of_its_own_plays_it(app, organiser, monkeypatch):
    """The whole way, on either database: page, process, outcome."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    monkeypatch.setenv("JOBFAIR_DATABASE_URL", str(url))
    monkeypatch.setenv("JOBFAIR_SECRET_KEY", app.config["SECRET_KEY"])
    monkeypatch.setattr(rehearsals.own_process, "MODULE", "tests.support.eager_process")
    rehearsal_id = rehearsals.start(organiser, PLAN)
    monkeypatch.setattr(known, "SILENT", timedelta(hours=1))
    look_after(app, rehearsal_id)
    found = known.rehearsal(rehearsal_id)
    assert found.state is RehearsalState.DONE
    assert found.played == found.days > 10
    assert found.outcome.figures.interviews.mean > 0
