"""Every code that a refusal may have, with its status and its sentence in each language."""

from __future__ import annotations

import inspect
from enum import StrEnum
from typing import Any

from flask_babel import force_locale

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import EntryState, Phase, Presence
from jobfair.wording.language import LANGUAGES
from jobfair.wording.refusals import REFUSALS, sentence

_VALUES = {
    "ahead": 2,
    "by_mail": False,
    "domains": "univ.fr",
    "left": 4,
    "phase": Phase.CLOSED,
    "state": EntryState.RUNNING,
    "status": Presence.PAUSED,
    "student": True,
}
"""What a sentence is shown with that needs to be told something."""


def error_codes() -> list[dict[str, Any]]:
    """Every code in alphabetical order, with an example of its sentence where that varies."""
    return [
        {"code": str(code), "status": REFUSALS[code].status, **_sentences(code)}
        for code in sorted(REFUSALS)
    ]


def example(code: StrEnum) -> dict[str, Any]:
    """A refusal as it is answered, in English."""
    return {"detail": _sentences(code)["en"], "code": str(code)}


def _sentences(code: StrEnum) -> dict[str, str]:
    refusal = Refusal(code, _needed_by(REFUSALS[code].sentence))
    said = {}
    for language in LANGUAGES:
        with force_locale(language):
            said[language] = sentence(refusal)
    return said


def _needed_by(words: Any) -> dict[str, Any]:
    if not callable(words):
        return {}
    parameters = inspect.signature(words).parameters.values()
    return {each.name: _VALUES[each.name] for each in parameters if each.default is each.empty}
