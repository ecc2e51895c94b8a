"""What the organisers' forms hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from jobfair.fields.parsing import Input
from jobfair.fields.types import (
    Announcement,
    CallMinutes,
    CompanyName,
    Email,
    FirstName,
    Id,
    LastName,
    Password,
    Pin,
    QueueLimit,
    Slots,
    Stand,
)


class CompanyCard(Input):
    """What an organiser says of a company."""

    name: CompanyName
    stand: Stand
    slots: Slots
    queue_limit: QueueLimit


class CallCard(Input):
    """How long calls last."""

    minutes: CallMinutes


class NewPin(Input):
    """What a company's link is to ask for."""

    pin: Pin


class StudentCard(Input):
    """What an organiser says of a student."""

    first_name: FirstName
    last_name: LastName
    email: Email


class NewPassword(Input):
    """A password that an organiser chose."""

    password: Password


class Saying(Input):
    """What an organiser says to students and stands."""

    text: Announcement


class Placement(Input):
    """Whom to put into a queue; `rank` counts from 1 among the waiting, blank is the end."""

    student_id: Id
    rank: Annotated[Id | None, BeforeValidator(lambda typed: typed or None)] = None
