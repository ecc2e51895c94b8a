"""Validates input against a shape, with a sentence for each kind of error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, has_app_context
from flask_babel import format_decimal
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from jobfair.fields.input.types import ABOUT, FROM_TEXT, tidy


class Input(BaseModel):
    """The base of every shape of input. Strict: in JSON a number is never text or `true`."""

    model_config = ConfigDict(strict=True, frozen=True)


class Criteria(Input):
    """The base of what is only looked for. PostgreSQL refuses to compare with some characters."""

    @field_validator("*", mode="before")
    @classmethod
    def _fit(cls, value: Any) -> Any:
        return tidy(value)


class Query(Criteria):
    """The base of what a call reads from its address, where each name has to be a known one."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Invalid:
    """Input that was refused: a translated sentence for each field that is wrong."""

    errors: dict[str, str]


Shape = TypeVar("Shape", bound=Input)


OWN = ("email", "first_name", "last_name")
"""Fields in which somebody says who they are; no password may be made of that."""


def parse(
    shape: type[Shape], values: Mapping[str, Any], about: Iterable[str] = ()
) -> Shape | Invalid:
    """Read `values` as a shape.

    `about` is what is known of the owner of a password among them, beside what `values` say.

    A form, or a line of a table, comes as a MultiDict, in which everything is text; a JSON
    object comes as a dict, in which a figure in quotes is refused, and so is each field that the
    shape has not: a program would not learn otherwise that it is of no effect.
    """
    from_text = isinstance(values, MultiDict)
    if isinstance(values, MultiDict):
        given = {
            name: texts[0] if len(texts) == 1 else _joined(texts) for name, texts in values.lists()
        }
    else:
        given = dict(values)
    known = [*about, *(str(given.get(name, "")) for name in OWN), *_names_of_the_site()]
    context = {ABOUT: known, FROM_TEXT: from_text}
    try:
        return shape.model_validate(
            given,
            strict=False if from_text else None,
            extra=None if from_text else "forbid",
            context=context,
        )
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return Invalid(_by_field(found, shape))


def text_of(values: Mapping[str, Any], name: str) -> Any:
    """What a form says in a field, or a JSON object under a name.

    Boxes of one name that are ticked are a list with commas between.
    """
    return _joined(values.getlist(name)) if isinstance(values, MultiDict) else values[name]


def _joined(texts: list[str]) -> str:
    # Of the most there is one.
    return texts[0] if len(texts) == 1 else ", ".join(filter(None, texts))


def _names_of_the_site() -> tuple[str, ...]:
    return (urlsplit(current_app.config["PUBLIC_URL"]).netloc,) if has_app_context() else ()


def _by_field(errors: list[ErrorDetails], shape: type[Input]) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for error in errors:
        field = str(error["loc"][0]) if error["loc"] else ""
        limits: dict[str, Any] = error.get("ctx", {})
        if error["type"] == "extra_forbidden":
            limits = {"nearest": _nearest(field, shape)}
        sentences.setdefault(field, _sentence(error["type"], limits))
    return sentences


def _nearest(field: str, shape: type[Input]) -> str | None:
    """The field of a shape that is written most like another name; None where none is like it."""
    known = [each.alias or name for name, each in shape.model_fields.items()]
    return next(iter(get_close_matches(field.casefold(), known, n=1)), None)


def _sentence(kind: str, limits: dict[str, Any]) -> str:
    for kinds, sentence in _SENTENCES.items():
        if kind in kinds:
            return sentence(limits)
    return _("This cannot be accepted.")


def _unknown(limits: dict[str, Any]) -> str:
    if limits["nearest"] is None:
        return _("There is no such field here.")
    return _("There is no such field here. Did you mean «%(nearest)s»?", nearest=limits["nearest"])


def _too_short(limits: dict[str, Any]) -> str:
    shortest = limits["min_length"]
    if shortest == 1:
        return _("This is required.")
    return _("At least %(number)s characters.", number=shortest)


_SENTENCES: dict[tuple[str, ...], Callable[[dict[str, Any]], str]] = {
    ("missing",): lambda _limits: _("This is required."),
    ("extra_forbidden",): _unknown,
    ("string_type",): lambda _limits: _("This must be text."),
    ("unfit", "string_unicode"): lambda _limits: _("This holds characters that cannot be shown."),
    ("string_too_short",): _too_short,
    ("string_too_long",): lambda limits: _(
        "At most %(number)s characters.", number=limits["max_length"]
    ),
    ("too_many_ligatures",): lambda _limits: _(
        "This name is too long once its ligatures are written as the letters they stand for."
    ),
    ("common_password",): lambda _limits: _(
        "Too many people use this password, so it is the first to be tried. Take another."
    ),
    ("own_words",): lambda _limits: _(
        "A password made of the name or address of its owner, or of the fair, is the first to be "
        "tried. Take another."
    ),
    ("pin",): lambda _limits: _("A PIN is 4 to 8 digits."),
    ("six_digits",): lambda _limits: _("The code is six digits."),
    ("easy_pin",): lambda _limits: _(
        "This is among the first that are tried: take digits that are no row and not all the same."
    ),
    ("email",): lambda _limits: _("Give an e-mail address such as name@example.org."),
    ("domains",): lambda _limits: _("Give domains such as univ.fr, separated by commas."),
    ("word",): lambda _limits: _("At least 4 letters or digits."),
    ("too_many_words",): lambda limits: _("At most %(number)s of them.", number=limits["most"]),
    ("long_word",): lambda limits: _("At most %(number)s characters each.", number=limits["most"]),
    ("web_address",): lambda _limits: _("Give an address that begins with https://"),
    ("place",): lambda limits: _(
        "There is no {%(place)s}: only those that are named above.", place=limits["place"]
    ),
    ("link_place",): lambda _limits: _("Say {link} somewhere: else nobody gets theirs."),
    ("percent",): lambda _limits: _("Give a number from 0 to 100."),
    ("day",): lambda _limits: _("Give a day such as 2026-11-30."),
    ("colour",): lambda _limits: _("Give a colour such as #1B4AA0."),
    ("contrast",): lambda limits: _(
        "This cannot be read: its contrast with the page is %(ratio)s to 1, at least 4.5 is "
        "needed. Take a darker one on the light page, a paler one on the dark page.",
        ratio=format_decimal(limits["ratio"]),
    ),
    ("zone",): lambda _limits: _("Give a time zone such as Europe/Paris or Indian/Reunion."),
    ("time_of_day",): lambda _limits: _("Give a time such as 10:05."),
    ("moment",): lambda _limits: _("Give a time such as 2026-11-30T09:05:00Z."),
    ("string_pattern_mismatch", "endpoint"): lambda _limits: _("This is not what a browser sends."),
    ("int_type", "int_parsing", "int_from_float"): lambda _limits: _("Give a whole number."),
    ("int_parsing_size",): lambda _limits: _("This number is too large."),
    ("greater_than_equal",): lambda limits: _("At least %(number)s.", number=limits["ge"]),
    ("less_than_equal",): lambda limits: _("At most %(number)s.", number=limits["le"]),
    ("bool_type", "bool_parsing"): lambda _limits: _("This must be true or false."),
    ("list_type",): lambda _limits: _("This must be a list."),
    ("enum", "literal_error", "looking_for"): lambda limits: _(
        "Choose one of these: %(choices)s.", choices=limits["expected"].replace(" or ", ", ")
    ),
}
