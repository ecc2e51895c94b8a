"""The fair's colours as a style sheet.

The address names them, so a browser asks for it once.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response

from jobfair.exceptions import NotFound
from jobfair.web.rendering.assets import IMMUTABLE

blueprint = Blueprint("colours", __name__)

OURS = "ours"
_COLOUR = re.compile("[0-9a-f]{6}")

ON_DARK, ON_LIGHT = "#fff", "#111318"
"""Words on a colour. They were checked against it before it was stored."""


@blueprint.get("/colours/<light>-<dark>.css")
def stylesheet(light: str, dark: str) -> Response:
    """The rules of two colours such as `1b4aa0`; `ours` is for one that is not set."""
    rules = _rule("light", _known(light), ON_DARK) + _rule("dark", _known(dark), ON_LIGHT)
    return Response(rules, mimetype="text/css", headers={"Cache-Control": IMMUTABLE})


def _rule(scheme: str, colour: str, words: str) -> str:
    """What the screens of a scheme have in a colour, with `words` on it."""
    if colour == OURS:
        return ""
    return (
        f"@media screen and (prefers-color-scheme:{scheme}){{:root{{--link:#{colour};"
        f"--strong:#{colour};--strong-ink:{words};--strong-hover:#{colour}}}}}\n"
    )


def _known(colour: str) -> str:
    """Raises NotFound for what is no colour."""
    if colour != OURS and not _COLOUR.fullmatch(colour):
        raise NotFound("colour")
    return colour
