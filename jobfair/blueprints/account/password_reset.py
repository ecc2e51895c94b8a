"""A forgotten password: a link by mail where mail can be sent, else words.

Whether an address has an account is found out after the answer, off the request: the answer is
the same for both, and takes as long.
"""

from __future__ import annotations

from threading import Thread

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.fields.input.types import KnownEmail
from jobfair.services import mail
from jobfair.services.access import invitations
from jobfair.web.refusals import refuse
from jobfair.web.security.limits.rate_limits import reset_per_account, reset_per_ip
from jobfair.wording.language import current

blueprint = Blueprint("reset", __name__, url_prefix="/forgotten")


class Forgotten(Input):
    """The form with which somebody asks for a link."""

    email: KnownEmail


@blueprint.get("")
def index() -> Response:
    return _page()


@blueprint.post("")
@reset_per_ip
@reset_per_account
def ask() -> Response:
    given = parse(Forgotten, request.form)
    if isinstance(given, Invalid):
        return _page(400, errors=given.errors)
    if mail.is_configured():
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        Thread(target=_send_link, args=(app, given.email, current()), daemon=True).start()
    return _page(asked=True)


@blueprint.errorhandler(TooManyRequests)
def too_many(_error: Exception) -> Response:
    """The form again, with what was typed."""
    refused = refuse(Refusal(RequestCode.TOO_MANY))
    return _page(refused.status, sentence=refused.sentence)


def _send_link(app: Flask, email: str, language: str) -> None:
    with app.app_context(), force_locale(language):
        invited = invitations.invite_back(email)
        if invited is None:
            return
        # Never from the request's own host name, which a stranger may have invented.
        address = f"{app.config['PUBLIC_URL'].rstrip('/')}/welcome/{invited.token}"
        lines = (
            _("Hello %(name)s,", name=invited.first_name),
            _(
                "Somebody, probably you, has forgotten the password of this address's account. "
                "This link lets you choose a new one. It works once, within an hour, and signs "
                "you out everywhere:"
            ),
            address,
            _("It was not you? Then do nothing; your password stays as it is."),
        )
        mail.send(email, _("Choose a new password"), "\n\n".join(lines) + "\n")


def _page(status: int = 200, **context: object) -> Response:
    page = render_template(
        "account/forgotten.html",
        **{"errors": {}, "sentence": None, "asked": False, **context},
        by_mail=mail.is_configured(),
        values=request.form,
    )
    return make_response(page, status)
