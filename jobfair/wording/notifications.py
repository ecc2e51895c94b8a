"""What has happened to a student, said to them in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from jobfair.domain.events import LeftBecause
from jobfair.domain.state import StudentStatus
from jobfair.queries import messages
from jobfair.queries.messages import MESSAGE, Notice
from jobfair.wording import turns


@dataclass(frozen=True, slots=True)
class Notification:
    """A notice in words. `shape` is its icon; `sender` stands over what somebody has said."""

    number: int
    at: datetime
    shape: str
    sentence: str
    sender: str | None = None


def today(student_id: int) -> list[Notification]:
    """What a student was told today, the latest first, without what they did themself."""
    found = [(each, _SAY[each.kind](each)) for each in messages.notices(student_id, _SAY.keys())]
    return [
        Notification(each.number, each.at, _SHAPES.get(each.kind, "info"), sentence, _sender(each))
        for each, sentence in found
        if sentence
    ]


def _sender(notice: Notice) -> str | None:
    if notice.kind != MESSAGE:
        return None
    if notice.company_name is None:
        return _("The organisers")
    return _("The organisers, about %(company)s", company=notice.company_name)


def _joined(notice: Notice) -> str:
    if notice.own:
        return ""
    return _("The organisers put you into the queue of %(company)s", company=notice.company_name)


def _left(notice: Notice) -> str:
    match LeftBecause(notice.data["reason"]):
        case LeftBecause.REMOVED:
            return _(
                "The organisers took you out of the queue of %(company)s",
                company=notice.company_name,
            )
        case LeftBecause.COMPANY_DELETED:
            return _("%(company)s is no longer at the fair", company=notice.company_name)
        case _:
            return ""


def _turn_came(notice: Notice) -> str:
    return _("You were called to %(company)s", company=notice.company_name)


def _turn_ended(notice: Notice) -> str:
    reason = turns.turn_ended(notice.data["reason"])
    return _(
        "Your turn at %(company)s ended: %(reason)s", company=notice.company_name, reason=reason
    )


def _reminded(notice: Notice) -> str:
    return _("%(company)s would have called you during your break", company=notice.company_name)


def _started(notice: Notice) -> str:
    return _("Interview started at %(company)s", company=notice.company_name)


def _completed(notice: Notice) -> str:
    return _("Interview at %(company)s done", company=notice.company_name)


def _goes_on(notice: Notice) -> str:
    return _("Your interview at %(company)s goes on", company=notice.company_name)


def _broken_off(notice: Notice) -> str:
    return _("The organisers broke off your interview at %(company)s", company=notice.company_name)


def _entry_completed(notice: Notice) -> str:
    return _(
        "The organisers marked %(company)s as done, without an interview",
        company=notice.company_name,
    )


def _status(notice: Notice) -> str:
    if notice.own:
        return ""
    if notice.data["after"] == StudentStatus.AVAILABLE:
        return _("The organisers made you available")
    return _("The organisers paused you")


_SAY: dict[str, Callable[[Notice], str]] = {
    MESSAGE: lambda notice: str(notice.data["text"]),
    "joined": _joined,
    "left": _left,
    "turn_came": _turn_came,
    "turn_ended": _turn_ended,
    "reminded": _reminded,
    "interview_started": _started,
    "interview_completed": _completed,
    "completion_undone": _goes_on,
    "interview_broken_off": _broken_off,
    "entry_completed": _entry_completed,
    "student_status_changed": _status,
}

_SHAPES = {
    MESSAGE: "message",
    "turn_came": "bell",
    "turn_ended": "clock",
    "reminded": "clock",
    "interview_started": "talk",
    "interview_completed": "check",
    "completion_undone": "talk",
}
