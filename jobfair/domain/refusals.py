"""Why something is not done. A refusal is a value; its words stand outside the domain."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Every reason for which a rule refuses an action."""

    ALREADY_JOINED = "already_joined"
    ALREADY_DONE = "already_done"
    FAIR_CLOSED = "fair_closed"
    FAIR_NOT_OPEN = "fair_not_open"
    COMPANY_PAUSED = "company_paused"
    QUEUE_CLOSED = "queue_closed"
    QUEUE_FULL = "queue_full"
    NOT_WAITING = "not_waiting"
    NOT_AVAILABLE = "not_available"
    NO_FREE_SLOT = "no_free_slot"
    NOT_YOUR_TURN = "not_your_turn"
    SET_ASIDE = "set_aside"
    NOT_SET_ASIDE = "not_set_aside"
    NOT_CALLED = "not_called"
    NOT_IN_INTERVIEW = "not_in_interview"
    IN_INTERVIEW = "in_interview"
    ALREADY_AVAILABLE = "already_available"
    ALREADY_PAUSED = "already_paused"
    COMPANY_REQUIRED = "company_required"
    STALE_ORDER = "stale_order"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOT_THE_LAST = "not_the_last"
    TOO_LATE = "too_late"
    IN_INTERVIEW_ELSEWHERE = "in_interview_elsewhere"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule's no: its code, and the figures its sentence needs."""

    code: str
    params: dict[str, int | str] = field(default_factory=dict)
