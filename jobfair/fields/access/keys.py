"""The input for making a key for a program."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import FROM_TEXT, ProgramName


def ticked(value: Any, info: ValidationInfo) -> Any:
    """A form's boxes of one name come as one text."""
    from_text = info.context is not None and info.context[FROM_TEXT]
    return [each for each in value.split(", ") if each] if from_text else value


def some(value: list[str]) -> list[str]:
    """At least one of them."""
    if not value:
        raise PydanticCustomError("missing", "none of them")
    return value


Scopes = Annotated[
    list[Literal["read", "write", "exports"]], AfterValidator(some), BeforeValidator(ticked)
]


class KeyWanted(Input):
    """What a key is called, and what a program may do with it."""

    name: ProgramName
    scopes: Scopes
