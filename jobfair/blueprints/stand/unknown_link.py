"""What a link says that opens no stand, or does not any more."""

from __future__ import annotations

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.exceptions import NotFound
from jobfair.web import errors


def unknown_link(error: NotFound) -> tuple[str, int] | Response:
    """The answer for what is not found below a stand's link."""
    if error.what != "company":
        return errors.not_found(error)
    sentence = _(
        "This link opens no stand. It may have been replaced: ask the organisers for the new one."
    )
    return errors.unknown_link(_("Invalid token"), sentence)
