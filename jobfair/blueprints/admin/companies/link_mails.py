"""The stands' links by mail: the words, a preview for one company, and what became of each mail."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import BACK
from jobfair.blueprints.admin.forms import LinkMailWords
from jobfair.db.transactions import revision
from jobfair.fields.companies.link_mails import filled
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.queries.admin.lists import link_mails as mailed
from jobfair.queries.admin.lists.link_mails import Recipient, Whom
from jobfair.services import mail
from jobfair.services.access.rights import Right
from jobfair.services.companies import link_mails
from jobfair.services.companies.link_mails import LinkOwner
from jobfair.web.pages.responses import redirect_with_message, see_other
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

ASKED_AT = "asked_at"

blueprint = Blueprint("link_mails", __name__, url_prefix="/admin/companies/links/mails")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    """What became of the mails, and the words for the next; those of the last ones, if any."""
    subject, text = mailed.last_words() or _usual_words()
    return _page({"whom": Whom.UNOPENED, "subject": subject, "text": text}, {})


@blueprint.post("/preview")
@needs(Right.MANAGE)
@recently_confirmed
def preview() -> str | tuple[str, int]:
    """The mail as one company gets it, and how many get theirs."""
    if BACK in request.form:
        return _page(request.form, {})
    given = parse(LinkMailWords, request.form)
    if isinstance(given, Invalid):
        return _page(request.form, given.errors), 400
    listed = mailed.recipients(given.whom)
    ready = [each for each in listed if each.contact]
    if not ready:
        return _page(request.form, {"whom": _("None of these companies has an address.")}), 400
    chosen = request.form.get("company", type=int)
    shown = next((each for each in ready if each.company_id == chosen), ready[0])
    values = link_mails.own_words(_owner(shown), _address)
    return render_template(
        "admin/link_mail_preview.html",
        given=given,
        ready=ready,
        missing=[each for each in listed if not each.contact],
        shown=shown,
        subject=filled(given.subject, values),
        text=filled(given.text, values),
        asked_at=request.form.get(ASKED_AT, type=int) or revision(),
    )


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def send() -> Response | tuple[str, int]:
    """Let the mails be sent, but to companies that have one since the preview was shown."""
    if not mail.is_configured():
        return see_other(url_for("admin.link_mails.index"))
    given = parse(LinkMailWords, request.form)
    if isinstance(given, Invalid):
        return _page(request.form, given.errors), 400
    ids = [each.company_id for each in mailed.recipients(given.whom)]
    asked_at = request.form.get(ASKED_AT, 0, type=int)
    outcome = link_mails.queue(current_actor(), ids, asked_at, given.subject, given.text)
    said = ngettext("%(num)d mail is sent", "%(num)d mails are sent, one by one", outcome.mails)
    if outcome.left:
        names = ", ".join(outcome.left)
        said += " " + _("Not twice to these, which have one already: %(names)s", names=names)
    return redirect_with_message(said, url_for("admin.link_mails.index"))


@blueprint.post("/stop")
@needs(Right.MANAGE)
def stop() -> Response:
    """Send none of those that still wait."""
    stopped = link_mails.stop(current_actor())
    said = ngettext("%(num)d mail is not sent", "%(num)d mails are not sent", stopped)
    return redirect_with_message(said, url_for("admin.link_mails.index"))


def _page(values: Any, errors: dict[str, str]) -> str:
    counts = {each: sum(bool(found.contact) for found in mailed.recipients(each)) for each in Whom}
    return render_template(
        "admin/link_mails.html",
        mails=mailed.mails(request.args.get("page", 1, type=int)),
        sends=mail.is_configured(),
        counts=counts,
        missing=sum(not each.contact for each in mailed.recipients(Whom.ALL)),
        values=values,
        errors=errors,
    )


def _usual_words() -> tuple[str, str]:
    return (
        _("{fair}: the screen of your stand"),
        _(
            "Hello,\n\nthis link opens the screen of the stand of {company} at {fair} ({days}), "
            "stand {stand}:\n\n{link}\n\nOpen it on the tablet or computer of your stand: it shows "
            "who waits, and calls them. Anybody with the link can run the stand, so keep it among "
            "yourselves.\n\nThe organisers"
        ),
    )


def _owner(of: Recipient) -> LinkOwner:
    return LinkOwner(of.name, of.stand, of.hall, of.token)


def _address(token: str) -> str:
    return link_to("company.dashboard", token=token)
