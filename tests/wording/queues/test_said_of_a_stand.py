"""What is said of a stand and its calls is true in each phase, at a stand that pauses too."""

from itertools import product

import pytest
from flask_babel import force_locale

from jobfair.domain.state import Phase
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from jobfair.wording.queues import stands
from tests.support import factories

STATES = list(product(Phase, (True, False)))
HEADERS = {"Accept-Language": "en", "Accept": FRAGMENTS}


@pytest.fixture(params=STATES, ids=lambda state: f"{state[0]}-{'' if state[1] else 'paused'}")
def state(request, app, techcorp):
    """A phase, and whether the stand recruits in it."""
    phase, recruiting = request.param
    fair.set_phase(actors.SYSTEM, phase)
    companies.edit(actors.SYSTEM, techcorp, {"status": "recruiting" if recruiting else "paused"})
    return phase, recruiting


def test_calling_goes_on_where_there_is_any(client, organiser, techcorp, state):
    calls = state == (Phase.OPEN, True)
    stand = client.post(f"/company/{factories.token(techcorp)}/queue/close", headers=HEADERS)
    desk = organiser.say(f"/admin/companies/{techcorp}/queue/close")
    for answer in (stand, desk):
        assert "Queue closed: nobody joins" in answer.text
        assert ("calling goes on" in answer.text) is calls


def test_an_open_queue_takes_people_only_where_they_may_join(client, organiser, techcorp, state):
    phase, recruiting = state
    stand = client.post(f"/company/{factories.token(techcorp)}/queue/open", headers=HEADERS)
    desk = organiser.say(f"/admin/companies/{techcorp}/queue/open")
    for answer in (stand, desk):
        assert ("once the stand resumes" in answer.text) is (
            phase is not Phase.CLOSED and not recruiting
        )
        assert ("but the fair is closed" in answer.text) is (phase is Phase.CLOSED)


@pytest.mark.parametrize("phase", Phase)
def test_a_stand_that_resumes_is_told_when_it_calls(app, phase):
    with app.test_request_context(), force_locale("en"):
        said = stands.resumed(phase)
    assert ("begin at the opening" in said) is (phase is Phase.PREPARING)
    assert ("but the fair is closed" in said) is (phase is Phase.CLOSED)


def test_nothing_is_said_to_move_where_nobody_is_called(organiser, techcorp, state):
    page = organiser.get("/admin/").text
    phase, recruiting = state
    assert ("Nothing stands still." in page) is (phase is Phase.OPEN and recruiting)
    assert ("every company is paused" in page) is (phase is Phase.OPEN and not recruiting)
    assert ("while the fair is not open" in page) is (phase is not Phase.OPEN)


@pytest.mark.parametrize(
    ("phase", "said"),
    [(Phase.CLOSED, "The fair is closed"), (Phase.PREPARING, "The fair has not opened yet")],
)
def test_why_nobody_starts_is_said_by_the_phase(client, organiser, techcorp, alice, phase, said):
    entry_id = factories.entry(alice, techcorp)
    fair.set_phase(actors.SYSTEM, phase)
    headers = {**alice.bearer(), "Accept-Language": "en"}
    [place] = client.get("/api/queues/", headers=headers).json
    assert place["reason"] == said
    answer = client.post(f"/api/queues/{entry_id}/start/", headers=headers)
    assert answer.json == {"detail": said, "code": "fair_not_open"}
