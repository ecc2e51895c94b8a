"""A student's name and password, what stands see of them, and where they are signed in."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.fields.input.declaration import in_edit, shape
from jobfair.fields.input.edits import values_of
from jobfair.fields.input.parsing import Input
from jobfair.fields.students.introductions import INTRODUCTION, SHOWN
from jobfair.fields.students.students import NAMES
from jobfair.live.pages.student import DASHBOARD, PROFILE
from jobfair.queries import hall_codes
from jobfair.queries import introductions as introductions_query
from jobfair.queries.access import open_sign_ins, security_log
from jobfair.queries.admin import roster
from jobfair.services.access import accounts
from jobfair.services.students import introductions
from jobfair.web.pages.edit_forms import EditForm
from jobfair.web.pages.open_pages import own_page
from jobfair.web.pages.responses import redirect_with_message, see_other, show
from jobfair.web.rendering import qr_codes
from jobfair.web.security import traces
from jobfair.web.security.sign_in import own_password
from jobfair.web.security.sign_in.authentication import current_actor, student_only
from jobfair.web.urls import link_to
from jobfair.wording.access.security_log import OUTCOMES

blueprint = Blueprint("profile", __name__)


NamesEdit = shape("NamesEdit", NAMES, in_edit, Input)
IntroductionEdit = shape("IntroductionEdit", INTRODUCTION, in_edit, Input)

INTRODUCTION_PLACE = f"{PROFILE.address}#introduction"
"""Where on the page the form is."""


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


@blueprint.post("/profile/introduction")
@student_only
def introduce() -> tuple[str, int] | Response:
    """Store what stands see, and show it to them."""
    actor = current_actor()
    form = EditForm(
        INTRODUCTION,
        stored=lambda: introductions_query.own(actor.student_id),
        page=lambda values, errors: _page(introduction_values=values, introduction_errors=errors),
    )
    return form.submit(
        IntroductionEdit,
        lambda changes, seen: introductions.change(actor, {**changes, SHOWN: True}, seen),
        INTRODUCTION_PLACE,
        lambda: _("Stands that call you see it from now on"),
    )


@blueprint.post("/profile/introduction/hide")
@student_only
def show_nothing() -> Response:
    """Show stands nothing, or nothing any more; what was written stays with the student."""
    introductions.change(current_actor(), {SHOWN: False})
    if "offered" in request.form:
        return see_other(DASHBOARD.address)
    return redirect_with_message(_("Stands see your name alone"), INTRODUCTION_PLACE)


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
    introduction = introductions_query.own(current_user.student_id)
    sign_ins = open_sign_ins.of_user(current_user.id, current_user.sign_in_id)
    return show(
        own_page(PROFILE),
        introduction=introduction,
        sign_ins=sign_ins,
        traces=security_log.latest(current_user.id, traces.visit().address),
        outcomes=OUTCOMES,
        **_badge(current_user.student_id),
        **context,
    )
