"""Those who are in no list that is to hold all there are, and what each would lose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from jobfair.domain.state import EntryState
from jobfair.models import NOT_LEFT, Entry, Note, OwnNote


@dataclass(frozen=True, slots=True)
class Removal:
    """A company or a student to remove: how many interviews, calls, places and notes go with it.

    `waiting` are the places that are not called.
    """

    id: int
    name: str
    running: int
    called: int
    waiting: int
    done: int
    notes: int

    @property
    def is_busy(self) -> bool:
        """Whether somebody sits there or is on the way."""
        return bool(self.running or self.called)

    @property
    def loses_something(self) -> bool:
        return bool(self.is_busy or self.waiting or self.done or self.notes)


def of_companies(connection: Connection, names: Mapping[int, str]) -> tuple[Removal, ...]:
    """What companies would lose, in the order of `names`."""
    return _removals(connection, names, Entry.company_id, (Note.company_id, OwnNote.company_id))


def of_students(connection: Connection, names: Mapping[int, str]) -> tuple[Removal, ...]:
    """The same for students."""
    return _removals(connection, names, Entry.student_id, (Note.student_id, OwnNote.student_id))


def _removals(
    connection: Connection, names: Mapping[int, str], owner: Any, writers: tuple[Any, ...]
) -> tuple[Removal, ...]:
    if not names:
        return ()
    entries = select(owner, Entry.state, Entry.turn.is_not(None), func.count()).where(NOT_LEFT)
    has: Counter[tuple[int, EntryState, bool]] = Counter()
    for owner_id, state, called, number in connection.execute(
        entries.group_by(owner, Entry.state, Entry.turn.is_not(None))
    ):
        has[owner_id, state, bool(called) and state is EntryState.WAITING] += number
    notes: Counter[int] = Counter()
    for each in writers:
        rows = connection.execute(select(each, func.count()).group_by(each))
        notes.update({row[0]: row[1] for row in rows})
    return tuple(
        Removal(
            each,
            name,
            has[each, EntryState.RUNNING, False],
            has[each, EntryState.WAITING, True],
            has[each, EntryState.WAITING, False],
            has[each, EntryState.DONE, False],
            notes[each],
        )
        for each, name in names.items()
    )
