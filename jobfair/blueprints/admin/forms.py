"""What the organisers' forms hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from jobfair.fields import companies, fair, students
from jobfair.fields.declaration import in_edit, in_form, shape
from jobfair.fields.parsing import Input
from jobfair.fields.types import (
    Announcement,
    Id,
    Password,
    Pin,
)

CompanyCard = shape("CompanyCard", companies.IN_FORMS, in_form, Input)
CompanyEdit = shape("CompanyEdit", companies.IN_FORMS, in_edit, Input)
StudentEdit = shape("StudentEdit", students.CARD, in_edit, Input)
CallEdit = shape("CallEdit", [fair.CALL_MINUTES], in_edit, Input)
EndEdit = shape("EndEdit", [fair.ENDS_ON], in_edit, Input)


class NewPin(Input):
    """What a company's link is to ask for."""

    pin: Pin


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
