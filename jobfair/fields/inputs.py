"""What is let in: shapes of input, their limits, and a sentence for each way to miss them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, TypeVar

from flask import request
from flask_babel import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from jobfair.exceptions import Problem
from jobfair.security import common_passwords

LARGEST_ID = 2**31 - 1
"""What a database's integer can hold; a larger id is nobody's."""

# A label of a host name, in any script: no dot, blank or sign in it, no hyphen at its ends.
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ATOM = r'[^\s@.,:;<>()\[\]\\"]+'
_PIN = re.compile("[0-9]{4,8}")
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")

# Controls, halves of characters, line breaks; and the marks that turn the direction of text,
# with which a name could rearrange the line it stands in.
_UNFIT_KINDS = {"Cc", "Cs", "Zl", "Zp"}
_UNFIT = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN_KINDS = {"Cf", "Mn", "Zs"}


class Input(BaseModel):
    """The base of every shape of input. In JSON a figure is a number, never text or true."""

    model_config = ConfigDict(strict=True, frozen=True)


@dataclass(frozen=True, slots=True)
class Invalid:
    """Input that was refused: a translated sentence for each field that is wrong."""

    errors: dict[str, str]


Shape = TypeVar("Shape", bound=Input)


def parse(shape: type[Shape], values: Mapping[str, Any]) -> Shape | Invalid:
    """Read `values` as a shape.

    A form, or a line of a table, comes as a MultiDict, in which everything is text; a JSON
    object comes as a dict, in which a figure in quotes is refused.
    """
    from_text = isinstance(values, MultiDict)
    try:
        return shape.model_validate(dict(values.items()), strict=False if from_text else None)
    except ValidationError as error:
        return Invalid(_sentences(error.errors(include_url=False, include_input=False)))


def json_body() -> dict[str, Any]:
    """The request's JSON object. Raises Problem (400 or 415) when there is none."""
    try:
        body = request.get_json()
    except UnsupportedMediaType as error:
        raise Problem("unsupported_media_type", _("Send this as JSON."), 415) from error
    except (BadRequest, RecursionError) as error:
        raise Problem("bad_request", _("This is not readable JSON.")) from error
    if not isinstance(body, dict):
        raise Problem("bad_request", _("Send a JSON object."))
    return body


def _sentences(errors: list[ErrorDetails]) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for error in errors:
        field = str(error["loc"][0]) if error["loc"] else ""
        sentences.setdefault(field, _sentence(error["type"], error.get("ctx", {})))
    return sentences


def _sentence(kind: str, limits: dict[str, Any]) -> str:
    for kinds, say in _SAID.items():
        if kind in kinds:
            return say(limits)
    return _("This cannot be accepted.")


def _too_short(limits: dict[str, Any]) -> str:
    shortest = limits["min_length"]
    if shortest == 1:
        return _("This is required.")
    return _("At least %(number)s characters.", number=shortest)


_SAID: dict[tuple[str, ...], Callable[[dict[str, Any]], str]] = {
    ("missing",): lambda _limits: _("This is required."),
    ("string_type",): lambda _limits: _("This must be text."),
    ("unfit", "string_unicode"): lambda _limits: _("This holds characters that cannot be shown."),
    ("string_too_short",): _too_short,
    ("string_too_long",): lambda limits: _(
        "At most %(number)s characters.", number=limits["max_length"]
    ),
    ("common_password",): lambda _limits: _(
        "Too many people use this password, so it is the first to be tried. Take another."
    ),
    ("pin",): lambda _limits: _("A PIN is 4 to 8 digits."),
    ("easy_pin",): lambda _limits: _(
        "This is among the first that are tried: take digits that are no row and not all the same."
    ),
    ("email",): lambda _limits: _("Give an e-mail address such as name@example.org."),
    ("string_pattern_mismatch", "endpoint"): lambda _limits: _("This is not what a browser sends."),
    ("int_type", "int_parsing", "int_from_float"): lambda _limits: _("Give a whole number."),
    ("int_parsing_size",): lambda _limits: _("This number is too large."),
    ("greater_than_equal",): lambda limits: _("At least %(number)s.", number=limits["ge"]),
    ("less_than_equal",): lambda limits: _("At most %(number)s.", number=limits["le"]),
    ("bool_type", "bool_parsing"): lambda _limits: _("This must be true or false."),
    ("list_type",): lambda _limits: _("This must be a list."),
    ("enum", "literal_error"): lambda limits: _(
        "Choose one of these: %(choices)s.", choices=limits["expected"].replace(" or ", ", ")
    ),
}


