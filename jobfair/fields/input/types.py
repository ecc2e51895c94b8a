"""The types of input: limits, and how text is normalised."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from jobfair.fields.input import emails
from jobfair.fields.input.characters import shows, without_stray
from jobfair.fields.input.company_names import LONGEST_KEY, name_key
from jobfair.security import common_passwords

ABOUT = "about"
"""The key of a validation's context: texts that are known about the owner of a password."""

FROM_TEXT = "from text"
"""Another: whether the input is a form or a line of a file, in which everything is text."""

LARGEST_ID = 2**31 - 1
"""The largest integer of the database, so no id is larger."""

_PIN = re.compile("[0-9]{4,8}")
_SIX_DIGITS = re.compile("[0-9]{6}")

# Control characters, surrogates and line breaks. Also the marks that change the direction of
# text, with which a name could rearrange the line around it.
_UNFIT_KINDS = {"Cc", "Cs", "Zl", "Zp"}
_UNFIT = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy(value: Any) -> Any:
    """Normalise a text and strip it. Refuses characters that cannot be shown."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).strip()
    kinds = {unicodedata.category(each) for each in text}
    if kinds & _UNFIT_KINDS or _UNFIT.intersection(text):
        raise PydanticCustomError("unfit", "characters that cannot be shown")
    # A text that shows nothing counts as empty.
    return text if shows(text) else ""


def _tidy_name(value: Any) -> Any:
    return tidy(_on_one_line(without_stray(value))) if isinstance(value, str) else value


def _tidy_lines(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "\n".join(tidy(line) for line in value.expandtabs(2).strip().splitlines())


def _email(value: str) -> str:
    try:
        return emails.canonical(value)
    except ValueError as error:
        raise PydanticCustomError("email", "not an e-mail address") from error


def _known_email(value: str) -> str:
    if "@" not in value:
        raise PydanticCustomError("email", "not an e-mail address")
    return emails.folded(value)


def _short_key(value: str) -> str:
    if len(name_key(value)) > LONGEST_KEY:
        raise PydanticCustomError("too_many_ligatures", "longer than its column once folded")
    return value


def _not_common(value: str, info: ValidationInfo) -> str:
    if common_passwords.is_about(value, (info.context or {}).get(ABOUT, ())):
        raise PydanticCustomError("own_words", "made of what is known about its owner")
    if common_passwords.is_common(value):
        raise PydanticCustomError("common_password", "one of the most common passwords")
    return value


def _share(value: Any) -> Any:
    try:
        percent = Decimal(value.strip().replace(",", "."))
        if percent.is_finite() and 0 <= percent <= 100:
            return round(percent * 100)
    except (ArithmeticError, AttributeError) as error:
        raise PydanticCustomError("percent", "not a number") from error
    raise PydanticCustomError("percent", "not from 0 to 100")


def _closed_up(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


def _pin(value: str) -> str:
    if not _PIN.fullmatch(value):
        raise PydanticCustomError("pin", "not a PIN")
    return value


def _six_digits(value: str) -> str:
    if not _SIX_DIGITS.fullmatch(value):
        raise PydanticCustomError("six_digits", "not six digits")
    return value


def _no_row_of_digits(value: str) -> str:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(value)}
    if steps in ({0}, {1}, {9}):
        raise PydanticCustomError("easy_pin", "one that is tried first")
    return value


def _none_if_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not shows(value.strip()) else value


def _false_if_blank(value: Any) -> Any:
    return False if value == "" else value


def _on_one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value.strip())
    except (AttributeError, ValueError) as error:
        raise PydanticCustomError("day", "not a day") from error


def _time_of_day(value: Any) -> Any:
    try:
        return time.fromisoformat(value.strip()).replace(tzinfo=None)
    except (AttributeError, ValueError) as error:
        raise PydanticCustomError("time_of_day", "not a time of the day") from error


def _moment(value: Any) -> Any:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise PydanticCustomError("moment", "not a time") from error
    raise PydanticCustomError("moment", "a time without its offset")


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
        good = good and not re.search(r"[\s\\<>\"]", value) and parts.port in (None, 443)
    except ValueError:
        good = False
    if not good:
        raise PydanticCustomError("web_address", "not an https address")
    return value


def _text(longest: int) -> Any:
    return StringConstraints(min_length=1, max_length=longest)


def line(longest: int) -> Any:
    """Text on one line, which may not be blank."""
    return Annotated[str, _text(longest), BeforeValidator(_tidy_name)]


def lines(longest: int) -> Any:
    """Text that may have several lines, and may not be blank."""
    return Annotated[str, _text(longest), BeforeValidator(_tidy_lines)]


def whole(least: int, most: int) -> Any:
    """A whole number."""
    return Annotated[int, Field(ge=least, le=most)]


def or_none(kind: Any) -> Any:
    """The same, or None where it is left blank."""
    return Annotated[kind | None, BeforeValidator(_none_if_blank)]


_EMAIL_TEXT = Annotated[
    str,
    _text(emails.LONGEST),
    BeforeValidator(tidy),
    BeforeValidator(_on_one_line),
    Field(json_schema_extra={"format": "email"}),
]
Email = Annotated[_EMAIL_TEXT, AfterValidator(_email)]
KnownEmail = Annotated[_EMAIL_TEXT, AfterValidator(_known_email)]
"""The e-mail address of an account, which may be older than today's rules."""
CompanyName = Annotated[str, _text(200), AfterValidator(_short_key), BeforeValidator(_tidy_name)]
ProgramName = Annotated[str, _text(60), BeforeValidator(_tidy_name)]
"""What organisers call a program: in its key, and in the log."""
SearchWords = Annotated[str, _text(emails.LONGEST), BeforeValidator(_tidy_name)]
"""What is typed to find somebody: a name or an e-mail address."""
Announcement = Annotated[str, _text(500), BeforeValidator(tidy), BeforeValidator(_on_one_line)]
Jotting = Annotated[str, StringConstraints(max_length=2000), BeforeValidator(_tidy_lines)]
_SECRET = Field(json_schema_extra={"format": "password"})
# A password is taken as it is typed, blanks included.
Password = Annotated[
    str, StringConstraints(min_length=8, max_length=128), AfterValidator(_not_common), _SECRET
]
AnyPassword = Annotated[str, StringConstraints(min_length=1), _SECRET]
AnyWord = Annotated[str, StringConstraints(max_length=100)]
"""A word as somebody types it who has heard it."""
SixDigits = Annotated[str, AfterValidator(_six_digits), BeforeValidator(_closed_up)]
AnyPin = Annotated[str, AfterValidator(_pin), BeforeValidator(_closed_up), _SECRET]
Pin = Annotated[AnyPin, AfterValidator(_no_row_of_digits)]
Ticked = Annotated[bool, BeforeValidator(_false_if_blank)]
"""A box of a form, which sends a blank text where it is not ticked."""


def one_of(*choices: str) -> Any:
    """One of these texts, where they are listed elsewhere."""

    def known(value: str) -> str:
        if value not in choices:
            expected = {"expected": " or ".join(choices)}
            raise PydanticCustomError("looking_for", "none of them", expected)
        return value

    return Annotated[str, AfterValidator(known), Field(json_schema_extra={"enum": list(choices)})]


WebAddress: Any = Annotated[line(500), AfterValidator(_web_address)]
Day = Annotated[date, BeforeValidator(_day)]
TimeOfDay = Annotated[
    time,
    BeforeValidator(_time_of_day),
    # The format «time» would ask for a zone, which is the fair's.
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    Field(json_schema_extra={"type": "string", "format": "date-time"}),
]
"""A time with its offset from UTC, as JSON has it."""
Share = Annotated[int, BeforeValidator(_share)]
"""A percentage as it is typed, 34.5 or 34,5; as a number of ten-thousandths."""
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
