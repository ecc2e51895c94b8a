"""Students' addresses: giving another one, and mailing the code that proves it."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_login import current_user

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.access.accounts import AddressChange
from jobfair.services import mail
from jobfair.services.access import accounts, addresses
from jobfair.unit_of_work.actors import Actor
from jobfair.web.security.sign_in import own_password
from jobfair.web.security.sign_in.authentication import current_actor


def change_own_address(given: AddressChange) -> Refusal | None:
    """Give the student who acts another address, which is proved again.

    Returns a refusal, for example if the password is wrong.
    """
    user = current_user
    outcome = own_password.checked(
        lambda: accounts.change_address(
            current_actor(), user.id, given.current_password, user.sign_in_id, given.email
        )
    )
    if isinstance(outcome, Refusal):
        return outcome
    mail_code(current_actor())
    return None


def mail_code(actor: Actor) -> Refusal | None:
    """Mail a new code to the student who acts, in the language of the request.

    Does not wait for the mail server. Returns `no_mail` if none is set up, or the refusal of
    `addresses.issue_code`.
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