def _tidy(value: Any) -> Any:
    """One way to write each text, no blanks around it. Refuses what cannot be shown."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).strip()
    kinds = {unicodedata.category(each) for each in text}
    if kinds & _UNFIT_KINDS or _UNFIT.intersection(text):
        raise PydanticCustomError("unfit", "characters that cannot be shown")
    # What leaves nothing on the screen is as good as empty.
    return text if kinds - _UNSEEN_KINDS else ""


def _tidy_lines(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "\n".join(_tidy(line) for line in value.expandtabs(2).strip().splitlines())


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise PydanticCustomError("email", "not an e-mail address")
    return value.lower()


def _not_common(value: str) -> str:
    if common_passwords.is_common(value):
        raise PydanticCustomError("common_password", "one of the most common passwords")
    return value


def _closed_up(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


def _pin(value: str) -> str:
    if not _PIN.fullmatch(value):
        raise PydanticCustomError("pin", "not a PIN")
    return value


def _no_row_of_digits(value: str) -> str:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(value)}
    if steps in ({0}, {1}, {9}):
        raise PydanticCustomError("easy_pin", "one that is tried first")
    return value


def _none_if_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _on_one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _text(longest: int) -> Any:
    return StringConstraints(min_length=1, max_length=longest)


Email = Annotated[
    str,
    _text(254),
    AfterValidator(_email),
    BeforeValidator(_tidy),
    Field(json_schema_extra={"format": "email"}),
]
FirstName = Annotated[str, _text(100), BeforeValidator(_tidy)]
LastName = Annotated[str, _text(100), BeforeValidator(_tidy)]
CompanyName = Annotated[str, _text(200), BeforeValidator(_tidy)]
Stand = Annotated[
    Annotated[str, _text(50)] | None, BeforeValidator(_none_if_blank), BeforeValidator(_tidy)
]
Announcement = Annotated[str, _text(500), BeforeValidator(_tidy), BeforeValidator(_on_one_line)]
Jotting = Annotated[str, StringConstraints(max_length=2000), BeforeValidator(_tidy_lines)]
# A password is taken as it is typed, blanks included.
Password = Annotated[
    str, StringConstraints(min_length=8, max_length=128), AfterValidator(_not_common)
]
AnyPassword = Annotated[str, StringConstraints(min_length=1)]
AnyPin = Annotated[str, AfterValidator(_pin), BeforeValidator(_closed_up)]
Pin = Annotated[AnyPin, AfterValidator(_no_row_of_digits)]
Slots = Annotated[int, Field(ge=1, le=100)]
QueueLimit = Annotated[
    Annotated[int, Field(ge=1, le=100_000)] | None, BeforeValidator(_none_if_blank)
]
CallMinutes = Annotated[Annotated[int, Field(ge=1, le=60)] | None, BeforeValidator(_none_if_blank)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class Credentials(Input):
    """What signs somebody in."""

    email: Email
    password: AnyPassword


class GivenPin(Input):
    """What opens a stand on a new device."""

    pin: AnyPin


class Token(Input):
    """What renews a sign-in, or ends it."""

    refresh: Annotated[str, StringConstraints(min_length=1)]


class Registration(Input):
    """What a student's account is made from."""

    email: Email
    password: Password
    first_name: FirstName
    last_name: LastName


class PasswordChange(Input):
    """The form with which somebody changes their own password."""

    current_password: AnyPassword
    new_password: Password


class AdminAccount(Input):
    """What an admin's account is made from."""

    email: Email
    password: Password
