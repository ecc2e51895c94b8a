"""What a fair consists of at one moment: the fair, its companies, students and entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import inf


class Phase(StrEnum):
    """Preparing: students join, nobody is called. Open: everything. Closed: no joins, no calls."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"


class ScreenNames(StrEnum):
    """How the hall's screen says who is called: first name and initial, or a code."""

    NAMES = "names"
    CODES = "codes"


class CompanyStatus(StrEnum):
    """Whether a stand calls students at all."""

    RECRUITING = "recruiting"
    PAUSED = "paused"


class DoorSign(StrEnum):
    """What a stand says to its own queue: one of the ready sentences, or words of its own."""

    BACK_IN_10 = "back_in_10"
    BACK_IN_20 = "back_in_20"
    LUNCH = "lunch"
    LATE = "late"
    OWN_WORDS = "own_words"


class StudentStatus(StrEnum):
    """What a student is doing."""

    AVAILABLE = "available"
    IN_INTERVIEW = "in_interview"
    PAUSED = "paused"


class Presence(StrEnum):
    """Whether the student of a waiting entry could come. All but available are shown greyed."""

    AVAILABLE = "available"
    IN_INTERVIEW = "in_interview"
    PAUSED = "paused"
    INACTIVE = "inactive"


class EntryState(StrEnum):
    """The life of an entry."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    LEFT = "left"


LIVE = (EntryState.WAITING, EntryState.RUNNING)
"""The states in which an entry still takes part in the fair."""


class SeatsAndQueue:
    """What follows from a stand's status and counts, for all that have them."""

    __slots__ = ()

    status: CompanyStatus
    slots: int
    queue_limit: int | None
    waiting: int
    running: int

    @property
    def recruiting(self) -> bool:
        return self.status is CompanyStatus.RECRUITING

    @property
    def free_slots(self) -> int:
        """Slots minus running interviews, never below 0 (they may exceed the slots: rule 6)."""
        return max(0, self.slots - self.running)

    @property
    def full(self) -> bool:
        """Whether the optional limit on waiting entries is reached."""
        return self.queue_limit is not None and self.waiting >= self.queue_limit


@dataclass(frozen=True, slots=True)
class Company(SeatsAndQueue):
    """A stand. `waiting` and `running` count its entries in those states.

    `paused_with_all` says that it is paused because all were, and not by itself, `has_left` that
    it is because its stand left before the end. `sign` is what it says to its own queue until
    `sign_until`, None where it says nothing; `sign_text` are its own words.
    """

    id: int
    name: str
    status: CompanyStatus = CompanyStatus.RECRUITING
    queue_open: bool = True
    slots: int = 1
    queue_limit: int | None = None
    last_position: int = 0
    waiting: int = 0
    running: int = 0
    paused_with_all: bool = False
    has_left: bool = False
    sign: DoorSign | None = None
    sign_text: str | None = None
    sign_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Student:
    """A person. `company_id` is where they are in an interview, else None."""

    id: int
    status: StudentStatus = StudentStatus.AVAILABLE
    active: bool = True
    company_id: int | None = None

    @property
    def presence(self) -> Presence:
        """How the student's waiting entries see them (rules 2 and 10)."""
        return Presence(self.status) if self.active else Presence.INACTIVE


