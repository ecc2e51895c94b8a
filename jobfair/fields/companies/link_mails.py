"""The mail that brings a company the link of its stand: its words, and the places to be filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from jobfair.fields.input.types import line, lines


class Place(StrEnum):
    """What each mail has of its own."""

    COMPANY = "company"
    STAND = "stand"
    HALL = "hall"
    LINK = "link"
    FAIR = "fair"
    DAYS = "days"


SPELLINGS: Mapping[str, Place] = MappingProxyType(
    {
        **{each.value: each for each in Place},
        "entreprise": Place.COMPANY,
        "lien": Place.LINK,
        "salon": Place.FAIR,
        "dates": Place.DAYS,
    }
)
"""What a place is called between braces, in both languages."""

_BRACES = re.compile(r"\{\s*([^{}]*?)\s*\}")


def places(text: str) -> set[Place | None]:
    """The places of a text; None stands for one that there is not."""
    return {SPELLINGS.get(each.lower()) for each in _BRACES.findall(text)}


def filled(text: str, values: Mapping[Place, str]) -> str:
    """A text with a company's own words in its places."""
    return _BRACES.sub(lambda found: values[SPELLINGS[found[1].lower()]], text)


def _known(text: str) -> str:
    for each in _BRACES.findall(text):
        if each.lower() not in SPELLINGS:
            raise PydanticCustomError("place", "no such place", {"place": each[:40]})
    return text


def _with_link(text: str) -> str:
    if Place.LINK not in places(text):
        raise PydanticCustomError("link_place", "without the link")
    return text


MailSubject: Any = Annotated[line(150), AfterValidator(_known)]
MailText: Any = Annotated[lines(3000), AfterValidator(_known), AfterValidator(_with_link)]
