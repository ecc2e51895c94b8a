"""What a stand says to its own queue: one of the ready signs, or words of its own."""

from __future__ import annotations

from typing import Annotated

import pydantic
from flask_babel import lazy_gettext as _
from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from jobfair.domain.state import DoorSign
from jobfair.fields.input.declaration import Field, in_json, shape
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import line, or_none

LONGEST = 80
"""Characters of the own words: what a phone shows on two lines."""


def _of_own_words(value: str | None, info: ValidationInfo) -> str | None:
    if info.data.get("sign") is not DoorSign.OWN_WORDS:
        return None
    if value is None:
        raise PydanticCustomError("missing", "own words without words")
    return value


_FIELDS = (
    Field(
        "sign",
        Annotated[DoorSign, pydantic.Field(strict=False)],
        _("A word to your queue"),
        json_name="sign",
    ),
    Field(
        "text",
        Annotated[
            or_none(line(LONGEST)),
            AfterValidator(_of_own_words),
            pydantic.Field(validate_default=True),
        ],
        _("Or in your own words"),
        default=None,
        json_name="text",
    ),
)

SignPutUp = shape(
    "SignPutUp",
    _FIELDS,
    in_json,
    Input,
    "`text` goes with `own_words`, and is ignored with any other sign.",
)
