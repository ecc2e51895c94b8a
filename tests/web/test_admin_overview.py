"""The overview's figures, and opening and closing the fair."""

import re

import pytest

from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.queries.overview import figures
from jobfair.services import actors, fair, interviews, students
from tests import factories
from tests.web.organisers import Organiser


@pytest.fixture
def organiser(client):
    return Organiser(client)


def shown(page):
    """The figures of the page, as (count, words)."""
    found = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page.text)
    return [(int(count), words) for words, count in found]


def test_the_figures(organiser):
    techcorp = factories.company("TechCorp", slots=2)
    factories.company("Paused", status=CompanyStatus.PAUSED)
    people = [factories.student(name) for name in ("Alice", "Bob", "Chloé", "David", "Emma")]
    done = factories.interview(people[0], techcorp)
    interviews.complete(techcorp, done)
    factories.interview(people[1], techcorp)
    factories.entry(people[2], techcorp)
    students.set_active(actors.SYSTEM, people[3].student_id, active=False)
    assert shown(organiser.get("/admin/")) == [
        (1, "running"),
        (1, "entries waiting"),
        (1, "done"),
        (2, "available"),
        (1, "in interview"),
        (1, "paused"),
        (1, "deactivated"),
        (1, "recruiting"),
        (1, "paused"),
    ]


def test_an_empty_fair_has_its_figures_too(organiser):
    assert {count for count, _ in shown(organiser.get("/admin/"))} == {0}


def test_closing_the_fair_is_asked_first(organiser):
    factories.interview(factories.student(), factories.company())
    page = organiser.get("/admin/phase/closed")
    assert "1 interview is running and may be finished." in page.text
    assert figures().phase is Phase.OPEN


@pytest.mark.parametrize("phase", Phase)
def test_the_phase_changes(organiser, phase):
    fair.set_phase(actors.SYSTEM, Phase.PREPARING if phase is Phase.OPEN else Phase.OPEN)
    page = organiser.follow(organiser.post(f"/admin/phase/{phase}"))
    assert figures().phase is phase
    assert f"/admin/phase/{phase}" not in page.text
    assert page.text.count("/admin/phase/") == 2


def test_there_is_no_other_phase(organiser):
    assert organiser.post("/admin/phase/over").status_code == 404


def test_a_deactivated_student_is_counted_once_among_the_statuses(organiser):
    alice = factories.student(status=StudentStatus.PAUSED)
    students.set_active(actors.SYSTEM, alice.student_id, active=False)
    now = figures()
    assert (now.paused, now.deactivated, now.active_students) == (0, 1, 0)
