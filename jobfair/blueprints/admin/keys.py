"""The programs that organisers let in: a key for each, made, shown once and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.domain.refusals import Refusal
from jobfair.fields.access.keys import KeyWanted
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.models import Scope
from jobfair.queries.admin import keys as known_keys
from jobfair.services.access import keys
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to
from jobfair.wording.access.scopes import MEANINGS, NAMES, scope_names

blueprint = Blueprint("keys", __name__, url_prefix="/admin/programs")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    return _page()


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def make() -> str | tuple[str, int]:
    given = parse(KeyWanted, request.form)
    if isinstance(given, Invalid):
        return _page(given.errors), 400
    made = keys.make(current_actor(), given.name, list(map(Scope, given.scopes)))
    if isinstance(made, Refusal):
        refused = refuse(made)
        return _page({"name": refused.sentence}), refused.status
    return render_template(
        "admin/key_made.html",
        key=made,
        scopes=scope_names(given.scopes),
        example=link_to("api_auth.me"),
    )


@blueprint.get("/keys/<int:key_id>/withdraw")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_withdrawal(key_id: int) -> str:
    return confirmation(
        _("Withdraw the key «%(name)s»?", name=known_keys.key(key_id).name),
        [
            _("The program that uses it is refused at once, and what it listens to ends."),
            _("It cannot be given back: the program then needs a new key."),
        ],
        _("Withdraw"),
        url_for("admin.keys.index"),
    )


@blueprint.post("/keys/<int:key_id>/withdraw")
@needs(Right.MANAGE)
@recently_confirmed
def withdraw(key_id: int) -> Response:
    name = known_keys.key(key_id).name
    keys.withdraw(current_actor(), key_id)
    message = _("The key «%(name)s» opens nothing any more", name=name)
    return redirect_with_message(message, url_for("admin.keys.index"))


def _page(errors: Mapping[str, str] | None = None) -> str:
    ticked = request.form.getlist("scopes") if errors else [Scope.READ]
    return render_template(
        "admin/programs.html",
        keys=known_keys.living(),
        errors=errors or {},
        name=request.form.get("name", ""),
        ticked=ticked,
        scopes=[(each.value, _words(each)) for each in Scope],
        scope_names=scope_names,
    )


def _words(scope: Scope) -> Markup:
    return Markup("<b>{}</b> : {}").format(NAMES[scope], MEANINGS[scope])
