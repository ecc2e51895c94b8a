"""What a stand does about interviews: out of turn, and taking back the end of the last one."""

import pytest

from jobfair.domain.refusals import Refusal
from jobfair.services.queues import interviews, overrides
from jobfair.unit_of_work import actors
from tests.support import factories


@pytest.fixture
def line(techcorp):
    """The entries of three who wait there, the first of them called."""
    return [factories.entry(factories.student(name), techcorp) for name in ("Ann", "Bob", "Cy")]


def test_a_stand_takes_somebody_out_of_turn_only_where_it_says_so(techcorp, line):
    stand = actors.company(techcorp)
    refused = interviews.start_at_stand(stand, line[1], out_of_turn=False)
    assert refused == Refusal("not_your_turn")
    started = interviews.start_at_stand(stand, line[1], out_of_turn=True)
    assert started.company.id == techcorp


def test_the_last_interview_is_the_last_of_those_that_are_done(techcorp, line):
    """One that was removed is none, though its entry ended later."""
    stand = actors.company(techcorp)
    for each in line[:2]:
        interviews.start_at_stand(stand, each, out_of_turn=False)
        interviews.complete(stand, each)
    assert interviews.undo_completion(stand, line[0]) == Refusal("not_the_last")
    overrides.remove_entry(actors.SYSTEM, line[1])
    assert not isinstance(interviews.undo_completion(stand, line[0]), Refusal)
