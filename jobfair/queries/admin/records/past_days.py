"""The day of a closed edition: what is stored, and the hall at one of its minutes. For each stand
and minute its board is stored: the seats, and the state of each place of the queue, in order. A
place has no name and no number, so nobody can be followed from one minute to the next, or from one
stand to another.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from jobfair.db.transactions import autocommit, read_transaction
from jobfair.domain.state import Hall, Phase
from jobfair.exceptions import NotFound
from jobfair.models import Company, Edition
from jobfair.queries.admin.records.day_again import (
    BoardThen,
    DayThen,
    HallThen,
    RowThen,
    Stands,
    StandThen,
    by_stand,
    level_of,
    state_of,
)
from jobfair.queries.projections import past_halls
from jobfair.wording.times import local_time

MINUTE = 60

_LETTERS = {
    Stands.RUNNING: "r",
    Stands.CALLED: "c",
    Stands.WAITING: "w",
    Stands.ASIDE: "a",
    Stands.PAUSED: "p",
    Stands.IN_INTERVIEW: "i",
    Stands.DEACTIVATED: "d",
}
_STATES = {letter: state for state, letter in _LETTERS.items()}

_Frame = tuple[int, bool, int, str]
"""The minute since 1970 from which on a stand was so, whether it recruited, its seats, and a letter
for each interview and each place in the queue. Without seats it was gone."""


@dataclass(slots=True)
class _Day:
    """The frames of each stand, and the phases of the fair from their minutes on."""

    names: dict[int, str] = field(default_factory=dict)
    frames: dict[int, list[_Frame]] = field(default_factory=dict)
    phases: list[tuple[int, str]] = field(default_factory=list)

    def note(self, hall: Hall, minute: int, touched: set[int]) -> None:
        """Record the changed stands at the end of a minute."""
        if not self.phases or self.phases[-1][1] != hall.phase:
            self.phases.append((minute, hall.phase.value))
        for company_id in touched:
            frame = _frame(hall, company_id, minute)
            frames = self.frames.setdefault(company_id, [])
            if not frames or frames[-1][1:] != frame[1:]:
                frames.append(frame)
            if company_id in hall.companies:
                self.names[company_id] = hall.companies[company_id].name


def kept_now() -> bytes:
    """The day of the fair, made from the journal, as an edition stores it."""
    day = _Day()
    for hall, minute, touched in past_halls.by_minute():
        day.note(hall, minute, touched)
    with read_transaction() as connection:
        columns = Company.id, Company.stand
        numbers = {row.id: row.stand for row in connection.execute(select(*columns))}
    kept = {
        "phases": day.phases,
        "stands": [
            [each, day.names[each], numbers.get(each), frames]
            for each, frames in day.frames.items()
            if each in day.names
        ],
    }
    return zlib.compress(json.dumps(kept, separators=(",", ":")).encode())


def latest(edition_id: int) -> datetime:
    """The last minute of an edition's day. Raises NotFound where none is kept."""
    last = max((frame[0] for frame in _frames(_kept(edition_id))), default=0)
    return _moment(last)


def day_then(edition_id: int, moment: datetime, company_id: int | None = None) -> DayThen:
    """An edition's hall as it was, and the board of a company. Raises NotFound."""
    kept = _kept(edition_id)
    minute = int(moment.timestamp()) // MINUTE
    found = {each[0]: (each, _at(each[3], minute)) for each in kept["stands"]}
    there = {each: pair for each, pair in found.items() if pair[1] is not None}
    most = max((_waiting(frame) for _, frame in there.values()), default=0)
    stands = [_stand(line, frame, most) for line, frame in there.values()]
    phase = _at(kept["phases"], minute)
    hall = HallThen(
        moment,
        Phase.PREPARING if phase is None else Phase(phase[1]),
        tuple(sorted(stands, key=by_stand)),
    )
    return DayThen(hall, _board(hall, there, company_id), *_changes(kept, moment))


def _kept(edition_id: int) -> Any:
    with autocommit() as connection:
        day = connection.execute(select(Edition.day).where(Edition.id == edition_id)).scalar()
    if day is None:
        raise NotFound("edition")
    return json.loads(zlib.decompress(day))


def _at(frames: list[Any], minute: int) -> Any:
    """The frame of a minute; None before the first, and where the stand was gone."""
    before = bisect_right(frames, minute, key=lambda frame: frame[0])
    frame = frames[before - 1] if before else None
    return None if frame is None or (len(frame) > 2 and not frame[2]) else frame


def _waiting(frame: Any) -> int:
    states: str = frame[3]
    return len(states) - states.count("r")


def _stand(line: Any, frame: Any, most: int) -> StandThen:
    _minute, recruiting, slots, states = frame
    waiting, called = _waiting(frame), states.count("c")
    company_id, name, number, _frames_of_it = line
    return StandThen(
        id=company_id,
        name=name,
        stand=number,
        recruiting=recruiting,
        slots=slots,
        running=states.count("r"),
        waiting=waiting,
        called=called,
        away=waiting - called - states.count("w"),
        level=level_of(waiting, most),
    )


def _board(hall: HallThen, there: Any, company_id: int | None) -> BoardThen | None:
    if company_id is None:
        return None
    stand = next((each for each in hall.stands if each.id == company_id), None)
    if stand is None:
        raise NotFound("company")
    states = [_STATES[letter] for letter in there[company_id][1][3]]
    rows = [RowThen(rank, None, state, None) for rank, state in enumerate(states, 1)]
    inside = tuple(each for each in rows if each.state is Stands.RUNNING)
    return BoardThen(stand, inside, tuple(rows[len(inside) :]))


def _changes(kept: Any, moment: datetime) -> tuple[datetime | None, datetime | None]:
    """The first and the last change of the moment's day."""
    day = moment.astimezone(local_time.zone()).date()
    minutes = {frame[0] for frame in _frames(kept)}
    moments = [_moment(each) for each in minutes]
    own = [each for each in moments if each.astimezone(local_time.zone()).date() == day]
    return (min(own), max(own)) if own else (None, None)


def _frames(kept: Any) -> Iterator[Any]:
    for *_line, frames in kept["stands"]:
        yield from frames


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * MINUTE, UTC)


def _frame(hall: Hall, company_id: int, minute: int) -> _Frame:
    company = hall.companies.get(company_id)
    if company is None:
        return minute, False, 0, ""
    running = "r" * company.running
    waiting = (_LETTERS[state_of(each)] for each in hall.waiting_at(company_id))
    return minute, company.recruiting, company.slots, running + "".join(waiting)
