"""A student's name and password, and where they are signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.fields.accounts import PasswordChange
from jobfair.fields.declaration import in_edit, shape
from jobfair.fields.edits import again, parse_edit, saved, values_of
from jobfair.fields.parsing import Input, Invalid, parse
from jobfair.fields.students import NAMES
from jobfair.live.pages.student import PROFILE
from jobfair.queries import open_sign_ins
from jobfair.queries.admin import roster
from jobfair.services.access import accounts
from jobfair.web.open_pages import own_page
from jobfair.web.refusals import refuse
from jobfair.web.responses import redirect_with_message, show
from jobfair.web.security import own_password
from jobfair.web.security.authentication import current_actor, student_only

blueprint = Blueprint("profile", __name__)


NamesEdit = shape("NamesEdit", NAMES, in_edit, Input)


@blueprint.get(PROFILE.address)
@student_only
def index() -> str:
    return _page()


@blueprint.post(PROFILE.address)
@student_only
def rename() -> tuple[str, int] | Response:
    given = parse_edit(NamesEdit, request.form)
    if isinstance(given, Invalid):
        return _form_again(given.errors, 400)
    actor = current_actor()
    done = accounts.edit_student(actor, actor.student_id, given.changes, given.seen)
    if isinstance(done, Refusal):
        refused = refuse(done)
        return _form_again(refused.errors, refused.status)
    return redirect_with_message(saved(NAMES, request.form, _stored()), PROFILE.address)


@blueprint.post("/profile/password")
@student_only
def change_password() -> tuple[str, int] | Response:
    known = (current_user.email, current_user.first_name, current_user.last_name)
    change = parse(PasswordChange, request.form, about=known)
    if isinstance(change, Invalid):
        return _page(errors=change.errors), 400
    outcome = own_password.checked(
        lambda: accounts.change_password(
            current_actor(),
            current_user.id,
            change.current_password,
            change.new_password,
            current_user.sign_in_id,
        )
    )
    if isinstance(outcome, Refusal):
        refused = refuse(outcome)
        return _page(errors=refused.errors), refused.status
    message = _("Password changed; every other device is signed out")
    return redirect_with_message(message, PROFILE.address)


def _form_again(errors: dict[str, str], status: int) -> tuple[str, int]:
    return _page(**again(NAMES, request.form, _stored(), errors)), status


def _stored() -> dict[str, Any]:
    return values_of(NAMES, roster.student(current_actor().student_id))


def _page(**context: Any) -> str:
    sign_ins = open_sign_ins.of_user(current_user.id, current_user.sign_in_id)
    return show(own_page(PROFILE), sign_ins=sign_ins, **context)
