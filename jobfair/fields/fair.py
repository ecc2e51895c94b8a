"""The fields of the fair itself, each declared once."""

from __future__ import annotations

import re
from typing import Annotated

from flask_babel import lazy_gettext as _
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from jobfair.domain.signing_up import SignUp, folded_word
from jobfair.fields import emails
from jobfair.fields.declaration import Field
from jobfair.fields.types import Day, line, or_none, whole


def _domains(value: str) -> str:
    found = re.split(r"[\s,;]+", value.strip(" ,;"))
    try:
        return ", ".join(dict.fromkeys(map(emails.domain, found)))
    except ValueError as error:
        raise PydanticCustomError("domains", "not a list of domains") from error


def _sayable(value: str) -> str:
    if len(folded_word(value)) < SHORTEST_WORD:
        raise PydanticCustomError("word", "too few letters and digits")
    return value


SHORTEST_WORD = 4
"""Letters and digits of the word that is said in the hall."""

CALL_MINUTES = Field(
    "call_minutes",
    or_none(whole(1, 60)),
    _("Minutes"),
    hint=_("Blank: a call lasts until the student or the stand ends it."),
    input="number",
)
ENDS_ON = Field(
    "ends_on",
    or_none(Day),
    _("Last day of the fair"),
    input="date",
)
SIGN_UP = Field("sign_up", SignUp, _("Who may sign up"), input="radio")
SIGN_UP_DOMAINS = Field(
    "sign_up_domains",
    or_none(Annotated[line(1000), AfterValidator(_domains)]),
    _("Domains of the school's addresses"),
    hint=_("For example: univ.fr, school.example. What is below them counts too: etu.univ.fr."),
    input="text",
)
SIGN_UP_WORD = Field(
    "sign_up_word",
    Annotated[line(40), AfterValidator(_sayable)],
    _("A word of your own"),
    hint=_("At least 4 letters or digits. Case, accents and blanks do not matter."),
    input="text",
)
