"""Sending mail by the server in JOBFAIR_SMTP_URL; without it no mail is sent.

The standard library's smtplib does all we need: Flask-Mailman would add only settings.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from threading import Thread
from urllib.parse import unquote, urlsplit

from flask import current_app

from jobfair.queries.fair import fair_identity
from jobfair.queries.fair.fair_identity import FairIdentity
from jobfair.wording.fair.fair_days import fair_days

TIMEOUT_SECONDS = 20
PORTS = {"smtp": 587, "smtps": 465}
LONGEST_REASON = 200

log = logging.getLogger(__name__)


def is_configured() -> bool:
    """Whether mail can be sent."""
    return bool(current_app.config["SMTP_URL"])


class NotSent(Exception):
    """A mail server has refused a mail, or could not be reached.

    `words` say why, as far as the server has. `was_given`: the server was given the mail, so that
    it may have left.
    """

    def __init__(self, error: Exception, was_given: bool) -> None:
        super().__init__(type(error).__name__)
        self.words = _said(error)
        self.was_given = was_given


def send(to: str, subject: str, text: str) -> bool:
    """Send a mail and wait for the server. Returns whether the server has accepted it.

    A failure is logged, without the address.
    """
    try:
        deliver(to, subject, text)
    except NotSent as problem:
        log.warning("mail not sent: %s", problem)
        return False
    return True


def deliver(to: str, subject: str, text: str) -> None:
    """Send a mail and wait until the server has accepted it. Raises NotSent."""
    message = EmailMessage()
    the_fair = fair_identity.current()
    message["From"] = _sender(the_fair.name)
    message["To"] = to
    message["Subject"] = subject
    # Asks automatic responders not to answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{text}\n{_signature(the_fair)}" if the_fair.name else text)
    try:
        server = _server(current_app.config["SMTP_URL"])
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(error, was_given=False) from error
    try:
        server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(error, was_given=True) from error
    finally:
        # What was accepted has left, whatever is said at parting.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _said(error: Exception) -> str:
    """What the server said, on one line; the kind of error where it said nothing."""
    code: int
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        (code, said), *_ = error.recipients.values()
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        return type(error).__name__
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())[:LONGEST_REASON]


def _sender(name: str | None) -> str:
    """Whom a mail comes from: as it is set up, under the fair's name where no other is given."""
    given, address = parseaddr(current_app.config["MAIL_FROM"])
    return formataddr((given or name or "", address))


def _signature(the_fair: FairIdentity) -> str:
    days = fair_days(the_fair.starts_on, the_fair.ends_on)
    return "\n".join(("-- ", the_fair.title, *([days] if days else []))) + "\n"


def send_soon(to: str, subject: str, text: str) -> None:
    """Send a mail in a thread of its own: nobody waits for the server."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def sending() -> None:
        with app.app_context():
            send(to, subject, text)

    Thread(target=sending, daemon=True).start()


def _server(url: str) -> smtplib.SMTP:
    """A connection, encrypted wherever the server can; `smtps` insists from the first byte."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
