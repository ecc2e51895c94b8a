"""The servers that are told of events: let in, taken away, tried again."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.domain.refusals import Refusal
from jobfair.fields.access.webhooks import EVENTS, EventsWanted, WebhookWanted, host_of
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.queries.admin import webhooks as known
from jobfair.services import webhooks
from jobfair.services.access.rights import Right
from jobfair.services.webhooks import NewWebhook
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.wording.admin.live_events import EVENT_NAMES, event_names

blueprint = Blueprint("webhooks", __name__, url_prefix="/admin/programs/webhooks")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    return _page()


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def make() -> str | tuple[str, int]:
    given = parse(WebhookWanted, request.form)
    if isinstance(given, Invalid):
        return _page(given.errors), 400
    made = webhooks.make(current_actor(), given.url, given.events)
    if isinstance(made, Refusal):
        refused = refuse(made)
        return _page({"url": refused.sentence}), refused.status
    return _shown_once(made)


@blueprint.post("/<int:webhook_id>/secret")
@needs(Right.MANAGE)
@recently_confirmed
def change_secret(webhook_id: int) -> str:
    return _shown_once(webhooks.change_secret(current_actor(), webhook_id))


@blueprint.post("/<int:webhook_id>/told-of")
@needs(Right.MANAGE)
@recently_confirmed
def change_events(webhook_id: int) -> Response | tuple[str, int]:
    given = parse(EventsWanted, request.form)
    if isinstance(given, Invalid):
        return _page(refused={webhook_id: given.errors["events"]}), 400
    webhooks.change_events(current_actor(), webhook_id, given.events)
    return _done(_("It is told of these events from now on"))


@blueprint.post("/<int:webhook_id>/resume")
@needs(Right.MANAGE)
def resume(webhook_id: int) -> Response:
    webhooks.resume(current_actor(), webhook_id)
    return _done(_("It is told again, from where it stopped"))


@blueprint.post("/deliveries/<int:delivery_id>/replay")
@needs(Right.MANAGE)
def replay(delivery_id: int) -> Response:
    webhooks.replay(delivery_id)
    return _done(_("It is sent once more in a moment"))


@blueprint.get("/<int:webhook_id>/remove")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_removal(webhook_id: int) -> str:
    host = host_of(known.server(webhook_id).url)
    return confirmation(
        _("Tell %(host)s nothing more?", host=host),
        [_("What it has not been told yet is sent to it no more.")],
        _("Remove"),
        url_for("admin.webhooks.index"),
    )


@blueprint.post("/<int:webhook_id>/remove")
@needs(Right.MANAGE)
@recently_confirmed
def remove(webhook_id: int) -> Response:
    webhooks.remove(current_actor(), webhook_id)
    return _done(_("It is told nothing more"))


def _done(message: str) -> Response:
    return redirect_with_message(message, url_for("admin.webhooks.index"))


def _shown_once(made: NewWebhook) -> str:
    return render_template("admin/webhook_secret.html", server=made)


def _page(errors: Mapping[str, str] | None = None, refused: Mapping[int, str] | None = None) -> str:
    return render_template(
        "admin/webhooks.html",
        servers=known.servers(),
        errors=errors or {},
        refused=refused or {},
        url=request.form.get("url", ""),
        ticked=request.form.getlist("events") if errors else EVENTS[:2],
        names=[(event, _words(event)) for event in EVENTS],
        event_names=event_names,
    )


def _words(event: str) -> Markup:
    return Markup("{} (<code>{}</code>)").format(EVENT_NAMES[event], event)
