"""How a field of a company or of a student is declared, and the shapes of input it is part of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pydantic
from flask_babel.speaklater import LazyString
from pydantic import TypeAdapter, create_model
from pydantic_core import PydanticUndefined

from jobfair.domain.events import Event
from jobfair.fields.input.parsing import Input

Shape = TypeVar("Shape", bound=Input)

_ATTRIBUTES = {
    "minLength": "minlength",
    "maxLength": "maxlength",
    "minimum": "min",
    "maximum": "max",
}


@dataclass(frozen=True)
class Field:
    """One field of a company or of a student.

    `name` is its column and its name in forms; `type` is its type with its limits. `default` is
    for input that may leave it out. `input` is the type of its form input, None if no form has it,
    and `autocomplete` what a browser may fill in. `headings` are the names of its column in an
    import: lower case letters and digits, separated by blanks. `json_name` is its name in JSON,
    None if JSON does not have it. `choices` are the labels of what may be chosen.
    `event` makes the event of a change, from the company's id and
    the values before and after.
    """

    name: str
    type: Any
    label: LazyString
    default: Any = PydanticUndefined
    hint: LazyString | None = None
    input: str | None = None
    choices: Mapping[str, LazyString] | None = None
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
    """A field of a form, which always sends it, even blank."""
    return pydantic.Field()


def in_edit(_field: Field) -> Any:
    """A field of a form that changes what is stored."""
    return left_out()


def with_default(field: Field) -> Any:
    """A field of an import, or of a form for something new; left out, it has its default."""
    return pydantic.Field(default=field.default)


def in_json(field: Field) -> Any:
    """A field of something new, in JSON."""
    return pydantic.Field(default=field.default, alias=field.json_name)


def in_json_change(field: Field) -> Any:
    """A field of a change, in JSON."""
    return left_out(field.json_name)


def left_out(alias: str | None = None) -> Any:
    """A field that a change may leave out; it is then not in `model_fields_set`."""
    return pydantic.Field(default_factory=lambda: None, alias=alias)


def shape(
    name: str,
    fields: Sequence[Field],
    how: Callable[[Field], Any],
    base: type[Shape],
    doc: str | None = None,
) -> type[Shape]:
    """Make a shape of input from fields, added to those of its base.

    `how` turns each field into pydantic's, and `doc` is its text in the OpenAPI document.
    """
    declared: dict[str, Any] = {each.name: (each.type, how(each)) for each in fields}
    return create_model(name, __base__=base, __doc__=doc, **declared)
