"""Every refusal: its words, its HTTP status, and the field that it belongs to.

A new code is a member of `Code` or `RequestCode`, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from flask_babel import gettext as _

from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Presence
from jobfair.exceptions import RequestCode
from jobfair.wording import turns


class Voice(Enum):
    """Whom a sentence is said to: whoever is concerned, or who acts for somebody else."""

    SELF = auto()
    ABOUT_ANOTHER = auto()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What holds for a code wherever it is answered.

    `sentence` makes the words; its parameters are the refusal's. `field` is the name of the field
    of a form or JSON object that the refusal is about. `about_another` makes the words for a stand
    or an organiser, where these differ.
    """

    sentence: Callable[..., str]
    status: int = 400
    field: str | None = None
    about_another: Callable[..., str] | None = None


def sentence(refusal: Refusal, voice: Voice = Voice.SELF) -> str:
    """A refusal in the reader's language.

    Raises TypeError where the refusal lacks a value that its sentence needs.
    """
    declared = REFUSALS[refusal.code]
    words = declared.sentence
    if voice is Voice.ABOUT_ANOTHER and declared.about_another is not None:
        words = declared.about_another
    return words(**refusal.params)


_UNAVAILABLE_STUDENT: dict[Presence, Callable[[], str]] = {
    Presence.IN_INTERVIEW: lambda: _("This student is in an interview"),
    Presence.PAUSED: lambda: _("This student is on a break: only they end it, on their phone"),
    Presence.INACTIVE: lambda: _("The account of this student is deactivated"),
}


def _invalid(reason: str | None = None) -> str:
    return reason or _("Some of this cannot be accepted.")


def _bad_request(body: str | None = None) -> str:
    match body:
        case "unreadable":
            return _("This is not readable JSON.")
        case "no object":
            return _("Send a JSON object.")
        case _other:
            return _("This request cannot be understood.")


def _not_signed_in(ended: bool = False) -> str:
    return _("This sign-in is over. Please sign in again.") if ended else _("Please sign in first.")


