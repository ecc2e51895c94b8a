"""The values that pages, JSON and streams show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from math import inf
from typing import Any, NamedTuple
from urllib.parse import urlencode

from jobfair import clock
from jobfair.domain.decisions.expiry import CallLength
from jobfair.domain.decisions.undoing import UNDO_WITHIN
from jobfair.domain.state import (
    CompanyStatus,
    DoorSign,
    EntryState,
    Phase,
    Presence,
    SeatsAndQueue,
    StudentStatus,
)
from jobfair.domain.waiting_time import NoRange, Range, Unsaid
from jobfair.fields.input.folding import folded
from jobfair.models import Company, Verdict


@dataclass(frozen=True, slots=True)
class CompanyView(SeatsAndQueue):
    """A stand as everybody sees it. `revision` is the last journal number that changed it.

    `has_left` says that it is paused because it left before the end.
    `sign` is what it says to its own queue until `sign_until`, None where it says nothing;
    `sign_text` are its own words.
    """

    id: int
    name: str
    stand: str | None
    hall: str | None
    status: CompanyStatus
    queue_open: bool
    slots: int
    queue_limit: int | None
    waiting: int
    running: int
    revision: int = field(default=0, compare=False)
    sign: DoorSign | None = None
    sign_text: str | None = None
    sign_until: datetime | None = None
    has_left: bool = False

    @property
    def shown_status(self) -> str:
        """What the organisers read of it: paused for a while, or gone."""
        return "has_left" if self.has_left else self.status


COMPANY_COLUMNS = [Company.__table__.c[each.name] for each in fields(CompanyView)]
"""What a statement selects to make one: `CompanyView(*row)`."""


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """What students read of a company beside its name and place.

    See `fields.companies.company_profiles`.
    """

    description: str | None
    sectors: str | None
    looking_for: str | None
    languages: str | None
    link: str | None
    logo: str | None


PROFILE_COLUMNS = [Company.__table__.c[each.name] for each in fields(CompanyProfile)]
"""The same for a profile."""


@dataclass(frozen=True, slots=True)
class StudentView:
    """A student. `company` is the (id, name) of the one where they are in an interview.

    `shows_introduction` is None until they have said whether stands see what they have written.
    """

    id: int
    user_id: int
    email: str
    first_name: str
    last_name: str
    status: StudentStatus
    active: bool
    address_confirmed_at: datetime | None
    shows_introduction: bool | None
    company: tuple[int, str] | None = None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def undoable_until(since: datetime | None) -> datetime | None:
    """Until when what happened at this time can be taken back; None once it cannot."""
    if since is None:
        return None
    until = since + UNDO_WITHIN
    return until if clock.now() < until else None


OWN_FIELDS = 15
"""How many of a place's fields are the entry's own; the others depend on the queue."""


class Place(NamedTuple):
    """A student's own entry. A tuple, as a thousand are made again when one student moves.

    Of a call, `seen` says that a screen of theirs has shown it, `coming_at` when they answered
    «J'y vais», `held_until` the end of their hold while it lasts; `overtaken` says that the last
    one ended as somebody ahead came back. `ahead` counts the waiting entries before it, None like
    `position` while the places are still to be drawn (rule 17). `after` is
    the first name of the student before, when they are next in line. `ended` is the journal number
    of its end, `wait` the waiting time as a range of minutes, `unsaid` why there is none.
    `unlikely` says that it will hardly be reached before the fair closes.
    """

    id: int
    position: int | None
    state: EntryState
    aside: bool
    presence: Presence
    turn: int | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    ended: int | None
    seen: bool
    called_at: datetime | None
    coming_at: datetime | None
    held_until: datetime | None
    overtaken: bool
    company: CompanyView
    ahead: int | None = 0
    after: str | None = None
    wait: Range | None = None
    unsaid: Unsaid | None = None
    unlikely: bool = False

    def moved(
        self,
        company: CompanyView,
        ahead: int | None,
        after: str | None,
        wait: Range | None,
        unsaid: Unsaid | None,
        unlikely: bool,
    ) -> Place:
        """The same entry after its queue has moved. `_replace` takes three times as long."""
        own: tuple[Any, ...] = self[:OWN_FIELDS]
        return Place._make((*own, company, ahead, after, wait, unsaid, unlikely))

    @property
    def can_start(self) -> bool:
        return self.turn is not None

    @property
    def start_undoable_until(self) -> datetime | None:
        """Until when the start of the interview can be taken back; None if it cannot."""
        return undoable_until(self.started_at)

    @property
    def shown_state(self) -> str:
        """What a waiting place shows besides how many are ahead: `called`, `aside`, `paused` (the
        stand), `away` (the student), `overtaken` (its call ended), `closed` (to others); empty if
        nothing keeps it."""
        if self.can_start:
            return "called"
        if self.aside:
            return "aside"
        if not self.company.recruiting:
            return "paused"
        if self.presence is not Presence.AVAILABLE:
            return "away"
        if self.overtaken:
            return "overtaken"
        return "" if self.company.queue_open else "closed"

    def hardly_reached(self, phase: Phase) -> bool:
        """Whether the page says that they will hardly be met before the fair closes."""
        return self.unlikely and phase is Phase.OPEN

    def no_range(self, phase: Phase) -> NoRange | None:
        """Why there is no estimate of the wait; None if there is one, or no wait."""
        is_waited = (
            self.state is EntryState.WAITING
            and not (self.can_start or self.aside)
            and self.company.recruiting
            and phase is Phase.OPEN
        )
        return self.unsaid.because if is_waited and self.unsaid is not None else None


@dataclass(frozen=True, slots=True)
class StandingMessage:
    """A message that was not taken back. `students` is None for one to everyone, stands included;
    `company` is the name of the one whose queue it was for."""

    number: int
    at: datetime
    text: str
    company: str | None
    students: frozenset[int] | None


class Dashboard(NamedTuple):
    """All that a student's own page shows. A tuple for the same reason. `hall_code` is their code
    on the hall's screen, while it shows codes. `all_paused` says that no stand recruits, as the
    organisers have paused all. `messages` are the organisers' of today that they have not put away.
    `on_map` has the companies that call them and whose stand is marked on a map.
    """

    student: StudentView
    phase: Phase
    places: tuple[Place, ...]
    call_length: CallLength = CallLength(None)
    hall_code: str | None = None
    all_paused: bool = False
    messages: tuple[StandingMessage, ...] = ()
    on_map: frozenset[int] = frozenset()

    def with_places(self, places: tuple[Place, ...]) -> Dashboard:
        """The same page with other places. `_replace` takes three times as long."""
        return Dashboard(self.student, self.phase, places, *self[3:])

    def call_ends(self, place: Place) -> datetime | None:
        """When a call that nobody answers runs out at the earliest, if it does."""
        if place.called_at is None:
            return None
        return self.call_length.ends(place.called_at, clock.now())

    @property
    def turns(self) -> list[Place]:
        """The entries that may start now, the longest called first."""
        return sorted((p for p in self.places if p.turn), key=lambda place: place.turn or 0)

    @property
    def calls(self) -> list[tuple[int, str]]:
        """The (id, name) of the companies that call them."""
        return [(place.company.id, place.company.name) for place in self.turns]

    @property
    def expected_at(self) -> Place | None:
        """Where they have said «J'y vais»: at one stand at most (rule 14)."""
        return next((p for p in self.turns if p.coming_at), None)

    @property
    def running(self) -> Place | None:
        return next((p for p in self.places if p.state is EntryState.RUNNING), None)

    @property
    def waiting(self) -> list[Place]:
        """Waiting entries: called ones, then those set aside, then by how many are ahead."""
        waiting = [p for p in self.places if p.state is EntryState.WAITING]
        return sorted(waiting, key=lambda p: (not p.can_start, not p.aside, p.ahead or 0, p.id))

    @property
    def done(self) -> list[Place]:
        """Done entries, the latest first."""
        done = [p for p in self.places if p.state is EntryState.DONE]
        return sorted(done, key=lambda place: place.ended or 0, reverse=True)


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a student shows a stand of themselves; see `fields.students.introductions`."""

    studies: str | None
    year: str | None
    seeking: str | None
    sentence: str | None
    link: str | None
    email: str | None


class StandEntry(NamedTuple):
    """An entry as its company sees it. A tuple, as a queue may have a thousand.

    `seen` says that the called student's screen has shown the call, `coming_at` when they
    answered «J'y vais»; `ended` is the journal number of its end. `introduction` is what its
    student shows, None where there is none or the stand may not see it (rule 16).
    """

    LONG_INTERVIEW = 40  # type: ignore[misc] # no field
    """Minutes after which a stand is told that an interview has been running for long."""
    LONG_UNSEEN = 10  # type: ignore[misc] # no field
    """Minutes after which a call stands out that no screen has shown: nobody may come."""

    id: int
    position: int | None
    state: EntryState
    aside: bool
    presence: Presence
    turn: int | None
    student_id: int
    first_name: str
    last_name: str
    student_status: StudentStatus
    created_at: datetime
    called_at: datetime | None
    seen: bool
    coming_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    ended: int | None
    introduction: Introduction | None = None

    @property
    def order(self) -> tuple[float, str, int]:
        """The sort key of a list: the position, or the name while it is still to be drawn."""
        if self.position is None:
            return (inf, folded(f"{self.last_name} {self.first_name}"), self.id)
        return (self.position, "", self.id)

    @property
    def active(self) -> bool:
        return self.presence is not Presence.INACTIVE

    @property
    def long_from(self) -> datetime | None:
        """When its interview begins to be a long one."""
        return self.started_at and self.started_at + timedelta(minutes=self.LONG_INTERVIEW)

    @property
    def unseen_from(self) -> datetime | None:
        """When its call, if nothing shows it until then, begins to stand out."""
        return self.called_at and self.called_at + timedelta(minutes=self.LONG_UNSEEN)

    @property
    def greyed(self) -> bool:
        """Waiting, but its student could not come now."""
        return self.state is EntryState.WAITING and self.presence is not Presence.AVAILABLE

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def start_undoable_until(self) -> datetime | None:
        """Until when the start of the interview can be taken back; None if it cannot."""
        return undoable_until(self.started_at)


@dataclass(frozen=True, slots=True)
class StandNote:
    """A stand's note about one person, and when it was last changed."""

    text: str
    verdict: Verdict | None
    next_step: str | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """What a stand's lists show: `all` of their rows, or of those who wait whom `find` names."""

    all: bool = False
    find: str = ""

    def query(self) -> str:
        """What chooses this in an address; empty for the usual lists."""
        values = {"all": ""} if self.all else {}
        values |= {"find": self.find} if self.find else {}
        return f"?{urlencode(values)}" if values else ""

    def with_all(self) -> Listed:
        return replace(self, all=True)

    def of_everybody(self) -> Listed:
        return replace(self, find="")

    def names(self, row: StandEntry) -> bool:
        """Whether each word that is looked for is part of a student's name, or their position."""
        if not self.find:
            return True
        name = folded(row.full_name)
        words = folded(self.find).split()
        return all(word in name or word == str(row.position) for word in words)


