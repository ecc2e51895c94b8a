"""The hall's screen: a page for a projector, opened by a link that the organisers make."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from jobfair.exceptions import NotFound
from jobfair.live.fragments import HALL
from jobfair.queries.public import hall
from jobfair.web import errors

blueprint = Blueprint("hall", __name__, url_prefix="/hall")


@blueprint.errorhandler(NotFound)
def unknown_link(_error: NotFound) -> tuple[str, int]:
    sentence = _(
        "This link opens no screen. It may have been replaced: ask the organisers for the new one."
    )
    return errors.unknown_link(_("Invalid link"), sentence)


def hall_page() -> dict[str, object]:
    """What the hall's screen shows."""
    return {"hall": hall.hall()}


@blueprint.get("/<token>", strict_slashes=False)
def screen(token: str) -> str:
    hall.check(token)
    return HALL.render({**hall_page(), "live_url": f"/live/hall/{token}"})
