"""Every interview, from the journal: entries do not keep those that were broken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from jobfair.db.transactions import read_transaction, revision
from jobfair.domain import events
from jobfair.domain.events import kind
from jobfair.domain.reasons import AsideBecause, LeftBecause
from jobfair.domain.waiting_time import Range
from jobfair.models import JournalRow
from jobfair.queries.batches import batches


class Outcome(StrEnum):
    """How an interview ended."""

    DONE = "done"
    BROKEN_OFF = "broken_off"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview, from its start to its end or, with `ended_at` None, until now.

    `waiting_since` is when the student joined the queue or, `again` if an interview of the same
    entry was broken off before, the end of that one. `company` is its name at the start.
    `from_paper`: an organiser entered it afterwards. `called_at` is the call that it followed, None
    where the stand, or an organiser, started it without one. `told` is the range of minutes that
    the student was told on joining, None where they were told none, and of one that is `again`.

    Lengths are never negative: a clock set back in between makes them 0.
    """

    entry_id: int
    company_id: int
    company: str
    student_id: int
    waiting_since: datetime
    started_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome = Outcome.RUNNING
    from_paper: bool = False
    called_at: datetime | None = None
    again: bool = False
    told: Range | None = None

    @property
    def waited(self) -> timedelta | None:
        """From `waiting_since` to the start; None if the place was made with it, from paper."""
        if self.from_paper and self.waiting_since > self.started_at:
            return None
        return max(self.started_at - self.waiting_since, timedelta())

    @property
    def waited_for_call(self) -> timedelta | None:
        """From `waiting_since` to the call, or without one to the start; None as for `waited`."""
        if self.waited is None:
            return None
        return max((self.called_at or self.started_at) - self.waiting_since, timedelta())

    @property
    def length(self) -> timedelta | None:
        """From start to end; None while it runs."""
        return None if self.ended_at is None else max(self.ended_at - self.started_at, timedelta())


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A place that was left, or taken away by an organiser, without any interview.

    Places that ended because their company or student was deleted are none of these.
    """

    entry_id: int
    company_id: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The end of an interview was undone: the interview runs again."""

    ended: Interview

    @property
    def company_id(self) -> int:
        return self.ended.company_id


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An interview entered from paper was removed by an organiser: it was entered wrongly."""

    entered: Interview

    @property
    def company_id(self) -> int:
        return self.entered.company_id


@dataclass(frozen=True, slots=True)
class NotBegun:
    """The start of an interview was taken back: there was none."""

    begun: Interview

    @property
    def company_id(self) -> int:
        return self.begun.company_id


@dataclass(frozen=True, slots=True)
class NoShow:
    """Somebody was called and did not come: the stand or the team said so, or the call ran out.

    A student who says so, «pas maintenant», is no no-show.
    """

    entry_id: int
    company_id: int


Change = Interview | GivenUp | Resumed | Withdrawn | NotBegun | NoShow

_CALLED = kind(events.TurnCame)
_NOT_CALLED = kind(events.TurnEnded)
_STARTED = kind(events.InterviewStarted)
_START_UNDONE = kind(events.StartUndone)
_COMPLETED = kind(events.InterviewCompleted)
_ENTERED = kind(events.PaperInterviewEntered)
_UNDONE = kind(events.CompletionUndone)
_BROKEN_OFF = kind(events.InterviewBrokenOff)
_LEFT = kind(events.Left)
_MARKED_DONE = kind(events.EntryCompleted)
_SET_ASIDE = kind(events.SetAside)
_GIVEN_UP = (LeftBecause.LEFT, LeftBecause.REMOVED)
_NOT_THERE = (AsideBecause.ABSENT, AsideBecause.RAN_OUT)


class InterviewTracker:
    """Follows the interviews through the rows of the journal.

    It holds the running ones, and those that are done: an organiser may undo the end of each.
    """

    def __init__(self) -> None:
        self.running: dict[int, Interview] = {}
        self._called: dict[int, datetime] = {}
        self._broken_off: dict[int, datetime] = {}
        self._done: set[int] = set()
        self._over: dict[int, Interview] = {}
        self._from_paper: dict[int, Interview] = {}

    def after(self, row: Any) -> Change | None:
        """What the next row began, ended or undid, if anything."""
        if row.kind in (_CALLED, _NOT_CALLED, _SET_ASIDE):
            return self._of_call(row)
        if row.kind == _STARTED:
            return self._begun(row)
        if row.kind == _ENTERED:
            return self._entered(row)
        if row.kind == _UNDONE:
            return self._resumed(row)
        if row.kind == _START_UNDONE:
            return self._not_begun(row)
        if row.entry_id in self.running:
            return self._ended(row)
        if row.kind == _MARKED_DONE:
            self._done.add(row.entry_id)
        elif row.entry_id in self._from_paper and row.reason == LeftBecause.REMOVED:
            return Withdrawn(self._from_paper.pop(row.entry_id))
        elif not self._had_interview(row.entry_id) and row.reason in _GIVEN_UP:
            return GivenUp(row.entry_id, row.company_id)
        return None

    def _of_call(self, row: Any) -> NoShow | None:
        if row.kind == _CALLED:
            self._called[row.entry_id] = row.at
        elif row.kind == _NOT_CALLED:
            self._called.pop(row.entry_id, None)
        elif row.reason in _NOT_THERE:
            return NoShow(row.entry_id, row.company_id)
        return None

    def _had_interview(self, entry_id: int) -> bool:
        return entry_id in self._done or entry_id in self._broken_off

    def _begun(self, row: Any) -> Interview:
        interview = self._of(row, row.at, self._called.pop(row.entry_id, None))
        self.running[row.entry_id] = interview
        return interview

    def _not_begun(self, row: Any) -> NotBegun:
        begun = self.running.pop(row.entry_id)
        if begun.waiting_since != row.joined_at:
            self._broken_off[row.entry_id] = begun.waiting_since
        return NotBegun(begun)

    def _entered(self, row: Any) -> Interview:
        started_at, ended_at = map(datetime.fromisoformat, (row.started_at, row.ended_at))
        interview = replace(
            self._of(row, started_at), ended_at=ended_at, outcome=Outcome.DONE, from_paper=True
        )
        self._done.add(row.entry_id)
        self._from_paper[row.entry_id] = interview
        return interview

    def _of(self, row: Any, started_at: datetime, called_at: datetime | None = None) -> Interview:
        broken_off = self._broken_off.pop(row.entry_id, None)
        again = broken_off is not None
        return Interview(
            row.entry_id,
            row.company_id,
            row.company_name,
            row.student_id,
            broken_off or row.joined_at,
            started_at,
            again=again,
            called_at=called_at,
            told=None if again or row.told_least is None else (row.told_least, row.told_most),
        )

    def _ended(self, row: Any) -> Interview:
        if row.kind == _COMPLETED:
            self._done.add(row.entry_id)
        elif row.kind == _BROKEN_OFF:
            self._broken_off[row.entry_id] = row.at
        outcome = Outcome.DONE if row.kind == _COMPLETED else Outcome.BROKEN_OFF
        ended = replace(self.running.pop(row.entry_id), ended_at=row.at, outcome=outcome)
        if outcome is Outcome.DONE:
            self._over[ended.entry_id] = ended
        return ended

    def _resumed(self, row: Any) -> Resumed | None:
        over = self._over.pop(row.entry_id, None)
        ended = self._from_paper.pop(row.entry_id, over)
        if ended is None:
            return None
        self._done.discard(row.entry_id)
        self.running[row.entry_id] = replace(
            ended, ended_at=None, outcome=Outcome.RUNNING, from_paper=False
        )
        return Resumed(ended)


def every_interview() -> Iterator[Interview]:
    """Every interview in the order in which their ends were recorded; running ones come last.

    No connection is held between two batches.
    """
    tracker = InterviewTracker()
    undone = _undone() | _withdrawn()
    for row in rows_from(0):
        outcome = tracker.after(row)
        if row.number in undone:
            continue
        if isinstance(outcome, Interview) and outcome.outcome is not Outcome.RUNNING:
            yield outcome
    yield from tracker.running.values()


def _undone() -> frozenset[int]:
    """The numbers of rows whose end of an interview was undone."""
    completion = JournalRow.data["completion"].as_integer()
    with read_transaction() as connection:
        found = connection.execute(select(completion).where(JournalRow.kind == _UNDONE))
        return frozenset(found.scalars())


def _withdrawn() -> frozenset[int]:
    """The numbers of rows with interviews from paper that were removed since."""
    removed = aliased(JournalRow)
    query = (
        select(JournalRow.number)
        .join(removed, removed.entry_id == JournalRow.entry_id)
        .where(
            JournalRow.kind == _ENTERED,
            removed.kind == _LEFT,
            removed.data["reason"].as_string() == LeftBecause.REMOVED,
        )
    )
    with read_transaction() as connection:
        return frozenset(connection.execute(query).scalars())


def rows_from(number: int) -> Iterator[Any]:
    """The journal rows about interviews, from `number` on.

    Each also has the time at which its entry joined, and what its student was told then.
    """
    query = _ROWS.where(JournalRow.number <= revision())
    for batch in batches(query, JournalRow.number, number - 1):
        yield from batch


def _rows() -> Any:
    joined = aliased(JournalRow)
    return (
        select(
            JournalRow.number,
            JournalRow.at,
            JournalRow.kind,
            JournalRow.company_id,
            JournalRow.company_name,
            JournalRow.student_id,
            JournalRow.entry_id,
            JournalRow.data["reason"].as_string().label("reason"),
            JournalRow.data["started_at"].as_string().label("started_at"),
            JournalRow.data["ended_at"].as_string().label("ended_at"),
            joined.at.label("joined_at"),
            joined.data[("told", 0)].as_integer().label("told_least"),
            joined.data[("told", 1)].as_integer().label("told_most"),
        )
        .join(joined, joined.number == JournalRow.entry_id)
        .where(
            JournalRow.kind.in_(
                (
                    _CALLED,
                    _NOT_CALLED,
                    _STARTED,
                    _START_UNDONE,
                    _COMPLETED,
                    _ENTERED,
                    _UNDONE,
                    _BROKEN_OFF,
                    _LEFT,
                    _MARKED_DONE,
                    _SET_ASIDE,
                )
            )
        )
    )


_ROWS = _rows()
"""Compiled once: every page with a figure runs it, mostly to find nothing new."""