@dataclass(frozen=True, slots=True)
class Entry:
    """One student's place in one company's queue.

    `position` is None while it has none: that of a fair by lot, until it is drawn (rule 17).
    `presence` repeats the student's, so that a queue can be read without its students.
    `turn` is the number of the journal row that made the entry callable, None while it is
    not: a turn and the right to start are the same thing (rule 9). Of that turn, `seen` says
    that its owner's screen has shown it, `coming_at` when they said «J'y vais», `held_until`
    when their hold ends, None once it has. `overtaken` says that its last turn ended because
    somebody ahead came back. `ended` is the number of the row that ended the
    entry for good. `told_soon` says that its owner was told «Bientôt votre tour», which is said
    once. `aside` is kept during an interview, in case its start is taken back.
    """

    id: int
    company_id: int
    student_id: int
    position: int | None
    state: EntryState = EntryState.WAITING
    aside: bool = False
    presence: Presence = Presence.AVAILABLE
    reminded: bool = False
    told_soon: bool = False
    turn: int | None = None
    slot: int | None = None
    ended: int | None = None
    created_at: datetime | None = None
    called_at: datetime | None = None
    seen: bool = False
    coming_at: datetime | None = None
    held_until: datetime | None = None
    overtaken: bool = False
    started_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def order(self) -> tuple[float, int]:
        """What a queue is sorted by: the position; entries without one come last."""
        return (inf if self.position is None else self.position, self.id)

    @property
    def waiting(self) -> bool:
        return self.state is EntryState.WAITING

    @property
    def running(self) -> bool:
        return self.state is EntryState.RUNNING

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def held(self) -> bool:
        """Its student has said «J'y vais»: somebody ahead who comes back does not take the turn."""
        return self.held_until is not None

    @property
    def ready(self) -> bool:
        """Waiting, neither greyed nor set aside: it is called when a slot is free for it."""
        return self.waiting and not self.aside and self.presence is Presence.AVAILABLE


@dataclass
class Hall:
    """A fair, or the part of it that one transition needs.

    A part is enough when it holds:

    - the entry that is decided on, in whatever state
    - the running entries of the company where an interview may start
    - each company whose queue can change, with its called entries, and with the first of its
      ready and of its paused entries: one more than slots can become free, and of the ready
      ones `MOST_TOLD_SOON` more
    - for each student whose status can change, all their live entries

    `beyond` has the companies of which not all ready entries were loaded. It gives the position
    up to which all of them were.

    `number` is the newest journal number; the next event gets the one after it.
    `lot_sealed` says that students who join get no position until the fair opens (rule 17).
    """

    phase: Phase = Phase.OPEN
    number: int = 0
    companies: dict[int, Company] = field(default_factory=dict)
    students: dict[int, Student] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    beyond: dict[int, int] = field(default_factory=dict)
    lot_sealed: bool = False

    def __post_init__(self) -> None:
        self._by_company: defaultdict[int, set[int]] = defaultdict(set)
        self._by_student: defaultdict[int, set[int]] = defaultdict(set)
        for entry in self.entries.values():
            self._index(entry)

    def _index(self, entry: Entry) -> None:
        self._by_company[entry.company_id].add(entry.id)
        self._by_student[entry.student_id].add(entry.id)

    def put(self, *things: Company | Student | Entry) -> None:
        """Add things, or replace those with the same id."""
        for thing in things:
            match thing:
                case Company():
                    self.companies[thing.id] = thing
                case Student():
                    self.students[thing.id] = thing
                case Entry():
                    self.entries[thing.id] = thing
                    self._index(thing)

    def drop_entries(self, entries: Iterable[Entry]) -> None:
        """Forget entries whose company or student is deleted."""
        for entry in tuple(entries):
            del self.entries[entry.id]
            self._by_company[entry.company_id].discard(entry.id)
            self._by_student[entry.student_id].discard(entry.id)

    def entries_of(self, company_id: int) -> Iterator[Entry]:
        """The known entries of one company, in no order."""
        return (self.entries[each] for each in self._by_company.get(company_id, ()))

    def entries_by(self, student_id: int) -> Iterator[Entry]:
        """The known entries of one student, in no order."""
        return (self.entries[each] for each in self._by_student.get(student_id, ()))

    def entry_between(self, student_id: int, company_id: int) -> Entry | None:
        """The student's waiting, running or done entry there, of which there is at most one."""
        return next(
            (
                entry
                for entry in self.entries_by(student_id)
                if entry.company_id == company_id and entry.state is not EntryState.LEFT
            ),
            None,
        )

    def waiting_at(self, company_id: int) -> list[Entry]:
        """The known waiting entries of one company in order of position."""
        return sorted(
            (entry for entry in self.entries_of(company_id) if entry.waiting),
            key=lambda entry: entry.order,
        )
