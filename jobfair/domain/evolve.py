"""What each event changes, and the one way to carry events out: `advance`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from jobfair.domain.decisions.calling import HOLD
from jobfair.domain.events import (
    CallSeen,
    CameBack,
    CompanyCreated,
    CompanyDeleted,
    CompanyRenamed,
    CompanyStatusChanged,
    CompletionUndone,
    Deletion,
    DoorSignPutUp,
    DoorSignTakenDown,
    EntryCompleted,
    Event,
    FairPurged,
    HoldEnded,
    HoldGivenUp,
    InterviewBrokenOff,
    InterviewCompleted,
    InterviewStarted,
    Joined,
    JournalOnly,
    Left,
    LotDrawn,
    LotLifted,
    LotSealed,
    PaperInterviewEntered,
    PhaseChanged,
    PlacesDealt,
    PutIntoLot,
    QueueClosed,
    QueueLimitChanged,
    QueueOpened,
    Recorded,
    Reminded,
    Reordered,
    SaidComing,
    SetAside,
    SlotsChanged,
    StartUndone,
    StudentCreated,
    StudentDeactivated,
    StudentDeleted,
    StudentEdited,
    StudentReactivated,
    StudentStatusChanged,
    TurnCame,
    TurnEnded,
    TurnSoon,
)
from jobfair.domain.reasons import TurnEndedBecause
from jobfair.domain.state import (
    Company,
    CompanyStatus,
    DoorSign,
    Entry,
    EntryState,
    Hall,
    Phase,
    Presence,
    Student,
    StudentStatus,
)
from jobfair.domain.turns import turn_changes

EntryEvent = (
    Left
    | SetAside
    | CameBack
    | InterviewStarted
    | StartUndone
    | InterviewCompleted
    | CompletionUndone
    | InterviewBrokenOff
    | EntryCompleted
    | PaperInterviewEntered
)
StudentEvent = (
    StudentCreated
    | StudentDeleted
    | StudentDeactivated
    | StudentReactivated
    | StudentStatusChanged
    | StudentEdited
)
CompanyEvent = (
    CompanyCreated
    | CompanyDeleted
    | CompanyRenamed
    | CompanyStatusChanged
    | DoorSignPutUp
    | DoorSignTakenDown
    | QueueOpened
    | QueueClosed
    | SlotsChanged
    | QueueLimitChanged
)

FairEvent = (
    Joined
    | PhaseChanged
    | LotSealed
    | LotLifted
    | LotDrawn
    | Reordered
    | PutIntoLot
    | PlacesDealt
    | FairPurged
)

CallEvent = (
    TurnCame | TurnEnded | CallSeen | SaidComing | HoldEnded | HoldGivenUp | TurnSoon | Reminded
)


def advance(hall: Hall, events: Iterable[Event], at: datetime) -> list[Recorded]:
    """Carry out a decision's events, then the turns they began or ended.

    Takes the hall, which it changes, and the time of the transition. Returns every event
    with its number, in order; the journal stores exactly these.
    """
    recorded: list[Recorded] = []
    touched: set[int] = set()

    def record(event: Event) -> None:
        hall.number += 1
        changed = evolve(hall, event, hall.number, at)
        touched.update(changed)
        recorded.append(Recorded(hall.number, at, event, frozenset(changed | _company_of(event))))

    decided = tuple(events)
    for event in decided:
        if not isinstance(event, Deletion):
            record(event)
    for event in tuple(turn_changes(hall, touched)):
        record(event)
    for event in decided:
        if isinstance(event, Deletion):
            record(event)
    return recorded


def _company_of(event: Event) -> set[int]:
    company_id = getattr(event, "company_id", None)
    return set() if company_id is None else {company_id}


def evolve(hall: Hall, event: Event, number: int, at: datetime) -> set[int]:
    """Apply one event to the hall.

    Takes the event's journal number and time; returns the ids of the companies whose queue
    may have changed by it.
    """
    if isinstance(event, JournalOnly):
        return set()
    if isinstance(event, CallEvent):
        hall.put(_apply_call_event(hall.entries[event.entry_id], event, number, at))
        return {event.company_id} if isinstance(event, HoldEnded | HoldGivenUp) else set()
    if isinstance(event, EntryEvent):
        return _apply_entry_event(hall, event, number, at)
    if isinstance(event, StudentEvent):
        return _apply_student_event(hall, event)
    if isinstance(event, CompanyEvent):
        return _apply_company_event(hall, event)
    return _apply_to_fair(hall, event, at)


def _apply_to_fair(hall: Hall, event: FairEvent, at: datetime) -> set[int]:
    match event:
        case Joined():
            return _apply_joined(hall, event, at)
        case PhaseChanged():
            hall.phase = Phase(event.after)
            return set(hall.companies)
        case LotSealed() | LotLifted() | LotDrawn():
            hall.lot_sealed = isinstance(event, LotSealed)
            return set()
        case Reordered() | PutIntoLot() | PlacesDealt():
            return _apply_order(hall, event)
        case FairPurged():
            return _apply_purged(hall, event)


def _apply_order(hall: Hall, event: Reordered | PutIntoLot | PlacesDealt) -> set[int]:
    match event:
        case Reordered():
            return _set_positions(hall, event.company_id, event.after)
        case PutIntoLot():
            return _set_positions(
                hall, event.company_id, ((each, None) for each, _ in event.before)
            )
        case PlacesDealt():
            company = hall.companies[event.company_id]
            last = max(position for _, position in event.dealt)
            hall.put(replace(company, last_position=last))
            return _set_positions(hall, event.company_id, event.dealt)


def _set_positions(
    hall: Hall, company_id: int, positions: Iterable[tuple[int, int | None]]
) -> set[int]:
    for entry_id, position in positions:
        hall.put(replace(hall.entries[entry_id], position=position))
    return {company_id}


def _apply_purged(hall: Hall, event: FairPurged) -> set[int]:
    hall.phase, hall.lot_sealed = Phase.PREPARING, False
    for student_id in tuple(hall.students):
        hall.drop_entries(hall.entries_by(student_id))
        del hall.students[student_id]
    hall.companies.clear()
    for stand in event.stands:
        hall.put(Company(**{**stand, "status": CompanyStatus(stand["status"])}))
    return set()


def _apply_joined(hall: Hall, event: Joined, at: datetime) -> set[int]:
    company = hall.companies[event.company_id]
    entry = Entry(
        id=event.entry_id,
        company_id=event.company_id,
        student_id=event.student_id,
        position=event.position,
        presence=hall.students[event.student_id].presence,
        created_at=at,
    )
    hall.put(
        entry,
        replace(
            company,
            last_position=company.last_position if event.position is None else event.position,
            waiting=company.waiting + 1,
        ),
    )
    return {company.id}


def _apply_call_event(entry: Entry, event: CallEvent, number: int, at: datetime) -> Entry:
    """The entry after one such event, whose journal number and time are given."""
    match event:
        case TurnCame():
            return replace(entry, turn=number, called_at=at, overtaken=False)
        case TurnEnded():
            overtaken = event.reason == TurnEndedBecause.SOMEONE_AHEAD
            return replace(_without_turn(entry), called_at=None, overtaken=overtaken)
        case CallSeen():
            return replace(entry, seen=True)
        case SaidComing():
            return replace(entry, seen=True, coming_at=at, held_until=at + HOLD)
        case HoldEnded():
            return replace(entry, held_until=None)
        case HoldGivenUp():
            return replace(entry, coming_at=None, held_until=None)
        case TurnSoon():
            return replace(entry, told_soon=True)
        case Reminded():
            return replace(entry, reminded=True)


def _without_turn(entry: Entry) -> Entry:
    """The entry without its turn; only the time of the call stays."""
    return replace(entry, turn=None, seen=False, coming_at=None, held_until=None)


def _apply_entry_event(hall: Hall, event: EntryEvent, number: int, at: datetime) -> set[int]:
    entry = hall.entries[event.entry_id]
    after, status = _entry_after(entry, event, number, at), _status_after(entry, event)
    hall.put(after)
    _recount(hall, entry, after)
    if status is None:
        return {entry.company_id}
    where = entry.company_id if status is StudentStatus.IN_INTERVIEW else None
    student = replace(hall.students[entry.student_id], status=status, company_id=where)
    return {entry.company_id} | _set_student(hall, student)


def _entry_after(entry: Entry, event: EntryEvent, number: int, at: datetime) -> Entry:
    """The entry after one such event, whose journal number and time are given."""
    match event:
        case SetAside() | CameBack():
            return replace(entry, aside=isinstance(event, SetAside))
        case Left():
            return replace(entry, state=EntryState.LEFT, slot=None, ended=number)
        case EntryCompleted() | InterviewCompleted():
            return replace(entry, state=EntryState.DONE, slot=None, ended=number, completed_at=at)
        case PaperInterviewEntered():
            started_at, completed_at = map(
                datetime.fromisoformat, (event.started_at, event.ended_at)
            )
            done = replace(entry, state=EntryState.DONE, ended=number)
            return replace(done, started_at=started_at, completed_at=completed_at)
        case InterviewStarted():
            # The start uses the turn up: no TurnEnded follows, and nobody is notified.
            running = replace(_without_turn(entry), state=EntryState.RUNNING)
            return replace(running, slot=event.slot, started_at=at)
        case StartUndone():
            return _not_started(entry)
        case CompletionUndone():
            running = replace(entry, state=EntryState.RUNNING, slot=event.slot)
            return replace(running, ended=None, completed_at=None)
        case InterviewBrokenOff():
            return replace(_not_started(entry), aside=True)


def _not_started(entry: Entry) -> Entry:
    """A running entry that waits again; a call that follows counts from then."""
    waiting = replace(entry, state=EntryState.WAITING, slot=None)
    return replace(waiting, called_at=None, started_at=None)


def _status_after(entry: Entry, event: EntryEvent) -> StudentStatus | None:
    """The status of the entry's student after one such event; None if it stays as it is."""
    match event:
        case InterviewStarted() | CompletionUndone():
            return StudentStatus.IN_INTERVIEW
        case InterviewCompleted():
            return StudentStatus.PAUSED
        case StartUndone():
            return StudentStatus.AVAILABLE
        case InterviewBrokenOff():
            return StudentStatus(event.after)
        case Left() if entry.running:
            return StudentStatus.AVAILABLE
        case _:
            return None


