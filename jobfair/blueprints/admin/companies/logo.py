"""The logo of one company: uploading it, taking it away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from gevent import get_hub
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.logos import encode
from jobfair.fields.pictures import LARGEST_FILE
from jobfair.queries.admin import roster
from jobfair.services import logos
from jobfair.services.access.rights import Right
from jobfair.web.refusals import refuse
from jobfair.web.responses import redirect_with_message
from jobfair.web.security.authentication import current_actor, needs

SPARE = 8 * 1024
"""What the form holds beside the file."""

blueprint = Blueprint("logo", __name__, url_prefix="/admin/companies/<int:company_id>/logo")


@blueprint.url_value_preprocessor
def take_large_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before the form is read, which is when its token is checked.
    request.max_content_length = LARGEST_FILE + SPARE


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: Exception) -> tuple[str, int]:
    """The form again, which says so."""
    return _refused(int((request.view_args or {})["company_id"]), RequestCode.LOGO_TOO_LARGE)


@blueprint.get("")
@needs(Right.MANAGE)
def form(company_id: int) -> str:
    return _form(company_id)


@blueprint.post("")
@needs(Right.MANAGE)
def change(company_id: int) -> Response | tuple[str, int]:
    uploaded = request.files.get("logo")
    # In a thread, as decoding a large picture would hold up everybody else.
    logo = get_hub().threadpool.apply(encode, (uploaded.read() if uploaded else b"",))
    if isinstance(logo, Refusal):
        return _refused(company_id, logo.code)
    logos.set_logo(current_actor(), company_id, logo)
    return _back_with(company_id, _("The logo is shown from now on."))


@blueprint.post("/remove")
@needs(Right.MANAGE)
def remove(company_id: int) -> Response:
    logos.set_logo(current_actor(), company_id, None)
    return _back_with(company_id, _("The logo is removed."))


def _refused(company_id: int, code: Any) -> tuple[str, int]:
    refused = refuse(Refusal(code))
    return _form(company_id, refused.errors["logo"]), refused.status


def _form(company_id: int, error: str | None = None) -> str:
    return render_template("admin/logo.html", managed=roster.company(company_id), error=error)


def _back_with(company_id: int, message: str) -> Response:
    return redirect_with_message(message, url_for("admin.company.index", company_id=company_id))
