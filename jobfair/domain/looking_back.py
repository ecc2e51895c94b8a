"""Why an entry was not called at a past moment, from the hall at that time (rule 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from jobfair.domain.events import (
    CameBack,
    CompanyStatusChanged,
    CompletionUndone,
    EntryCompleted,
    Event,
    InterviewBrokenOff,
    InterviewCompleted,
    InterviewStarted,
    Joined,
    Left,
    PaperInterviewEntered,
    PhaseChanged,
    Recorded,
    SetAside,
    StartUndone,
    StudentCreated,
    StudentDeactivated,
    StudentReactivated,
    StudentStatusChanged,
    TurnCame,
    TurnEnded,
)
from jobfair.domain.reasons import TurnEndedBecause
from jobfair.domain.state import CompanyStatus, Entry, Hall, Phase, StudentStatus
from jobfair.domain.turns import why_not_callable


class Stood(StrEnum):
    """How an entry stood: called, or the one reason why it was not."""

    NOT_IN_QUEUE = "not_in_queue"
    LEFT = "left"
    DONE = "done"
    RUNNING = "running"
    CALLED = "called"
    ASIDE = "aside"
    PAUSED = "paused"
    IN_INTERVIEW = "in_interview"
    INACTIVE = "inactive"
    STAND_PAUSED = "stand_paused"
    STAND_LEFT = "stand_left"
    FAIR_PREPARING = "fair_not_open_yet"
    FAIR_CLOSED = "fair_over"
    SEATS_TAKEN = "seats_taken"
    OTHERS_CALLED = "others_called"
    HELD_BEHIND = "held_behind"
    """The free seats were given to others. One of these stands behind, and said «J'y vais» before
    this one was ready again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entry stood, and the figures of its queue; nobody else is named.

    `ahead` are the waiting entries before it, none where its position is still to be drawn,
    `called` the others that were called, `coming` those of them who had said «J'y vais», `slots`
    and `running` the stand's. `elsewhere` is the entry of the interview that the student was in,
    where they were in one at another stand.
    """

    because: Stood
    ahead: int = 0
    called: int = 0
    coming: int = 0
    slots: int = 0
    running: int = 0
    elsewhere: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The begin and end of that state; None if not known, or not over.

    `aside` is why it was set aside, an `AsideBecause`; None where its interview was broken off.
    """

    since: datetime | None = None
    until: datetime | None = None
    aside: str | None = None


def standing(hall: Hall, entry_id: int) -> Standing:
    """The state of an entry in this hall, which must hold all entries of its queue and its student.

    If the entry is missing, it had not joined yet, or its company or student was deleted.
    """
    entry = hall.entries.get(entry_id)
    if entry is None:
        return Standing(Stood.NOT_IN_QUEUE)
    company = hall.companies[entry.company_id]
    others = [each for each in hall.waiting_at(company.id) if each.id != entry.id]
    called = [each for each in others if each.turn is not None]
    if entry.turn is not None:
        because = Stood.CALLED
    else:
        because = Stood.RUNNING if entry.running else _because(hall, entry, called)
    return Standing(
        because,
        ahead=0 if entry.position is None else sum(each.order < entry.order for each in others),
        called=len(called),
        coming=sum(each.held for each in called),
        slots=company.slots,
        running=company.running,
        elsewhere=_interview_of(hall, entry) if because is Stood.IN_INTERVIEW else None,
    )


def _because(hall: Hall, entry: Entry, called: Iterable[Entry]) -> Stood:
    company = hall.companies[entry.company_id]
    because = why_not_callable(hall, entry)
    match because:
        case TurnEndedBecause.COMPANY_PAUSED:
            return Stood.STAND_LEFT if company.has_left else Stood.STAND_PAUSED
        case TurnEndedBecause.FAIR_NOT_OPEN:
            return Stood.FAIR_CLOSED if hall.phase is Phase.CLOSED else Stood.FAIR_PREPARING
        case TurnEndedBecause.NO_FREE_SLOT:
            return Stood.SEATS_TAKEN
        case TurnEndedBecause.SOMEONE_AHEAD:
            behind = any(each.order > entry.order for each in called)
            return Stood.HELD_BEHIND if behind else Stood.OTHERS_CALLED
        case (
            TurnEndedBecause.LEFT
            | TurnEndedBecause.DONE
            | TurnEndedBecause.ASIDE
            | TurnEndedBecause.PAUSED
            | TurnEndedBecause.IN_INTERVIEW
            | TurnEndedBecause.INACTIVE
        ):
            return Stood(because.value)
        case _:
            assert_never(because)


