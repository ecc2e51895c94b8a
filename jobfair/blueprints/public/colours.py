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

LIGHT = ":root{{--link:#{0};--strong:#{0};--strong-ink:#fff;--strong-hover:#{0}}}"
DARK = ":root{{--link:#{0};--strong:#{0};--strong-ink:#111318;--strong-hover:#{0}}}"
"""Checked before they are stored: each can be read on its page, and the page's own on it."""


@blueprint.get("/colours/<light>-<dark>.css")
def stylesheet(light: str, dark: str) -> Response:
    """The rules of two colours such as `1b4aa0`; `ours` is for one that is not set."""
    rules = [
        f"@media {medium}{{{rule.format(colour)}}}"
        for medium, rule, colour in (
            ("screen and (prefers-color-scheme:light)", LIGHT, _known(light)),
            ("screen and (prefers-color-scheme:dark)", DARK, _known(dark)),
        )
        if colour != OURS
    ]
    headers = {"Cache-Control": IMMUTABLE}
    return Response("\n".join(rules) + "\n", mimetype="text/css", headers=headers)


def _known(colour: str) -> str:
    """Raises NotFound for what is no colour."""
    if colour != OURS and not _COLOUR.fullmatch(colour):
        raise NotFound("colour")
    return colour
