"""What the organisers' forms hold."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from jobfair.fields.companies import companies
from jobfair.fields.companies.link_mails import MailSubject, MailText
from jobfair.fields.fair import fair
from jobfair.fields.input.declaration import in_edit, shape, with_default
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import (
    Announcement,
    Day,
    Id,
    Pin,
    SearchWords,
    Share,
    TimeOfDay,
    or_none,
)
from jobfair.fields.students import students
from jobfair.queries.admin.lists.link_mails import Whom

CompanyCard = shape("CompanyCard", companies.IN_FORMS, with_default, Input)
CompanyEdit = shape("CompanyEdit", companies.IN_FORMS, in_edit, Input)
StudentEdit = shape("StudentEdit", students.CARD, in_edit, Input)
CallEdit = shape("CallEdit", [fair.CALL_MINUTES], in_edit, Input)
SignUpEdit = shape("SignUpEdit", [fair.SIGN_UP, fair.SIGN_UP_DOMAINS], in_edit, Input)
HallEdit = shape(
    "HallEdit", [each for each in companies.FIELDS if each.name == "hall"], with_default, Input
)
WordEdit = shape("WordEdit", [fair.SIGN_UP_WORD], in_edit, Input)
DetailsEdit = shape("DetailsEdit", fair.DETAILS, in_edit, Input)


class NewPin(Input):
    """What a company's link is to ask for."""

    pin: Pin


class StandPlace(Input):
    """Whose stand is where on a map, in ten-thousandths; both blank takes it off."""

    company: Id
    x: Annotated[Share | None, BeforeValidator(lambda typed: typed or None)] = None
    y: Annotated[Share | None, BeforeValidator(lambda typed: typed or None)] = None


class Saying(Input):
    """What an organiser says to students and stands."""

    text: Announcement


class MaybeSaying(Input):
    """The same where nothing need be said."""

    text: or_none(Announcement) = None  # type: ignore[valid-type]


class LinkMailWords(Input):
    """The mails that bring companies their links: to whom, and what they say."""

    whom: Annotated[Whom, Field(strict=False)]
    subject: MailSubject
    text: MailText


class PaperRow(Input):
    """An interview on paper: its student, as a search finds them, and its times of the day."""

    student: SearchWords
    started: TimeOfDay
    ended: TimeOfDay


def _of_our_time(day: date) -> date:
    """Others have no hours in every time zone: the calendar begins and ends."""
    if not 2000 <= day.year < 3000:
        raise PydanticCustomError("day", "not a day of our time")
    return day


class PaperDay(Input):
    """The day of these interviews; blank is today."""

    day: Annotated[
        Annotated[Day, AfterValidator(_of_our_time)] | None,
        BeforeValidator(lambda typed: typed or None),
    ]


class Rank(Input):
    """A rank among the waiting of a queue, from 1; blank is the end."""

    rank: Annotated[Id | None, BeforeValidator(lambda typed: typed or None)] = None


class Placement(Rank):
    """Whom to put into a queue, and at which rank."""

    student_id: Id
