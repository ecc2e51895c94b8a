"""A column of full names, parted into first and last name."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from jobfair.fields.input.declaration import Field
from jobfair.fields.input.types import line

FIRST_NAME_FIRST = Field(
    "full_name",
    line(200),
    _("First and last name, in one column"),
    headings="name fullname nomcomplet prenomnom prenometnom etudiant etudiante etudiants student "
    "candidat candidate participant",
)
LAST_NAME_FIRST = Field(
    "full_name_reversed",
    line(200),
    _("Last and first name, in one column"),
    headings="nomprenom nometprenom nomsprenoms nometprenoms lastnamefirstname",
)


def parted(name: str, last_name_first: bool) -> tuple[str, str]:
    """The first and the last name of a full one; either is blank where there is one word.

    A comma, or capitals as in «LEFÈVRE Élodie», say which is which; else the order does.
    """
    before, comma, after = (each.strip() for each in name.partition(","))
    if comma:
        return after, before
    words = before.split()
    loud = [_is_shouted(word) for word in words]
    if any(loud) and not all(loud):
        # A particle belongs to the name that follows it: «de LA TOUR».
        last = [shouted or word.islower() for word, shouted in zip(words, loud, strict=True)]
        return _those(words, last, False), _those(words, last, True)
    if last_name_first:
        return " ".join(words[-1:]), " ".join(words[:-1])
    return " ".join(words[:1]), " ".join(words[1:])


def _is_shouted(word: str) -> bool:
    letters = list(filter(str.isalpha, word))
    # An initial, as in «Ana M. Lima», is written so in any name.
    return len(letters) > 1 and all(map(str.isupper, letters))


def _those(words: list[str], last: list[bool], wanted: bool) -> str:
    return " ".join(word for word, is_last in zip(words, last, strict=True) if is_last is wanted)
