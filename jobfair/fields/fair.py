"""The fields of the fair itself, each declared once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from flask_babel import lazy_gettext as _
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from jobfair.fields.declaration import Field
from jobfair.fields.types import or_none, whole


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise PydanticCustomError("day", "not a day") from error


CALL_MINUTES = Field(
    "call_minutes",
    or_none(whole(1, 60)),
    _("Minutes"),
    hint=_("Blank: a call lasts until the student or the stand ends it."),
    input="number",
)
ENDS_ON = Field(
    "ends_on",
    or_none(Annotated[date, BeforeValidator(_day)]),
    _("Last day of the fair"),
    input="date",
)
