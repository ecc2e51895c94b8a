"""The hall's screen: a page for a projector, opened by a link that the organisers make."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from jobfair.exceptions import NotFound
from jobfair.live.pages.public import HALL
from jobfair.queries.public import hall
from jobfair.web import errors
from jobfair.web.pages.open_pages import open_page
from jobfair.web.pages.responses import show
from jobfair.wording.times import local_time

blueprint = Blueprint("hall", __name__)


@blueprint.errorhandler(NotFound)
def unknown_link(_error: NotFound) -> tuple[str, int]:
    sentence = _(
        "This link opens no screen. It may have been replaced: ask the organisers for the new one."
    )
    return errors.unknown_link(_("Invalid link"), sentence)


@blueprint.get(HALL.address)
def screen(token: str) -> str:
    hall.check(token)
    return show(open_page(HALL, token=token), zone=local_time.zone().key)
