"""The stands' links by mail through JSON: one as a company gets it, sending them, what became."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_babel import ngettext
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.links import (
    LinkMailings,
    LinkMailPreview,
    MailOfLink,
    MailsQueued,
)
from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.shapes.common import Updated
from jobfair.blueprints.api.shapes.companies import NamedCompany
from jobfair.db.transactions import revision
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.link_mails import MailSubject, MailText, filled
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Id
from jobfair.queries.admin.lists import link_mails as mailed
from jobfair.queries.admin.lists.link_mails import Mailed, Recipient, Whom
from jobfair.services import mail
from jobfair.services.access.rights import Right
from jobfair.services.companies import link_mails
from jobfair.services.companies.link_mails import LinkOwner
from jobfair.web.errors import invalid
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("api_link_mails", __name__, url_prefix="/api/admin/link_mails")


class LinkMailDraft(Input):
    """To whom, and the words, with places such as {company} and {link} to be filled.

    `company` is the one whose mail is shown; without it the first.
    """

    whom: Annotated[Whom, Field(strict=False)]
    subject: MailSubject
    text: MailText
    company: Id | None = None


class LinkMailSending(Input):
    """The same words, and `asked_at` as the preview said: who had a mail since gets no second."""

    whom: Annotated[Whom, Field(strict=False)]
    subject: MailSubject
    text: MailText
    asked_at: Annotated[int, Field(ge=0)]


@blueprint.get("/")
@answers("Show what became of the mails with the stands' links", LinkMailings)
@needs(Right.MANAGE)
def show() -> LinkMailings:
    words = mailed.last_words()
    listed = {each: mailed.recipients(each) for each in Whom}
    return LinkMailings(
        sends=mail.is_configured(),
        mails=[_mail(each) for each in mailed.every_mail()],
        recipients={
            whom.value: sum(bool(each.contact) for each in found) for whom, found in listed.items()
        },
        without_address=sum(not each.contact for each in listed[Whom.ALL]),
        subject=None if words is None else words[0],
        text=None if words is None else words[1],
    )


@blueprint.post("/preview/")
@answers("Show the mail as one company gets it, and who would get theirs", LinkMailPreview)
@needs(Right.MANAGE)
@recently_confirmed
@takes(LinkMailDraft)
def preview(given: LinkMailDraft) -> LinkMailPreview | Response:
    listed = mailed.recipients(given.whom)
    ready = [each for each in listed if each.contact]
    if not ready:
        return invalid({"whom": _("None of these companies has an address.")})
    shown = next((each for each in ready if each.company_id == given.company), ready[0])
    values = link_mails.own_words(_owner(shown), _address)
    return LinkMailPreview(
        recipients=[_named(each) for each in ready],
        without_address=[_named(each) for each in listed if not each.contact],
        company=shown.company_id,
        subject=filled(given.subject, values),
        text=filled(given.text, values),
        asked_at=revision(),
    )


@blueprint.post("/")
@answers("Let the mails be sent, one by one in the background", MailsQueued, 202)
@needs(Right.MANAGE)
@recently_confirmed
@takes(LinkMailSending)
def send(given: LinkMailSending) -> MailsQueued | Refusal:
    if not mail.is_configured():
        return Refusal(RequestCode.NO_MAIL_SERVER)
    ids = [each.company_id for each in mailed.recipients(given.whom)]
    queued = link_mails.queue(current_actor(), ids, given.asked_at, given.subject, given.text)
    return MailsQueued(mails=queued.mails, left=list(queued.left))


@blueprint.post("/stop/")
@answers("Send none of the mails that still wait", Updated)
@needs(Right.MANAGE)
def stop() -> Updated:
    stopped = link_mails.stop(current_actor())
    message = ngettext("%(num)d mail is not sent", "%(num)d mails are not sent", stopped)
    return Updated(message=message, updated=stopped)


def _mail(of: Mailed) -> MailOfLink:
    return MailOfLink(
        company=of.company_id,
        name=of.name,
        address=of.address,
        state=of.state,
        at=of.at,
        problem=of.problem,
        sent_at=of.sent_at,
    )


def _named(of: Recipient) -> NamedCompany:
    return NamedCompany(id=of.company_id, name=of.name)


def _owner(of: Recipient) -> LinkOwner:
    return LinkOwner(of.name, of.stand, of.hall, of.token)


def _address(token: str) -> str:
    return link_to("company.dashboard", token=token)
