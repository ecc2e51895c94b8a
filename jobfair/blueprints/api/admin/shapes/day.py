"""What is answered of the day again: the hall at a minute, and one stand's board then."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Moment, Shape


class StandThen(Shape):
    """Of `waiting`, `called` are called, and `away` cannot be. `idle` counts seats."""

    id: int
    name: str
    stand: str | None
    recruiting: bool
    slots: int
    running: int
    waiting: int
    called: int
    away: int
    idle: int


class RowThen(Shape):
    """Somebody on a stand's board. `since` is when their interview began, they were called, or
    they joined.

    Of a past edition, `id` is the rank on the board, `student_name` and `since` are null.
    """

    id: int
    student_name: str | None
    state: str
    since: Moment | None


class BoardThen(Shape):
    """Who was inside, and the queue in its order."""

    inside: list[RowThen]
    queue: list[RowThen]


class HallThen(Shape):
    """The hall at a moment; `board` is that of the company that was asked for, else null."""

    at: Moment
    phase: str
    stands: list[StandThen]
    board: BoardThen | None