def _recount(hall: Hall, before: Entry, after: Entry) -> None:
    company = hall.companies[before.company_id]
    hall.put(
        replace(
            company,
            waiting=company.waiting + after.waiting - before.waiting,
            running=company.running + after.running - before.running,
        )
    )


def _set_student(hall: Hall, student: Student) -> set[int]:
    """Replace a student, and copy their new presence to each of their waiting entries.

    Returns the ids of the companies where they wait.
    """
    hall.put(student)
    touched = set()
    for entry in tuple(hall.entries_by(student.id)):
        if not entry.waiting:
            continue
        # Somebody who pauses while they are called knows of their turn: no reminder.
        knows = student.presence is Presence.PAUSED and entry.turn is not None
        hall.put(replace(entry, presence=student.presence, reminded=knows))
        touched.add(entry.company_id)
    return touched


def _apply_student_event(hall: Hall, event: StudentEvent) -> set[int]:
    match event:
        case StudentCreated():
            hall.put(Student(event.student_id, StudentStatus(event.status)))
            return set()
        case StudentDeleted():
            hall.drop_entries(hall.entries_by(event.student_id))
            del hall.students[event.student_id]
            return set()
        case StudentDeactivated() | StudentReactivated():
            student = hall.students[event.student_id]
            active = isinstance(event, StudentReactivated)
            return _set_student(hall, replace(student, active=active))
        case StudentStatusChanged():
            student = hall.students[event.student_id]
            return _set_student(hall, replace(student, status=StudentStatus(event.after)))
        case StudentEdited():
            return {entry.company_id for entry in hall.entries_by(event.student_id) if entry.live}


