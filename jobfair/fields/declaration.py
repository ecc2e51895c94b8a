"""How a field of a company or of a student is declared, and the shapes of input it is part of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pydantic
from flask_babel.speaklater import LazyString
from pydantic import TypeAdapter, create_model
from pydantic_core import PydanticUndefined

from jobfair.domain.events import Event
from jobfair.fields.parsing import Input

Shape = TypeVar("Shape", bound=Input)

_ATTRIBUTES = {
    "minLength": "minlength",
    "maxLength": "maxlength",
    "minimum": "min",
    "maximum": "max",
}


@dataclass(frozen=True)
class Field:
    """One thing that is known of a company or of a student.

    `name` is its column, and what forms call it; `type` is what it may be, with its limits.
    `default` is for where it may be left out. `input` is the kind of its input in a form, None
    where no form has it, and `autocomplete` what a browser may fill in for whom it is about.
    `headings` are the ways to name its column in a list to import: small letters and digits only,
    a blank between two. `json_name` is what JSON calls it, None where JSON does not have it.
    `event` is what a change is recorded as: it takes the company, the value before and the one
    after.
    """

    name: str
    type: Any
    label: LazyString
    default: Any = PydanticUndefined
    hint: LazyString | None = None
    input: str | None = None
    autocomplete: str = "off"
    headings: str = ""
    json_name: str | None = None
    event: Callable[[int, Any, Any], Event] | None = None

    @property
    def may_be_left_out(self) -> bool:
        return self.default is not PydanticUndefined

    @cached_property
    def required(self) -> bool:
        """Whether its input in a form may not stay blank."""
        return "anyOf" not in self._schema

    @cached_property
    def attributes(self) -> dict[str, Any]:
        """The attributes of its input in a form: its limits."""
        limits = self._schema if self.required else self._schema["anyOf"][0]
        attributes = {
            attribute: limits[limit]
            for limit, attribute in _ATTRIBUTES.items()
            if limit in limits and (limit, limits[limit]) != ("minLength", 1)
        }
        if self.input == "number":
            attributes["inputmode"] = "numeric"
        return attributes

    @cached_property
    def _schema(self) -> dict[str, Any]:
        return TypeAdapter(self.type).json_schema()


def labels(fields: Sequence[Field]) -> list[str]:
    """What fields are called, in the language of the request."""
    return [str(each.label) for each in fields]


def in_form(_field: Field) -> Any:
    """A field that a form always sends, be it blank."""
    return pydantic.Field()


def in_list(field: Field) -> Any:
    """A field of a list: without its column it is as it is by default."""
    return pydantic.Field(default=field.default)


def in_json(field: Field) -> Any:
    """A field of something new, in JSON."""
    return pydantic.Field(default=field.default, alias=field.json_name)


def in_json_change(field: Field) -> Any:
    """A field of a change, in JSON."""
    return left_out(field.json_name)


def left_out(alias: str | None = None) -> Any:
    """What need not be given in a change; it is then not among those that are set."""
    return pydantic.Field(default_factory=lambda: None, alias=alias)


def shape(
    name: str,
    fields: Sequence[Field],
    how: Callable[[Field], Any],
    base: type[Shape],
    doc: str | None = None,
) -> type[Shape]:
    """A shape of input made of fields, after those of its base.

    Takes what it is called, the fields, how each is given, and what the OpenAPI document says.
    """
    declared: dict[str, Any] = {each.name: (each.type, how(each)) for each in fields}
    return create_model(name, __base__=base, __doc__=doc, **declared)
