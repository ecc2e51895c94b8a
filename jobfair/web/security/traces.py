"""What a request writes into the security log and the machine's log, and who is told."""

from __future__ import annotations

import logging

from flask import current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from jobfair import clock
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.emails import folded
from jobfair.models import Outcome
from jobfair.queries.access import open_sign_ins
from jobfair.queries.views import StudentView
from jobfair.security.keyed_digest import keyed_digest
from jobfair.security.readable import Readable
from jobfair.services import mail
from jobfair.services.access import security_log
from jobfair.services.access.security_log import Visit
from jobfair.services.access.sign_ins import NewSession
from jobfair.web.security.browsers.known_devices import device_of
from jobfair.web.security.proxies import visitor
from jobfair.wording.access.security_log import OUTCOMES
from jobfair.wording.times.local_time import written

REFUSED = "sign-in refused"
"""What the log line says. fail2ban looks for it: deploy/fail2ban."""

_OUTCOMES = {
    RequestCode.ACCOUNT_INACTIVE: Outcome.INACTIVE,
    RequestCode.WRONG_CREDENTIALS: Outcome.WRONG_PASSWORD,
}

NO_VISIT = Visit("", "")
"""For an act of an organiser, whose device the account's owner need not know."""

log = logging.getLogger("jobfair.security")


def visit() -> Visit:
    """Where this request comes from."""
    digest = keyed_digest(f"security log {visitor()}")[:16]
    return Visit(digest, open_sign_ins.name(request.user_agent.string)[:60])


def refused(refusal: Refusal, email: str) -> None:
    """Note that somebody could not sign in with this e-mail address, as given."""
    _refused(_OUTCOMES.get(RequestCode(refusal.code), Outcome.WRONG_PASSWORD), email)


def school_refused(refusal: Refusal, email: str | None) -> None:
    """Note that the school's account did not sign somebody in.

    `email` is the address that the provider vouches for; without one, no account's log has it.
    """
    inactive = refusal.code is RequestCode.ACCOUNT_INACTIVE
    outcome = Outcome.INACTIVE if inactive else Outcome.SCHOOL_REFUSED
    if email is None:
        _log_refusal(outcome, None)
    else:
        _refused(outcome, email)


def school_linked(user_id: int) -> None:
    """Note that the school's account opens an account from now on."""
    security_log.record(Outcome.SCHOOL_LINKED, visit(), user_id)


def too_many(email: str) -> None:
    """Note that somebody tried to sign in more often than the limits allow."""
    _refused(Outcome.TOO_MANY, email)


def signed_in(opened: NewSession, email: str, browser: bool) -> None:
    """Note a new sign-in, and tell the account's owner if the device is not known."""
    known = browser and device_of(email) is not None
    told = security_log.record_sign_in(opened.sign_in_id, opened.user_id, visit(), known, browser)
    if told:
        _mail(
            email,
            _("Signed in on a new device"),
            _(
                "Somebody, probably you, signed in to this address's account on a device that was "
                "not known: %(device)s, on %(moment)s.",
                device=visit().device or _("Unknown device"),
                moment=written(clock.now()),
            ),
        )


def password_changed(outcome: Outcome, user_id: int, email: str, by: Visit | None = None) -> None:
    """Note a new password, and tell the account's owner. `by` is this request's, unless given."""
    security_log.record(outcome, by or visit(), user_id)
    _mail(
        email,
        _("Your password was changed"),
        _(
            "The password of this address's account was changed on %(moment)s.",
            moment=written(clock.now()),
        ),
    )


def password_given(student: StudentView) -> None:
    """Note that an organiser has given a student a new password, and tell the student."""
    password_changed(Outcome.BY_ORGANISER, student.user_id, student.email, NO_VISIT)


def wrong_code(user_id: int) -> None:
    """Note a wrong second factor after the right password."""
    security_log.record(Outcome.WRONG_CODE, visit(), user_id)
    _log_refusal(Outcome.WRONG_CODE, user_id)


def recovery_code_used(user_id: int, email: str) -> None:
    """Note that a recovery code has let somebody in, and tell the account's owner."""
    security_log.record(Outcome.RECOVERY_CODE, visit(), user_id)
    _mail(
        email,
        _("A recovery code was used"),
        _(
            "Somebody, probably you, signed in to this address's account with a recovery code on "
            "%(moment)s.",
            moment=written(clock.now()),
        ),
    )


def second_factor(outcome: Outcome, user_id: int, email: str) -> None:
    """Note that a second factor was switched on or off, or got new codes, and tell its owner."""
    by = NO_VISIT if outcome is Outcome.FACTOR_REMOVED else visit()
    security_log.record(outcome, by, user_id)
    _mail(
        email,
        _("Your second factor was changed"),
        _(
            "This address's account, on %(moment)s: %(what)s.",
            moment=written(clock.now()),
            what=str(OUTCOMES[outcome]),
        ),
    )


def own(outcome: Outcome) -> None:
    """Note what the signed-in user did about their own account, or could not do."""
    security_log.record(outcome, visit(), current_user.id)
    if outcome in (Outcome.WRONG_OWN, Outcome.TOO_MANY):
        _log_refusal(outcome, current_user.id)


def _refused(outcome: Outcome, email: str) -> None:
    try:
        user_id = security_log.record_try(outcome, visit(), folded(email))
    except SQLAlchemyError as error:
        log.error("a refused sign-in was not kept: %s", type(error).__name__)
        user_id = None
    _log_refusal(outcome, user_id)


def _log_refusal(outcome: Outcome, user_id: int | None) -> None:
    digest = visit().address
    address = request.remote_addr or digest
    shown = Readable(address) if current_app.config["LOG_ADDRESSES"] else digest
    extra = {"outcome": outcome.value, "account": user_id, "visitor": shown}
    log.warning(REFUSED, extra=extra)


def _mail(email: str, subject: str, what: str) -> None:
    if not mail.is_configured():
        return
    address = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/forgotten"
    end = _("It was not you? Then choose a new password, which signs out everywhere:")
    mail.send_soon(email, subject, f"{what}\n\n{end}\n\n{address}\n")
