"""Why something is not done. A refusal is a value; `wording/` makes its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, auto


class Code(StrEnum):
    """Every reason for which a rule of the fair refuses an action.

    Programs read its value: the name in lower case.
    """

    ALREADY_JOINED = auto()
    ALREADY_DONE = auto()
    FAIR_CLOSED = auto()
    FAIR_NOT_OPEN = auto()
    COMPANY_PAUSED = auto()
    QUEUE_CLOSED = auto()
    QUEUE_FULL = auto()
    NOT_WAITING = auto()
    NOT_AVAILABLE = auto()
    NO_FREE_SLOT = auto()
    NOT_YOUR_TURN = auto()
    SET_ASIDE = auto()
    NOT_SET_ASIDE = auto()
    NOT_CALLED = auto()
    NOT_IN_INTERVIEW = auto()
    IN_INTERVIEW = auto()
    ALREADY_AVAILABLE = auto()
    ALREADY_PAUSED = auto()
    COMPANY_REQUIRED = auto()
    STALE_ORDER = auto()
    NOTHING_TO_UNDO = auto()
    NOT_THE_LAST = auto()
    TOO_LATE = auto()
    IN_INTERVIEW_ELSEWHERE = auto()
    WRONG_CODE = auto()
    ADDRESS_NOT_OF_SCHOOL = auto()
    ONLY_INVITED = auto()
    END_BEFORE_START = auto()
    NOT_YET_OVER = auto()
    TOO_LONG_AGO = auto()
    STILL_RUNNING = auto()
    HAS_INTERVIEWS = auto()
    LOT_ONLY_PREPARING = auto()
    NOT_DRAWN_YET = auto()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not done.

    `code` is a member of `Code`, or of the codes above the domain. `params` are the values that
    its sentence needs, by name.
    """

    code: StrEnum
    params: dict[str, int | str] = field(default_factory=dict)
