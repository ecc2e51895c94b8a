"""The fields of a company's profile: what students read of it before they join. All optional.

Sectors, languages and what it looks for are lists, kept as text: `Data, Energy`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from jobfair.domain.events import CompanyProfileChanged, Event
from jobfair.fields.input.declaration import Field
from jobfair.fields.input.folding import folded
from jobfair.fields.input.types import FROM_TEXT, WebAddress, line, lines, or_none

MOST_WORDS = 5
"""Sectors, and languages, of one company."""

LONGEST_WORD = 40

SEPARATOR = ", "

_SEPARATORS = re.compile(r"[,;|\n]+")


class LookingFor(StrEnum):
    """Whom a company looks for."""

    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"
    JOB = "job"
    PHD = "phd"
    OTHER = "other"


LOOKING_FOR: Mapping[str, LazyString] = MappingProxyType(
    {
        LookingFor.INTERNSHIP: _("Internship"),
        LookingFor.APPRENTICESHIP: _("Apprenticeship"),
        LookingFor.JOB: _("Job"),
        LookingFor.PHD: _("PhD"),
        LookingFor.OTHER: _("Something else"),
    }
)

NAMED: Mapping[str, str] = {
    LookingFor.INTERNSHIP: "internship internships intern stage stages stagiaire stagiaires",
    LookingFor.APPRENTICESHIP: "apprenticeship apprenticeships apprentice alternance alternances "
    "apprentissage alternant alternants",
    LookingFor.JOB: "job jobs emploi emplois cdi cdd poste postes",
    LookingFor.PHD: "phd phds these theses doctorat doctorats cifre",
    LookingFor.OTHER: "other others autre autres else somethingelse autrechose",
}
"""What lists and searches call them, in lower case without accents and blanks."""

_CODES = {word: code for code, words in NAMED.items() for word in words.split()}


def words(text: str | None) -> tuple[str, ...]:
    """The words of a list that is kept as text."""
    return tuple(text.split(SEPARATOR)) if text else ()


def chosen(text: str | None) -> str:
    """What a company looks for, in the language of the request."""
    return SEPARATOR.join(str(LOOKING_FOR[each]) for each in words(text))


def _split(value: Any, info: ValidationInfo) -> list[str]:
    """The words of a list: forms and files have it as text, JSON as a list."""
    if (info.context or {}).get(FROM_TEXT, False):
        value = _SEPARATORS.split(value)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise PydanticCustomError("list_type", "not a list of texts")
    return [" ".join(each.split()) for each in value if each.strip()]


def _joined(value: Any, info: ValidationInfo) -> Any:
    """A list as it is kept: each word once."""
    found = list({folded(each): each for each in _split(value, info)}.values())
    if len(found) > MOST_WORDS:
        raise PydanticCustomError("too_many_words", "too many", {"most": MOST_WORDS})
    if any(len(each) > LONGEST_WORD for each in found):
        raise PydanticCustomError("long_word", "too long", {"most": LONGEST_WORD})
    return SEPARATOR.join(found)


def _codes(value: Any, info: ValidationInfo) -> Any:
    given = _split(value, info)
    found = [_CODES.get("".join(filter(str.isalnum, folded(each)))) for each in given]
    if None in found:
        raise PydanticCustomError(
            "looking_for", "unknown", {"expected": SEPARATOR.join(LookingFor)}
        )
    return SEPARATOR.join(each for each in LookingFor if each in found)


def _changed(field: str) -> Callable[[int, Any, Any], Event]:
    return lambda company_id, before, after: CompanyProfileChanged(company_id, field, before, after)


def _none_if_empty(value: Any) -> Any:
    return None if value == [] else value


def _list_of(items: dict[str, Any], read: Callable[[Any, ValidationInfo], Any]) -> Any:
    """A list, kept as text; JSON has an array. None where it is empty."""
    kept: Any = Annotated[line(_LONGEST_LIST), BeforeValidator(read)]
    array = {"type": "array", "items": {"type": "string", **items}, "maxItems": MOST_WORDS}
    return Annotated[
        or_none(kept),
        BeforeValidator(_none_if_empty),
        WithJsonSchema({"anyOf": [array, {"type": "null"}]}),
    ]


_LONGEST_LIST = MOST_WORDS * (LONGEST_WORD + len(SEPARATOR))
_Words = _list_of({"maxLength": LONGEST_WORD}, _joined)
LookingForList = _list_of({"enum": list(LookingFor)}, _codes)
"""What somebody looks for, as codes in their own order; None for nothing."""

PROFILE = (
    Field(
        "hall",
        or_none(line(40)),
        _("Hall"),
        default=None,
        hint=_("The hall, or the aisle, that the stand is in. It is shown in every call."),
        input="text",
        headings="hall halle salle allee aisle zone batiment building",
        json_name="hall",
        event=_changed("hall"),
    ),
    Field(
        "description",
        or_none(lines(2000)),
        _("Description"),
        default=None,
        hint=_("What the company does and whom it would like to meet, in plain text."),
        input="textarea",
        headings="description presentation about descriptif apropos",
        json_name="description",
        event=_changed("description"),
    ),
    Field(
        "sectors",
        _Words,
        _("Sectors"),
        default=None,
        hint=_("Up to five, separated by commas: Data, Energy."),
        input="text",
        headings="sectors sector secteurs secteur secteursdactivite secteurdactivite domaines "
        "domaine industry",
        json_name="sectors",
        event=_changed("sectors"),
    ),
    Field(
        "looking_for",
        LookingForList,
        _("Looking for"),
        default=None,
        input="choices",
        choices=LOOKING_FOR,
        headings="lookingfor offers offres recherche recherches typedecontrat contrats "
        "typesdecontrat profilsrecherches",
        json_name="looking_for",
        event=_changed("looking_for"),
    ),
    Field(
        "languages",
        _Words,
        _("Working languages"),
        default=None,
        hint=_("Separated by commas: French, English."),
        input="text",
        headings="languages language workinglanguages langues langue languesdetravail",
        json_name="languages",
        event=_changed("languages"),
    ),
    Field(
        "link",
        or_none(WebAddress),
        _("Web address"),
        default=None,
        input="url",
        headings="link url website web webaddress siteweb site siteinternet lien adresseweb",
        json_name="link",
        event=_changed("link"),
    ),
)

WRITTEN_BY_COMPANIES = tuple(each for each in PROFILE if each.name != "hall")
"""Where a stand is, the organisers say."""
