"""Who may sign up, and the word that is said in the hall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import SignUpEdit, WordEdit
from jobfair.domain.refusals import Refusal
from jobfair.fields.edits import again, parse_edit
from jobfair.fields.fair import SIGN_UP, SIGN_UP_DOMAINS, SIGN_UP_WORD
from jobfair.fields.parsing import Invalid
from jobfair.queries import sign_up
from jobfair.queries.admin import registrations
from jobfair.services import sign_up as setting
from jobfair.services.access.rights import Right
from jobfair.web.refusals import refuse
from jobfair.web.rendering import qr_codes
from jobfair.web.responses import redirect_with_message
from jobfair.web.security.authentication import current_actor, needs
from jobfair.web.security.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("sign_up", __name__, url_prefix="/admin/sign-up")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    return _page(_stored(), {})


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def change() -> Response | tuple[str, int]:
    given = parse_edit(SignUpEdit, request.form)
    if isinstance(given, Invalid):
        return _form_again(given.errors, 400)
    return _done(setting.set_sign_up(current_actor(), given.changes, given.seen), _("Saved"))


@blueprint.post("/word")
@needs(Right.MANAGE)
@recently_confirmed
def change_word() -> Response | tuple[str, int]:
    """The word that an organiser typed."""
    given = parse_edit(WordEdit, request.form)
    if isinstance(given, Invalid):
        return _form_again(given.errors, 400)
    word = given.changes.get("sign_up_word")
    refusal = setting.set_word(current_actor(), word, given.seen) if word else None
    return _done(refusal, _("The new word counts from now on"))


@blueprint.post("/word/new")
@needs(Right.MANAGE)
@recently_confirmed
def new_word() -> Response | tuple[str, int]:
    """A word made by chance."""
    return _done(setting.set_word(current_actor()), _("The new word counts from now on"))


def _done(refusal: Refusal | None, message: str) -> Response | tuple[str, int]:
    if refusal is not None:
        refused = refuse(refusal)
        return _form_again(refused.errors, refused.status)
    return redirect_with_message(message, url_for("admin.sign_up.index"))


def _form_again(errors: dict[str, str], status: int) -> tuple[str, int]:
    fields = [SIGN_UP, SIGN_UP_DOMAINS, SIGN_UP_WORD]
    return _page(**again(fields, request.form, _stored(), errors)), status


def _page(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    rule = sign_up.rule()
    address = link_to("auth.register_form", code=sign_up.shown_word())
    return render_template(
        "admin/sign_up.html",
        values=values,
        errors=errors,
        stored=_stored(),
        rule=rule,
        address=address,
        code=qr_codes.svg(address),
        counts=registrations.counts(),
    )


def _stored() -> dict[str, str | None]:
    rule = sign_up.rule()
    return {
        SIGN_UP.name: rule.mode.value,
        SIGN_UP_DOMAINS.name: sign_up.SEPARATOR.join(rule.domains),
        SIGN_UP_WORD.name: rule.word,
    }
