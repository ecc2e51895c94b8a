"""Why somebody was not called at a past moment: each reason, and from when until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from jobfair.domain.evolve import evolve
from jobfair.domain.looking_back import Span, Standing, Stood, span, standing
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.state import Hall, Phase
from tests.domain.a_hall import Fair


@dataclass(frozen=True)
class Looked:
    """What is found of Bob at Acme in a fair, at the number of the journal that was noted."""

    fair: Fair
    entry_id: int
    number: int

    @property
    def standing(self) -> Standing:
        return standing(replayed(self.fair, self.number), self.entry_id)

    @property
    def span(self) -> Span:
        bob = self.fair.students["Bob"]
        rows = [e for e in self.fair.journal if getattr(e.event, "student_id", bob) == bob]
        return span(self.standing, self.entry_id, rows, self.number)


def replayed(fair: Fair, number: int) -> Hall:
    hall = Hall()
    for each in fair.journal:
        if each.number <= number:
            hall.number = each.number
            evolve(hall, each.event, each.number, each.at)
    return hall


def a_fair() -> Fair:
    """Alice is called at Acme, Bob is behind her, and first at Globex."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob")
    fair.queue("Globex", "Bob")
    return fair


def in_an_interview_elsewhere(fair: Fair) -> Iterator[None]:
    fair.starts("Bob", "Globex")
    yield
    fair.completes("Bob", "Globex")


def on_a_break(fair: Fair) -> Iterator[None]:
    fair.pauses("Bob")
    yield
    fair.returns("Bob")


def on_the_break_after_an_interview(fair: Fair) -> Iterator[None]:
    fair.starts("Bob", "Globex")
    fair.completes("Bob", "Globex")
    yield
    fair.returns("Bob")


def deactivated(fair: Fair) -> Iterator[None]:
    fair.deactivates("Bob")
    yield
    fair.reactivates("Bob")


def set_aside(fair: Fair) -> Iterator[None]:
    fair.leaves("Alice", "Acme")
    fair.absent("Bob", "Acme")
    yield
    fair.says_here("Bob", "Acme")


def the_stand_paused(fair: Fair) -> Iterator[None]:
    fair.stand_pauses("Acme")
    yield
    fair.stand_resumes("Acme")


def the_stand_left(fair: Fair) -> Iterator[None]:
    fair.stand_leaves("Acme")
    yield
    fair.stand_resumes("Acme")


def the_fair_closed(fair: Fair) -> Iterator[None]:
    fair.phase(Phase.CLOSED)
    yield
    fair.phase(Phase.OPEN)


def the_fair_preparing(fair: Fair) -> Iterator[None]:
    fair.phase(Phase.PREPARING)
    yield
    fair.phase(Phase.OPEN)


def called(fair: Fair) -> Iterator[None]:
    fair.leaves("Alice", "Acme")
    yield
    fair.starts("Bob", "Acme")


def running(fair: Fair) -> Iterator[None]:
    fair.leaves("Alice", "Acme")
    fair.starts("Bob", "Acme")
    yield
    fair.completes("Bob", "Acme")


def done(fair: Fair) -> Iterator[None]:
    fair.leaves("Alice", "Acme")
    fair.starts("Bob", "Acme")
    fair.completes("Bob", "Acme")
    yield
    fair.undoes_for("Bob", "Acme")


IN_BETWEEN: dict[Stood, Callable[[Fair], Iterator[None]]] = {
    Stood.IN_INTERVIEW: in_an_interview_elsewhere,
    Stood.PAUSED: on_a_break,
    Stood.INACTIVE: deactivated,
    Stood.ASIDE: set_aside,
    Stood.STAND_PAUSED: the_stand_paused,
    Stood.STAND_LEFT: the_stand_left,
    Stood.FAIR_CLOSED: the_fair_closed,
    Stood.FAIR_PREPARING: the_fair_preparing,
    Stood.CALLED: called,
    Stood.RUNNING: running,
    Stood.DONE: done,
}
TIMELESS = {Stood.SEATS_TAKEN, Stood.OTHERS_CALLED, Stood.HELD_BEHIND}
"""They change with every call, so from when until when would say nothing."""


def test_every_reason_is_tried() -> None:
    assert IN_BETWEEN.keys() | TIMELESS | {Stood.NOT_IN_QUEUE, Stood.LEFT} == set(Stood)


@pytest.mark.parametrize(
    ("because", "story"),
    [*IN_BETWEEN.items(), (Stood.PAUSED, on_the_break_after_an_interview)],
)
def test_each_is_told_with_its_beginning_and_its_end(
    because: Stood, story: Callable[[Fair], Iterator[None]]
) -> None:
    fair = a_fair()
    entry_id = fair.entry("Bob", "Acme").id
    telling = story(fair)
    next(telling)
    began, number = fair.last[0].at, fair.hall.number
    fair.new_student("Dan")
    assert Looked(fair, entry_id, number).span.until is None
    next(telling, None)
    ended = fair.last[0].at
    look = Looked(fair, entry_id, number)
    assert look.standing.because is because
    assert (look.span.since, look.span.until) == (began, ended)


def test_before_joining() -> None:
    fair = Fair("Bob", Acme=1)
    number = fair.hall.number
    fair.joins("Bob", "Acme")
    joined = fair.last[0].at
    look = Looked(fair, fair.entry("Bob", "Acme").id, number)
    assert look.standing == Standing(Stood.NOT_IN_QUEUE)
    assert look.span == Span(None, joined)


def test_after_leaving() -> None:
    fair = a_fair()
    entry_id = fair.entry("Bob", "Acme").id
    fair.leaves("Bob", "Acme")
    look = Looked(fair, entry_id, fair.hall.number)
    assert look.standing.because is Stood.LEFT
    assert look.span == Span(fair.last[0].at, None)


def test_why_somebody_was_set_aside() -> None:
    fair = a_fair()
    fair.leaves("Alice", "Acme")
    fair.passes("Bob", "Acme")
    look = Looked(fair, fair.entry("Bob", "Acme").id, fair.hall.number)
    assert look.span.aside == AsideBecause.PASSED


def test_others_ahead_have_the_seats() -> None:
    fair = a_fair()
    entry_id = fair.entry("Bob", "Acme").id
    assert Looked(fair, entry_id, fair.hall.number).standing == Standing(
        Stood.OTHERS_CALLED, ahead=1, called=1, slots=1
    )
    fair.says_coming("Alice", "Acme")
    assert Looked(fair, entry_id, fair.hall.number).standing.coming == 1
    fair.starts("Alice", "Acme")
    taken = Looked(fair, entry_id, fair.hall.number)
    assert taken.standing == Standing(Stood.SEATS_TAKEN, slots=1, running=1)
    assert taken.span == Span()


def test_somebody_behind_holds_the_seat() -> None:
    fair = a_fair()
    fair.leaves("Alice", "Acme")
    fair.pauses("Bob")
    fair.joins("Chloé", "Acme")
    fair.says_coming("Chloé", "Acme")
    fair.returns("Bob")
    look = Looked(fair, fair.entry("Bob", "Acme").id, fair.hall.number)
    assert look.standing == Standing(Stood.HELD_BEHIND, called=1, coming=1, slots=1)
