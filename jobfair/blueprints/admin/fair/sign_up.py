"""Who may sign up, and the word that is said in the hall."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import SignUpEdit, WordEdit
from jobfair.domain.refusals import Refusal
from jobfair.fields.fair.fair import SIGN_UP, SIGN_UP_DOMAINS, SIGN_UP_WORD
from jobfair.queries.admin.students import registrations
from jobfair.queries.fair import sign_up
from jobfair.services.access.rights import Right
from jobfair.services.fair import sign_up as setting
from jobfair.web.pages.edit_forms import EditForm
from jobfair.web.rendering import qr_codes
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
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
    write = partial(setting.set_sign_up, current_actor())
    return _form().submit(SignUpEdit, write, _address(), said=lambda: _("Saved"))


@blueprint.post("/word")
@needs(Right.MANAGE)
@recently_confirmed
def change_word() -> Response | tuple[str, int]:
    """The word that an organiser typed."""
    return _form().submit(WordEdit, _set_word, _address(), said=_new_word_counts)


@blueprint.post("/word/new")
@needs(Right.MANAGE)
@recently_confirmed
def new_word() -> Response | tuple[str, int]:
    """A word made by chance."""
    return _form().finish(setting.set_word(current_actor()), _address(), _new_word_counts)


def _set_word(changes: Mapping[str, Any], seen: Mapping[str, str]) -> Refusal | None:
    word = changes.get(SIGN_UP_WORD.name)
    return setting.set_word(current_actor(), word, seen) if word else None


def _new_word_counts() -> str:
    return _("The new word counts from now on")


def _address() -> str:
    return url_for("admin.sign_up.index")


def _form() -> EditForm:
    return EditForm([SIGN_UP, SIGN_UP_DOMAINS, SIGN_UP_WORD], _stored, _page)


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
