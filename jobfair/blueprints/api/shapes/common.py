"""What every answer of the JSON interface is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from jobfair.fields.companies.company_profiles import words

Moment = Annotated[datetime, AfterValidator(lambda at: at.astimezone(UTC))]
"""An aware time; in JSON it is ISO 8601 in UTC with `Z`."""


Words = Annotated[list[str] | None, BeforeValidator(lambda kept: list(words(kept)) or None)]
"""A list that is kept as text."""


class Shape(BaseModel):
    """The base of every answer."""

    model_config = ConfigDict(frozen=True)


class Problem(Shape):
    """Why a call was not carried out; `errors` holds a sentence for each field that is wrong."""

    detail: str
    errors: dict[str, str] | None = None
    code: str


class Message(Shape):
    message: str


class StatusSet(Message):
    status: str


class Updated(Message):
    updated: int


class QueueSet(Message):
    """`queue_open` says whether students may join."""

    queue_open: bool
