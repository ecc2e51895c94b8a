"""The fields of the fair itself, each declared once."""

from __future__ import annotations

import re
from typing import Annotated
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from jobfair.domain.signing_up import SignUp, folded_word
from jobfair.fields.fair.colours import DARK_GROUNDS, LIGHT_GROUNDS, readable_on
from jobfair.fields.input import emails
from jobfair.fields.input.declaration import Field
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Day, TimeOfDay, line, lines, or_none, whole


def _domains(value: str) -> str:
    found = re.split(r"[\s,;]+", value.strip(" ,;"))
    try:
        return ", ".join(dict.fromkeys(map(emails.domain, found)))
    except ValueError as error:
        raise PydanticCustomError("domains", "not a list of domains") from error


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise PydanticCustomError("zone", "not a time zone")
    return value


def _sayable(value: str) -> str:
    if len(folded_word(value)) < SHORTEST_WORD:
        raise PydanticCustomError("word", "too few letters and digits")
    return value


SHORTEST_WORD = 4
"""Letters and digits of the word that is said in the hall."""

NAME = Field(
    "name",
    or_none(line(80)),
    _("Name of the fair"),
    hint=_("On every page, card, poster, mail and screen."),
    input="text",
)
STARTS_ON = Field(
    "starts_on",
    or_none(Day),
    _("First day of the fair"),
    input="date",
)
ZONE = Field(
    "zone",
    or_none(Annotated[line(64), AfterValidator(_zone)]),
    _("Time zone"),
    hint=_("For example Europe/Paris. Blank: as the server is set."),
    input="text",
)
WELCOME = Field(
    "welcome",
    or_none(lines(1000)),
    _("Words of welcome"),
    hint=_("On the welcome page, for visitors who are not signed in: where it is, who may come."),
    input="textarea",
)
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
OPENS = Field(
    "opens",
    or_none(TimeOfDay),
    _("Opens by itself at"),
    hint=_("On each day of the fair. Blank: somebody opens it."),
    input="time",
)
CLOSES = Field(
    "closes",
    or_none(TimeOfDay),
    _("Closes by itself at"),
    hint=_("Who opens or closes it by hand in the hour before, or later, is not overruled."),
    input="time",
)
COLOUR = Field(
    "colour",
    or_none(Annotated[line(7), readable_on(LIGHT_GROUNDS)]),
    _("Colour on the light page"),
    hint=_("Of links and buttons, such as #1B4AA0. Blank: ours."),
    input="text",
)
COLOUR_DARK = Field(
    "colour_dark",
    or_none(Annotated[line(7), readable_on(DARK_GROUNDS)]),
    _("Colour on the dark page"),
    hint=_("For devices set to dark, such as #A4C2FF. Blank: ours."),
    input="text",
)
KEEP_DAYS = Field(
    "keep_days",
    or_none(whole(0, 3650)),
    _("Days that people are kept after its end"),
    hint=_("0: until somebody removes them. Blank: as the server is set."),
    input="number",
)
BY_LOT = Field(
    "by_lot",
    bool,
    _("Opening by lot"),
    hint=_("All who join before the opening have the same chance: places are drawn when it opens."),
)
DETAILS = (
    NAME,
    STARTS_ON,
    ENDS_ON,
    OPENS,
    CLOSES,
    ZONE,
    WELCOME,
    COLOUR,
    COLOUR_DARK,
    KEEP_DAYS,
)
"""What the fair's page says of it, in its order."""

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


class WholeFairMeant(Input):
    """What takes the whole fair apart asks for its name, and once more while it is open."""

    typed_name: str
    although_open: bool = False