REFUSALS: dict[StrEnum, Declaration] = {
    Code.ALREADY_JOINED: Declaration(
        lambda: _("Already joined"),
        about_another=lambda: _("This student is in that queue already"),
    ),
    Code.ALREADY_DONE: Declaration(
        lambda: _("You have already had this interview"),
        about_another=lambda: _("This student has already had this interview"),
    ),
    Code.FAIR_CLOSED: Declaration(lambda: _("The fair is closed")),
    Code.FAIR_NOT_OPEN: Declaration(lambda: _("The fair is not open")),
    Code.COMPANY_PAUSED: Declaration(lambda: _("This company is paused")),
    Code.QUEUE_CLOSED: Declaration(lambda: _("This queue is closed")),
    Code.QUEUE_FULL: Declaration(lambda: _("This queue is full")),
    Code.NOT_WAITING: Declaration(lambda: _("This entry is no longer in the queue")),
    Code.NOT_AVAILABLE: Declaration(
        lambda status: turns.unavailable(status),
        about_another=lambda status: _UNAVAILABLE_STUDENT[status](),
    ),
    Code.NO_FREE_SLOT: Declaration(lambda: _("No slot is free")),
    Code.NOT_YOUR_TURN: Declaration(
        turns.people_ahead,
        about_another=lambda **_ahead: _("It is not this student's turn"),
    ),
    Code.SET_ASIDE: Declaration(
        lambda: _("Set aside: say that you are here first"),
        about_another=lambda: _("This student was set aside"),
    ),
    Code.NOT_SET_ASIDE: Declaration(lambda: _("This entry is not set aside")),
    Code.NOT_CALLED: Declaration(lambda: _("Nobody is called with this entry")),
    Code.NOT_IN_INTERVIEW: Declaration(lambda: _("This interview is not running here")),
    Code.IN_INTERVIEW: Declaration(lambda: _("Not possible during an interview")),
    Code.ALREADY_AVAILABLE: Declaration(lambda: _("You are available already")),
    Code.ALREADY_PAUSED: Declaration(lambda: _("You are paused already")),
    Code.COMPANY_REQUIRED: Declaration(lambda: _("Choose the company of the interview")),
    Code.STALE_ORDER: Declaration(
        lambda: _("The queue has changed meanwhile: look at it again"),
    ),
    Code.NOTHING_TO_UNDO: Declaration(
        lambda: _("There is no longer an end of an interview to undo here"),
    ),
    Code.NOT_THE_LAST: Declaration(
        lambda: _("Another interview has ended since: only the last can go on"),
    ),
    Code.TOO_LATE: Declaration(
        lambda: _("More than a minute has passed: the interview stays done"),
    ),
    Code.IN_INTERVIEW_ELSEWHERE: Declaration(
        lambda: _("This student is in an interview elsewhere by now"),
    ),
    RequestCode.INVALID: Declaration(_invalid),
    RequestCode.BAD_REQUEST: Declaration(_bad_request),
    RequestCode.UNSUPPORTED_MEDIA_TYPE: Declaration(lambda: _("Send this as JSON."), 415),
    RequestCode.TOO_LARGE: Declaration(lambda: _("This is too large to be sent."), 413),
    RequestCode.LIST_TOO_LARGE: Declaration(
        lambda: _("This file is too large. Split it and import the parts one after the other."),
        413,
    ),
    RequestCode.METHOD_NOT_ALLOWED: Declaration(
        lambda: _("This address does not take that kind of request."), 405
    ),
    RequestCode.NOT_FOUND: Declaration(lambda: _("There is nothing here, or no longer."), 404),
    RequestCode.TOO_MANY: Declaration(
        lambda: _("Too many attempts. Wait a minute, then try again."), 429
    ),
    RequestCode.CSRF: Declaration(
        lambda: _("This page was opened under another sign-in. Go back, reload it and try again."),
        403,
    ),
    RequestCode.INVALID_KEY: Declaration(lambda: _("This request's key cannot be accepted.")),
    RequestCode.KEY_REUSED: Declaration(
        lambda: _("This key was another request's. Send it with a new one.")
    ),
    RequestCode.ALREADY_RECEIVED: Declaration(
        lambda: _("This has been received already. Reload the page to see what became of it."),
        409,
    ),
    RequestCode.NOT_SIGNED_IN: Declaration(_not_signed_in, 401),
    RequestCode.TOKEN_EXPIRED: Declaration(lambda: _("Your access token has expired."), 401),
    RequestCode.FORBIDDEN: Declaration(lambda: _("This is not open to you."), 403),
    RequestCode.WRONG_CREDENTIALS: Declaration(
        lambda: _("The e-mail address or the password is wrong"), 401
    ),
    RequestCode.WRONG_PASSWORD: Declaration(
        lambda: _("This is not your current password"), field="current_password"
    ),
    RequestCode.ACCOUNT_INACTIVE: Declaration(
        lambda: _("This account is deactivated: ask the organisers"), 401
    ),
    RequestCode.UNKNOWN_TOKEN: Declaration(lambda: _("Invalid token"), 404),
    RequestCode.PIN_REQUIRED: Declaration(lambda: _("This stand asks for its PIN first"), 401),
    RequestCode.WRONG_PIN: Declaration(lambda: _("This is not the stand's PIN"), 401, "pin"),
    RequestCode.TOO_MANY_PINS: Declaration(
        lambda: _("Too many wrong PINs. Wait a minute; if that does not help, ask the organisers."),
        429,
        "pin",
    ),
    RequestCode.LINK_UNKNOWN: Declaration(
        lambda: _("This link opens nothing. Open it from the message as a whole."), 404
    ),
    RequestCode.LINK_USED: Declaration(
        lambda: _("This link has been used: sign in with the password you chose."), 410
    ),
    RequestCode.LINK_OVER: Declaration(
        lambda: _("This link has expired, or a newer one has replaced it."), 410
    ),
    RequestCode.LINK_INACTIVE: Declaration(
        lambda: _("This account is deactivated: ask the organisers"), 403
    ),
    RequestCode.NAME_TAKEN: Declaration(lambda: _("Another company has this name"), field="name"),
    RequestCode.EMAIL_TAKEN: Declaration(
        lambda: _("This e-mail address has an account already"), field="email"
    ),
    RequestCode.NOT_A_STUDENT: Declaration(
        lambda: _("This address belongs to an organiser"), field="email"
    ),
    RequestCode.UNKNOWN_COMPANY: Declaration(
        lambda: _("No company has this name"), field="company"
    ),
    RequestCode.NOBODY_WAITING: Declaration(
        lambda: _("Nobody is waiting in this queue"), field="company"
    ),
    RequestCode.NOT_MET: Declaration(
        lambda: _("Notes are kept about people met in an interview here")
    ),
    RequestCode.IMPORT_STALE: Declaration(
        lambda: _("The lists have changed meanwhile: look at the figures again"), 409
    ),
    RequestCode.END_TOO_EARLY: Declaration(
        lambda: _("So long ago that the data would be removed at once"), field="ends_on"
    ),
    RequestCode.UNAVAILABLE: Declaration(
        lambda: _("We cannot answer just now. Try again in a moment."), 503
    ),
    RequestCode.SERVER_ERROR: Declaration(
        lambda: _("Something went wrong on our side. Try again in a moment."), 500
    ),
}
