"""What a company says about itself, by its link, while the organisers let it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from gevent import get_hub
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.company_profiles import WRITTEN_BY_COMPANIES
from jobfair.fields.declaration import in_edit, shape
from jobfair.fields.edits import again, parse_edit, saved
from jobfair.fields.logos import encode
from jobfair.fields.parsing import Input, Invalid
from jobfair.fields.pictures import LARGEST_FILE
from jobfair.live.pages.stand import STAND
from jobfair.queries import profile_editing
from jobfair.queries.admin import roster
from jobfair.services import own_profiles
from jobfair.web.refusals import refuse
from jobfair.web.responses import redirect_with_message
from jobfair.web.security.authentication import company_of, stand_actor

ProfileEdit = shape("ProfileEdit", WRITTEN_BY_COMPANIES, in_edit, Input)

SPARE = 64 * 1024
"""What a form holds beside the file of a logo."""

blueprint = Blueprint("own_profile", __name__, url_prefix=f"{STAND.address}/profile")
blueprint.register_error_handler(NotFound, unknown_link)


@blueprint.url_value_preprocessor
def take_large_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before the form is read, which is when its token is checked.
    request.max_content_length = LARGEST_FILE + SPARE


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: Exception) -> tuple[str, int]:
    """The page again, which says so."""
    refused = refuse(Refusal(RequestCode.LOGO_TOO_LARGE))
    return _page(str((request.view_args or {})["token"]), errors=refused.errors), refused.status


@blueprint.get("")
def index(token: str) -> str:
    return _page(token)


@blueprint.post("")
def edit(token: str) -> Response | tuple[str, int]:
    actor = stand_actor(company_of(token))
    given = parse_edit(ProfileEdit, request.form)
    if isinstance(given, Invalid):
        return _again(token, given.errors), 400
    done = own_profiles.edit(actor, actor.company_id, given.changes, given.seen)
    if isinstance(done, Refusal):
        refused = refuse(done)
        return _again(token, refused.errors), refused.status
    stored = roster.company(actor.company_id).fields
    return _back_with(token, saved(WRITTEN_BY_COMPANIES, request.form, stored))


@blueprint.post("/logo")
def change_logo(token: str) -> Response | tuple[str, int]:
    actor = stand_actor(company_of(token))
    uploaded = request.files.get("logo")
    # In a thread, as decoding a large picture would hold up everybody else.
    logo = get_hub().threadpool.apply(encode, (uploaded.read() if uploaded else b"",))
    done = (
        logo if isinstance(logo, Refusal) else own_profiles.set_logo(actor, actor.company_id, logo)
    )
    if done is not None:
        refused = refuse(done)
        return _page(token, errors=refused.errors), refused.status
    return _back_with(token, _("The logo is shown from now on."))


def _again(token: str, errors: dict[str, str]) -> str:
    stored = roster.company(company_of(token).id).fields
    return _page(token, **again(WRITTEN_BY_COMPANIES, request.form, stored, errors))


def _page(token: str, **refused: Any) -> str:
    managed = roster.company(company_of(token).id)
    open_now = profile_editing.is_open()
    shown = {"values": managed.fields, "errors": {}, **refused}
    return render_template(
        "stand/profile.html", token=token, managed=managed, open_now=open_now, **shown
    )


def _back_with(token: str, message: str) -> Response:
    return redirect_with_message(message, url_for("own_profile.index", token=token))
