"""What a company says about itself, by its link, while the organisers let it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.companies.company_profiles import WRITTEN_BY_COMPANIES
from jobfair.fields.companies.logos import encode
from jobfair.fields.input.declaration import in_edit, shape
from jobfair.fields.input.parsing import Input
from jobfair.live.pages.stand import STAND
from jobfair.queries.admin import roster
from jobfair.queries.fair import profile_editing
from jobfair.services.companies import own_profiles
from jobfair.web.pages.edit_forms import EditForm
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.pictures import carries_picture, uploaded
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import company_of, stand_actor

ProfileEdit = shape("ProfileEdit", WRITTEN_BY_COMPANIES, in_edit, Input)

blueprint = Blueprint("own_profile", __name__, url_prefix=f"{STAND.address}/profile")
blueprint.register_error_handler(NotFound, unknown_link)


@blueprint.get("")
def index(token: str) -> str:
    return _page(token)


@blueprint.post("")
def edit(token: str) -> Response | tuple[str, int]:
    actor = stand_actor(company_of(token))
    form = EditForm(
        WRITTEN_BY_COMPANIES,
        stored=lambda: roster.company(actor.company_id).fields,
        page=partial(_page, token),
    )
    write = partial(own_profiles.edit, actor, actor.company_id)
    return form.submit(ProfileEdit, write, _address(token))


@blueprint.post("/logo")
def change_logo(token: str) -> Response | tuple[str, int]:
    actor = stand_actor(company_of(token))
    logo = uploaded("logo", encode)
    done = (
        logo if isinstance(logo, Refusal) else own_profiles.set_logo(actor, actor.company_id, logo)
    )
    if done is not None:
        return _refused(done, token)
    return redirect_with_message(_("The logo is shown from now on."), _address(token))


@carries_picture(blueprint, RequestCode.LOGO_TOO_LARGE)
def _refused(refusal: Refusal, token: str) -> tuple[str, int]:
    refused = refuse(refusal)
    return _page(token, errors=refused.errors), refused.status


def _page(token: str, **refused: Any) -> str:
    managed = roster.company(company_of(token).id)
    open_now = profile_editing.is_open()
    shown = {"values": managed.fields, "errors": {}, **refused}
    return render_template(
        "stand/profile.html", token=token, managed=managed, open_now=open_now, **shown
    )


def _address(token: str) -> str:
    return url_for("own_profile.index", token=token)
