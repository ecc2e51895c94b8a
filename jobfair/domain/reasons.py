"""Why something happened: the reasons that events give, as the journal spells them."""

from __future__ import annotations

from enum import StrEnum


class LeftBecause(StrEnum):
    """Why an entry left its queue."""

    LEFT = "left"
    REMOVED = "removed"
    COMPANY_DELETED = "company_deleted"
    STUDENT_DELETED = "student_deleted"


class AsideBecause(StrEnum):
    """Why a called entry was set aside."""

    ABSENT = "absent"
    PASSED = "passed"
    RAN_OUT = "ran_out"


class SignDownBecause(StrEnum):
    """Why a company's door sign ended."""

    TAKEN_DOWN = "taken_down"
    RAN_OUT = "ran_out"
    RECRUITING = "recruiting"


class TurnEndedBecause(StrEnum):
    """Why a turn ended without a start."""

    ASIDE = "aside"
    PAUSED = "paused"
    IN_INTERVIEW = "in_interview"
    INACTIVE = "inactive"
    LEFT = "left"
    DONE = "done"
    COMPANY_PAUSED = "company_paused"
    FAIR_NOT_OPEN = "fair_not_open"
    NO_FREE_SLOT = "no_free_slot"
    SOMEONE_AHEAD = "someone_ahead"
