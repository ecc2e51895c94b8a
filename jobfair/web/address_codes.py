"""Mailing the code by which students prove their address."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.services import mail
from jobfair.services.access import addresses
from jobfair.unit_of_work.actors import Actor


def mail_code(actor: Actor) -> Refusal | None:
    """Mail a new code to the student who acts, in the language of the request.

    Does not wait for the mail server. Returns `no_mail` where none is set up, or why
    `addresses.issue_code` makes no code.
    """
    if not mail.is_configured():
        return Refusal(RequestCode.NO_MAIL)
    issued = addresses.issue_code(actor)
    if isinstance(issued, Refusal):
        return issued
    lines = (
        _("Hello %(name)s,", name=issued.first_name),
        _("This code confirms that this is your address. It is valid for ten minutes:"),
        issued.code,
        _("It was not you who registered? Then do nothing, and tell the code to nobody."),
    )
    subject = _("%(code)s is your code", code=issued.code)
    mail.send_soon(issued.email, subject, "\n\n".join(lines) + "\n")
    return None