def _apply_company_event(hall: Hall, event: CompanyEvent) -> set[int]:
    match event:
        case CompanyCreated():
            company = Company(
                id=event.company_id,
                name=event.name,
                status=CompanyStatus(event.status),
                slots=event.slots,
                queue_limit=event.queue_limit,
            )
        case CompanyDeleted():
            hall.drop_entries(hall.entries_of(event.company_id))
            del hall.companies[event.company_id]
            return set()
        case CompanyRenamed():
            company = replace(hall.companies[event.company_id], name=event.after)
        case CompanyStatusChanged():
            status = CompanyStatus(event.after)
            company = replace(
                hall.companies[event.company_id],
                status=status,
                paused_with_all=event.with_all and status is CompanyStatus.PAUSED,
                has_left=event.left,
            )
        case DoorSignPutUp():
            sign, until = DoorSign(event.sign), datetime.fromisoformat(event.until)
            company = replace(
                hall.companies[event.company_id],
                sign=sign,
                sign_text=event.text,
                sign_until=until,
            )
        case DoorSignTakenDown():
            company = replace(
                hall.companies[event.company_id], sign=None, sign_text=None, sign_until=None
            )
        case QueueOpened() | QueueClosed():
            company = replace(
                hall.companies[event.company_id], queue_open=isinstance(event, QueueOpened)
            )
        case SlotsChanged():
            company = replace(hall.companies[event.company_id], slots=event.after)
        case QueueLimitChanged():
            company = replace(hall.companies[event.company_id], queue_limit=event.after)
    hall.put(company)
    return {company.id}
