"""French elides before a vowel: «la file d'Alpine Robotique», «plus qu'Élodie».

A translation says «de %(company)s»; the name's first letter is known only when it is filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

from flask_babel import Babel, Domain

from jobfair.wording.guillemets import kept_together

Words = TypeVar("Words", bound=str)

# No English sentence has «de» or «que» before a placeholder, so the language does not matter.
_ELIDED = re.compile(r"\b(d|D|qu|Qu)e %\((\w+)\)s")
_VOWELS = frozenset("aeiouœæ")


def fill(words: Words, values: Mapping[str, Any]) -> Words:
    """Fill values into words that hold `%(name)s`, with elisions.

    Returns text of the same type: markup stays markup, and escapes what is filled in. A name
    with «h» keeps «de»: whether that letter is mute cannot be known from the spelling.
    """
    if _ELIDED.search(words):
        words = type(words)(_ELIDED.sub(lambda found: _elided(found, values), words))
    return type(words)(words % values)


def _elided(found: re.Match[str], values: Mapping[str, Any]) -> str:
    start = unicodedata.normalize("NFKD", str(values[found[2]])[:1]).casefold()[:1]
    return f"{found[1]}'%({found[2]})s" if start in _VOWELS else found[0]


class _ElidingDomain(Domain):
    def gettext(self, string: str, **variables: Any) -> str:
        words = kept_together(self.get_translations().ugettext(string))
        return fill(words, variables) if variables else words

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        words = kept_together(self.get_translations().ungettext(singular, plural, num))
        return fill(words, {"num": num, **variables})


class ElidingBabel(Babel):
    """Flask-Babel, whose `gettext` and `ngettext` elide in French and keep «…» together."""

    @cached_property
    def domain_instance(self) -> Domain:
        """Where `gettext` looks words up."""
        return _ElidingDomain(domain=self.domain)
