"""A student's name and password, and where they are signed in."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.fields.declaration import in_edit, shape
from jobfair.fields.edits import values_of
from jobfair.fields.parsing import Input
from jobfair.fields.students import NAMES
from jobfair.live.pages.student import PROFILE
from jobfair.queries import hall_codes, open_sign_ins, security_log
from jobfair.queries.admin import roster
from jobfair.services.access import accounts
from jobfair.web.edit_forms import EditForm
from jobfair.web.open_pages import own_page
from jobfair.web.rendering import qr_codes
from jobfair.web.responses import show
from jobfair.web.security import own_password, traces
from jobfair.web.security.authentication import current_actor, student_only
from jobfair.web.urls import link_to
from jobfair.wording.security_log import OUTCOMES

blueprint = Blueprint("profile", __name__)


NamesEdit = shape("NamesEdit", NAMES, in_edit, Input)


@blueprint.get(PROFILE.address)
@student_only
def index() -> str:
    return _page()


@blueprint.post(PROFILE.address)
@student_only
def rename() -> tuple[str, int] | Response:
    actor = current_actor()
    form = EditForm(
        NAMES, stored=lambda: values_of(NAMES, roster.student(actor.student_id)), page=_page
    )
    write = partial(accounts.edit_student, actor, actor.student_id)
    return form.submit(NamesEdit, write, PROFILE.address)


@blueprint.post("/profile/password")
@student_only
def change_password() -> tuple[str, int] | Response:
    return own_password.change_by_form(lambda errors: _page(errors=errors), PROFILE.address)


def _badge(student_id: int) -> dict[str, str]:
    """What a student shows at the desk: their code, and as a QR code where it leads the desk."""
    code = hall_codes.code(student_id)
    address = link_to("admin.desk.badge", code=code.replace(" ", ""))
    return {"badge_code": code, "badge": qr_codes.svg(address)}


def _page(**context: Any) -> str:
    sign_ins = open_sign_ins.of_user(current_user.id, current_user.sign_in_id)
    return show(
        own_page(PROFILE),
        sign_ins=sign_ins,
        traces=security_log.latest(current_user.id, traces.visit().address),
        outcomes=OUTCOMES,
        **_badge(current_user.student_id),
        **context,
    )
