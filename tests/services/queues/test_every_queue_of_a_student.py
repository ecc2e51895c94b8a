"""What changes for a student is felt in every queue in which they wait: the next one is called."""

import pytest

from jobfair.domain.state import StudentStatus
from jobfair.queries.stand import stands
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories

ADMIN = actors.admin(1)


class Floor:
    """Alice is called at TechCorp and at Rival, where Bob is next."""

    def __init__(self, techcorp):
        self.techcorp, self.rival = techcorp, factories.company("Rival")
        self.alice, self.bob = factories.student("Alice"), factories.student("Bob")
        self.entry = factories.entry(self.alice, techcorp)
        self.place = factories.entry(self.alice, self.rival)
        factories.entry(self.bob, self.rival)

    @property
    def called(self):
        return [row.first_name for row in stands.called(self.rival)]


@pytest.fixture
def floor(techcorp):
    return Floor(techcorp)


def end_undone(at):
    stand = actors.company(at.techcorp)
    interviews.start(at.alice.actor, at.entry)
    interviews.complete(stand, at.entry)
    presence.change_status(at.alice.actor, StudentStatus.AVAILABLE)
    assert at.called == ["Alice"]
    interviews.undo_completion(stand, at.entry)


ACTS = {
    "leaves all": lambda at: queues.leave_all(at.alice.actor),
    "leaves": lambda at: queues.leave(at.alice.actor, at.place),
    "starts elsewhere": lambda at: interviews.start(at.alice.actor, at.entry),
    "is started elsewhere": lambda at: interviews.start_at_stand(
        actors.company(at.techcorp), at.entry, out_of_turn=False
    ),
    "interview goes on elsewhere": end_undone,
    "pauses": lambda at: presence.change_status(at.alice.actor, StudentStatus.PAUSED),
    "is forced elsewhere": lambda at: students.force_status(
        ADMIN, at.alice.student_id, StudentStatus.IN_INTERVIEW, at.techcorp
    ),
    "is edited": lambda at: students.edit(
        ADMIN, at.alice.student_id, {"status": StudentStatus.PAUSED}
    ),
    "is deactivated": lambda at: students.set_active(ADMIN, at.alice.student_id, active=False),
    "is deleted": lambda at: students.delete(ADMIN, at.alice.student_id, "Alice"),
    "is removed": lambda at: overrides.remove_entry(ADMIN, at.place),
}


@pytest.mark.parametrize("act", ACTS)
def test_who_is_not_there_any_more_lets_the_next_be_called(floor, act):
    assert floor.called == ["Alice"]
    ACTS[act](floor)
    assert floor.called == ["Bob"]


def test_who_is_through_with_an_interview_and_back_is_called_in_the_other_queue(floor):
    interviews.start(floor.alice.actor, floor.entry)
    interviews.complete(actors.company(floor.techcorp), floor.entry)
    assert floor.called == ["Bob"]
    presence.change_status(floor.alice.actor, StudentStatus.AVAILABLE)
    assert floor.called == ["Alice"]


def test_who_takes_a_start_back_is_called_in_every_queue_again(floor):
    interviews.start(floor.alice.actor, floor.entry)
    assert floor.called == ["Bob"]
    interviews.undo_start(floor.alice.actor, floor.entry)
    assert floor.called == ["Alice"]
    [again] = stands.called(floor.techcorp)
    assert again.first_name == "Alice"


def test_who_says_coming_to_another_stand_gives_way_to_who_came_back(floor):
    """Bob was first, let Alice go, and came back while she was on her way."""
    third = factories.company("Third")
    bobs, alices = (factories.entry(each, third) for each in (floor.bob, floor.alice))
    queues.pass_turn(floor.bob.actor, bobs)
    queues.say_coming(floor.alice.actor, alices)
    queues.present(floor.bob.actor, bobs)
    assert [row.first_name for row in stands.called(third)] == ["Alice"]
    queues.say_coming(floor.alice.actor, floor.entry)
    assert [row.first_name for row in stands.called(third)] == ["Bob"]