@dataclass(frozen=True, slots=True)
class DeviceAct:
    """The last act on an entry: the letter of the stand's device, and until when other devices show
    it."""

    letter: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Stand:
    """A company's dashboard. It may have only the first of a long queue; counts are of all.

    `notes` are by student id. `undo_until` is the time until which the end of the last interview
    can be undone, None if it cannot. `acts` are what its devices did lately, by entry id; none
    unless it has `several_devices`.
    """

    company: CompanyView
    phase: Phase
    in_interview: tuple[StandEntry, ...]
    waiting: tuple[StandEntry, ...]
    done: tuple[StandEntry, ...]
    done_count: int
    callable_count: int
    notes: Mapping[int, StandNote]
    undo_until: datetime | None = None
    listed: Listed = Listed()
    several_devices: bool = False
    acts: Mapping[int, DeviceAct] = field(default_factory=dict)

    @property
    def ended_last(self) -> StandEntry | None:
        """The entry whose interview ended last; a place marked as done had none."""
        return next((row for row in self.done if row.started_at is not None), None)

    @property
    def undrawn(self) -> bool:
        """Whether some of those who wait have no place yet (rule 17)."""
        return any(row.position is None for row in self.waiting)

    @property
    def met(self) -> tuple[StandEntry, ...]:
        """The entries that have had an interview, or are in one."""
        return self.in_interview + self.done

    @property
    def takes_early(self) -> bool:
        """Whether somebody who is not called may start."""
        company = self.company
        return company.free_slots > 0 and company.recruiting and self.phase is Phase.OPEN

    @property
    def takes_a_seat(self) -> bool:
        """Whether such a start would take the slot of a student who is called."""
        return self.callable_count >= self.company.free_slots

    @property
    def more_waiting(self) -> int:
        """Waiting entries beyond those shown; none while a name is looked for among all."""
        return 0 if self.listed.find else self.company.waiting - len(self.waiting)

    @property
    def more_done(self) -> int:
        return self.done_count - len(self.done)