def _interview_of(hall: Hall, entry: Entry) -> int | None:
    return next((each.id for each in hall.entries_by(entry.student_id) if each.running), None)


def span(stood: Standing, entry_id: int, journal: Iterable[Recorded], number: int) -> Span:
    """When the state that an entry had at a journal number began, and when it ended.

    `journal` has the events about its student, and those about the status of its company and the
    phase of the fair, in order.
    """
    since = until = aside = None
    for each in journal:
        begins = _begins(stood, entry_id, each.event)
        if each.number <= number and begins:
            since = each.at
            aside = each.event.reason if isinstance(each.event, SetAside) else None
        elif each.number > number and begins is False:
            until = each.at
            break
    return Span(since, until, aside)


def _begins(stood: Standing, entry_id: int, event: Event) -> bool | None:
    """Whether an event begins such a time, or ends it; None where it does neither."""
    of = getattr(event, "entry_id", None)
    match stood.because:
        case (
            Stood.NOT_IN_QUEUE
            | Stood.LEFT
            | Stood.DONE
            | Stood.RUNNING
            | Stood.CALLED
            | Stood.ASIDE
        ):
            return _OF_ENTRY[stood.because](event) if of == entry_id else None
        case Stood.IN_INTERVIEW:
            return _in_interview(event) if of == stood.elsewhere else None
        case Stood.PAUSED:
            return _on_break(event)
        case Stood.INACTIVE:
            return _inactive(event)
        case Stood.STAND_PAUSED | Stood.STAND_LEFT:
            return _paused(event)
        case Stood.FAIR_PREPARING | Stood.FAIR_CLOSED:
            return _not_open(event)
        case Stood.SEATS_TAKEN | Stood.OTHERS_CALLED | Stood.HELD_BEHIND:
            return None
        case _:
            assert_never(stood.because)


def _joined(event: Event) -> bool | None:
    return False if isinstance(event, Joined) else None


def _left(event: Event) -> bool | None:
    return True if isinstance(event, Left) else None


def _inactive(event: Event) -> bool | None:
    match event:
        case StudentDeactivated():
            return True
        case StudentReactivated():
            return False
        case _:
            return None


def _paused(event: Event) -> bool | None:
    if isinstance(event, CompanyStatusChanged):
        return event.after == CompanyStatus.PAUSED
    return None


def _not_open(event: Event) -> bool | None:
    return event.after != Phase.OPEN if isinstance(event, PhaseChanged) else None


def _called(event: Event) -> bool | None:
    match event:
        case TurnCame():
            return True
        case TurnEnded() | InterviewStarted():
            return False
        case _:
            return None


def _set_aside(event: Event) -> bool | None:
    match event:
        case SetAside() | InterviewBrokenOff():
            return True
        case CameBack() | InterviewStarted() | Left() | EntryCompleted() | PaperInterviewEntered():
            return False
        case _:
            return None


def _in_interview(event: Event) -> bool | None:
    match event:
        case InterviewStarted() | CompletionUndone():
            return True
        case InterviewCompleted() | StartUndone() | InterviewBrokenOff() | Left():
            return False
        case _:
            return None


def _done(event: Event) -> bool | None:
    match event:
        case InterviewCompleted() | EntryCompleted() | PaperInterviewEntered():
            return True
        case CompletionUndone() | Left():
            return False
        case _:
            return None


def _on_break(event: Event) -> bool | None:
    match event:
        case InterviewCompleted():
            return True
        case StudentStatusChanged(after=status) | InterviewBrokenOff(after=status):
            return status == StudentStatus.PAUSED
        case StudentCreated(status=status):
            return status == StudentStatus.PAUSED
        case InterviewStarted() | StartUndone() | CompletionUndone():
            return False
        case _:
            return None


_OF_ENTRY: dict[Stood, Callable[[Event], bool | None]] = {
    Stood.NOT_IN_QUEUE: _joined,
    Stood.LEFT: _left,
    Stood.DONE: _done,
    Stood.RUNNING: _in_interview,
    Stood.CALLED: _called,
    Stood.ASIDE: _set_aside,
}
