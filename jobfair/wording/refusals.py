"""Every refusal: its words, its HTTP status, and the field that it belongs to.

A new code is a member of `Code` or `RequestCode`, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import EntryState, Presence
from jobfair.exceptions import RequestCode
from jobfair.fields.input.edits import WHOLE_FORM
from jobfair.wording.fair import phases
from jobfair.wording.queues import turns


class Voice(Enum):
    """Who reads a sentence: the person it is about, or somebody who acts for them."""

    SELF = auto()
    ABOUT_ANOTHER = auto()


Words = LazyString | Callable[..., LazyString | str]
"""A sentence, or a function that makes it from the refusal's values."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """The declaration of a code, the same wherever it is used.

    `field` is the name of the field of a form or JSON object that the refusal is about.
    `about_another` is what a stand or an organiser reads instead of `sentence`.
    """

    sentence: Words
    status: int = 400
    field: str | None = None
    about_another: Words | None = None


def sentence(refusal: Refusal, voice: Voice = Voice.SELF) -> str:
    """A refusal in the reader's language.

    Raises TypeError where the refusal lacks a value that its sentence needs.
    """
    declared = REFUSALS[refusal.code]
    words = declared.sentence
    if voice is Voice.ABOUT_ANOTHER and declared.about_another is not None:
        words = declared.about_another
    return str(words(**refusal.params) if callable(words) else words)


_UNAVAILABLE_STUDENT: dict[Presence, LazyString] = {
    Presence.IN_INTERVIEW: _("This student is in an interview"),
    Presence.PAUSED: _("This student is on a break: only they end it, on their phone"),
    Presence.INACTIVE: _("The account of this student is deactivated"),
}


def _invalid(reason: str | None = None) -> LazyString | str:
    return reason or _("Some of this cannot be accepted.")


def _bad_request(body: str | None = None) -> LazyString:
    match body:
        case "unreadable":
            return _("This is not readable JSON.")
        case "no object":
            return _("Send a JSON object.")
        case _other:
            return _("This request cannot be understood.")


def _not_signed_in(ended: bool = False) -> LazyString:
    return _("This sign-in is over. Please sign in again.") if ended else _("Please sign in first.")


def _lapsed(student: bool, by_mail: bool) -> LazyString:
    if by_mail:
        return _(
            "This password was made for you and has lapsed. Choose a new one by «Forgotten your "
            "password?», or ask the organisers."
        )
    if student:
        return _("This password was made for you and has lapsed: ask the organisers for a new one.")
    return _(
        "This password was made for you and has lapsed: ask those who run the server for a new one."
    )


def _too_late(state: EntryState) -> LazyString:
    """What can no longer be taken back: the start of one that runs, the end of one that is done."""
    if state is EntryState.RUNNING:
        return _("More than a minute has passed: the interview goes on")
    return _("More than a minute has passed: the interview stays done")


def _tries_left(left: int) -> LazyString | str:
    if left == 0:
        return _("This was not the code, five times: have a new one sent")
    return ngettext(
        "This is not the code. You can try %(num)d more time.",
        "This is not the code. You can try %(num)d more times.",
        left,
    )


REFUSALS: dict[StrEnum, Declaration] = {
    Code.ALREADY_JOINED: Declaration(
        _("Already joined"), about_another=_("This student is in that queue already")
    ),
    Code.ALREADY_DONE: Declaration(
        _("You have already had this interview"),
        about_another=_("This student has already had this interview"),
    ),
    Code.FAIR_CLOSED: Declaration(_("The fair is closed")),
    Code.FAIR_NOT_OPEN: Declaration(phases.not_open),
    Code.COMPANY_PAUSED: Declaration(_("This company is paused")),
    Code.QUEUE_CLOSED: Declaration(_("This queue is closed")),
    Code.QUEUE_FULL: Declaration(_("This queue is full")),
    Code.NOT_WAITING: Declaration(_("This entry is no longer in the queue")),
    Code.NOT_AVAILABLE: Declaration(
        lambda status: turns.unavailable(status),
        about_another=lambda status: _UNAVAILABLE_STUDENT[status],
    ),
    Code.NO_FREE_SLOT: Declaration(_("No slot is free")),
    Code.NOT_YOUR_TURN: Declaration(
        turns.people_ahead, about_another=lambda **_ahead: _("It is not this student's turn")
    ),
    Code.SET_ASIDE: Declaration(
        _("Set aside: say that you are here first"), about_another=_("This student was set aside")
    ),
    Code.NOT_SET_ASIDE: Declaration(_("This entry is not set aside")),
    Code.NOT_CALLED: Declaration(_("Nobody is called with this entry")),
    Code.NOT_IN_INTERVIEW: Declaration(_("This interview is not running here")),
    Code.IN_INTERVIEW: Declaration(_("Not possible during an interview")),
    Code.ALREADY_AVAILABLE: Declaration(_("You are available already")),
    Code.ALREADY_PAUSED: Declaration(_("You are paused already")),
    Code.COMPANY_REQUIRED: Declaration(_("Choose the company of the interview")),
    Code.STALE_ORDER: Declaration(_("The queue has changed meanwhile: look at it again")),
    Code.LOT_ONLY_PREPARING: Declaration(
        _("This can be changed only while the fair is in preparation"), field="by_lot"
    ),
    Code.NOT_DRAWN_YET: Declaration(
        _("The places of this queue are drawn when the fair opens: until then it has no order")
    ),
    Code.HAS_INTERVIEWS: Declaration(
        _("The other account has had interviews, which would go with it: that one has to stay")
    ),
    Code.NOTHING_TO_UNDO: Declaration(_("There is no longer an end of an interview to undo here")),
    Code.NOT_THE_LAST: Declaration(_("Another interview has ended since: only the last can go on")),
    Code.TOO_LATE: Declaration(_too_late),
    Code.IN_INTERVIEW_ELSEWHERE: Declaration(_("This student is in an interview elsewhere by now")),
    Code.WRONG_CODE: Declaration(
        _("This is not the word of the fair: it is said in the hall, and stands on the posters"),
        field="code",
    ),
    Code.ADDRESS_NOT_OF_SCHOOL: Declaration(
        lambda domains: _("Give an address of the school: %(domains)s", domains=domains),
        field="email",
    ),
    Code.ONLY_INVITED: Declaration(
        _("Only invited people take part: open your personal link, or ask the organisers"),
        field=WHOLE_FORM,
    ),
    Code.END_BEFORE_START: Declaration(_("The end has to be after the start")),
    Code.NOT_YET_OVER: Declaration(
        _("This is yet to come: an interview is entered when it is over")
    ),
    Code.TOO_LONG_AGO: Declaration(_("This is more than a week ago: look at the day again")),
    Code.STILL_RUNNING: Declaration(
        _("This student's interview is running here: end it in the list of those in interview")
    ),
    RequestCode.INVALID: Declaration(_invalid),
    RequestCode.BAD_REQUEST: Declaration(_bad_request),
    RequestCode.UNSUPPORTED_MEDIA_TYPE: Declaration(_("Send this as JSON."), 415),
    RequestCode.TOO_LARGE: Declaration(_("This is too large to be sent."), 413),
    RequestCode.LIST_TOO_LARGE: Declaration(
        _("This file is too large. Split it and import the parts one after the other."), 413
    ),
    RequestCode.METHOD_NOT_ALLOWED: Declaration(
        _("This address does not take that kind of request."), 405
    ),
    RequestCode.NOT_FOUND: Declaration(_("There is nothing here, or no longer."), 404),
    RequestCode.TOO_MANY: Declaration(_("Too many attempts. Wait a minute, then try again."), 429),
    RequestCode.CSRF: Declaration(
        _("This page was opened under another sign-in. Go back, reload it and try again."), 403
    ),
    RequestCode.INVALID_KEY: Declaration(_("This request's key cannot be accepted.")),
    RequestCode.KEY_REUSED: Declaration(
        _("This key was another request's. Send it with a new one.")
    ),
    RequestCode.ALREADY_RECEIVED: Declaration(
        _("This has been received already. Reload the page to see what became of it."), 409
    ),
    RequestCode.NOT_SIGNED_IN: Declaration(_not_signed_in, 401),
    RequestCode.TOKEN_EXPIRED: Declaration(_("Your access token has expired."), 401),
    RequestCode.FORBIDDEN: Declaration(_("This is not open to you."), 403),
    RequestCode.KEY_UNKNOWN: Declaration(_("This key is unknown, or was withdrawn."), 401),
    RequestCode.KEY_CLOSED: Declaration(
        _("This is not open to keys: somebody of the team has to sign in for it."), 403
    ),
    RequestCode.KEY_SCOPE: Declaration(
        _("This key may not do that: it needs the scope «%(scope)s»."), 403
    ),
    RequestCode.NOT_ALLOWED: Declaration(
        _("Your role does not allow this: ask an organiser."), 403
    ),
    RequestCode.WRONG_CREDENTIALS: Declaration(
        _("The e-mail address or the password is wrong"), 401
    ),
    RequestCode.WRONG_PASSWORD: Declaration(
        _("This is not your current password"), field="current_password"
    ),
    RequestCode.ACCOUNT_INACTIVE: Declaration(
        _("This account is deactivated: ask the organisers"), 401
    ),
    RequestCode.PASSWORD_LAPSED: Declaration(_lapsed, 401, "current_password"),
    RequestCode.PASSWORD_TO_CHANGE: Declaration(
        _("This password was made for you: choose one of your own first."), 403
    ),
    RequestCode.PASSWORD_UNCHANGED: Declaration(
        _("This is the password you have: choose another."), field="new_password"
    ),
    RequestCode.PASSWORD_NEEDED: Declaration(
        _("This asks for your password again: it is more than ten minutes since you gave it."), 403
    ),
    RequestCode.SECOND_FACTOR_NEEDED: Declaration(
        _("This account has a second factor: send its code as well."), 401
    ),
    RequestCode.WRONG_SECOND_FACTOR: Declaration(
        _("This code is wrong, too old or already used: take the one that your app shows now."),
        401,
    ),
    RequestCode.SECOND_FACTOR_TO_SET_UP: Declaration(
        _("The team signs in with a second factor here: set yours up first, on the page."), 403
    ),
    RequestCode.SECOND_FACTOR_IS_ON: Declaration(
        _("Your second factor is on already: switch it off before you set up another.")
    ),
    RequestCode.OWN_SECOND_FACTOR: Declaration(
        _("You switch your own off on the page of your account.")
    ),
    RequestCode.UNKNOWN_TOKEN: Declaration(_("Invalid token"), 404),
    RequestCode.PIN_REQUIRED: Declaration(_("This stand asks for its PIN first"), 401),
    RequestCode.WRONG_PIN: Declaration(_("This is not the stand's PIN"), 401, "pin"),
    RequestCode.TOO_MANY_PINS: Declaration(
        _("Too many wrong PINs. Wait a minute; if that does not help, ask the organisers."),
        429,
        "pin",
    ),
    RequestCode.TOO_MANY_CODES: Declaration(
        _("Too many wrong words. Wait a minute; if that does not help, ask the organisers."),
        429,
        "code",
    ),
    RequestCode.TOO_MANY_PASSWORDS: Declaration(
        _("Too many wrong passwords. Wait a minute, then try again."), 429, "current_password"
    ),
    RequestCode.LINK_UNKNOWN: Declaration(
        _("This link opens nothing. Open it from the message as a whole."), 404
    ),
    RequestCode.LINK_USED: Declaration(
        _("This link has been used: sign in with the password you chose."), 410
    ),
    RequestCode.LINK_OVER: Declaration(
        _("This link has expired, or a newer one has replaced it."), 410
    ),
    RequestCode.LINK_INACTIVE: Declaration(
        _("This account is deactivated: ask the organisers"), 403
    ),
    RequestCode.CHANGED_MEANWHILE: Declaration(
        _("Somebody else has changed this meanwhile: look at it again"), 409, WHOLE_FORM
    ),
    RequestCode.SIGN_IN_AGAIN: Declaration(
        _(
            "Your account has no password, so sign in with the school's account again first: that "
            "counts for ten minutes."
        ),
        403,
        "current_password",
    ),
    RequestCode.SCHOOL_DENIED: Declaration(
        _(
            "You did not let the school's account sign you in here. Try again, or sign in with a "
            "password."
        ),
        403,
    ),
    RequestCode.SCHOOL_ATTEMPT_OVER: Declaration(
        _(
            "This attempt is over, or was begun in another browser. Begin again with the school's "
            "account."
        )
    ),
    RequestCode.SCHOOL_NOT_PROVED: Declaration(
        _("What came back does not prove who you are. Begin again with the school's account."), 403
    ),
    RequestCode.SCHOOL_ADDRESS_NOT_VERIFIED: Declaration(
        _(
            "The school's account does not vouch for an e-mail address of yours. Register here, "
            "or ask the organisers."
        ),
        403,
    ),
    RequestCode.SCHOOL_ADDRESS_OF_ANOTHER: Declaration(
        _(
            "The account of your address here belongs to another account of the school: ask the "
            "organisers."
        ),
        403,
    ),
    RequestCode.SCHOOL_ADDRESS_OF_TEAM: Declaration(
        _("Your address here is an organiser's, who signs in with the password."), 403
    ),
    RequestCode.SCHOOL_NAME_MISSING: Declaration(
        _("The school's account does not say your name: give it here."), field=WHOLE_FORM
    ),
    RequestCode.NAME_TAKEN: Declaration(_("Another company has this name"), field="name"),
    RequestCode.EMAIL_TAKEN: Declaration(
        _("This e-mail address has an account already"), field="email"
    ),
    RequestCode.OWN_ROLE: Declaration(
        _("Nobody changes their own role: another organiser does."), field="role"
    ),
    RequestCode.LAST_ORGANISER: Declaration(
        _("This is the last organiser: make another one first.")
    ),
    RequestCode.ALREADY_MEMBER: Declaration(
        _("They have chosen a password already: they sign in with it.")
    ),
    RequestCode.TOO_MANY_WEBHOOKS: Declaration(_("%(most)s servers are told already: remove one.")),
    RequestCode.TOO_MANY_KEYS: Declaration(
        _("There are %(most)s keys already: withdraw one that nobody uses.")
    ),
    RequestCode.NOT_A_STUDENT: Declaration(
        _("This address belongs to somebody of the team"), field="email"
    ),
    RequestCode.UNKNOWN_COMPANY: Declaration(
        _("No company has this name or this stand"), field="company"
    ),
    RequestCode.SEVERAL_COMPANIES: Declaration(
        _("Several companies are called so: choose one"), field="company"
    ),
    RequestCode.SAME_PLACE: Declaration(_("Both have the same place already"), field="company"),
    RequestCode.PROFILE_CLOSED: Declaration(
        _("The organisers change profiles now: tell them what should stand there."),
        field=WHOLE_FORM,
    ),
    RequestCode.LOGO_UNKNOWN: Declaration(
        _("This is no PNG, JPEG or WebP picture, or it is damaged. Save the logo as PNG."),
        field="logo",
    ),
    RequestCode.LOGO_TOO_LARGE: Declaration(
        _("This picture is too large: at most 5 MB and 25 million pixels."), 413, field="logo"
    ),
    RequestCode.MAP_UNKNOWN: Declaration(
        _("This is no PNG, JPEG or WebP picture, or it is damaged. Save the map as PNG."),
        field="map",
    ),
    RequestCode.MAP_TOO_LARGE: Declaration(
        _("This picture is too large: at most 5 MB and 25 million pixels."), 413, field="map"
    ),
    RequestCode.NOBODY_WAITING: Declaration(_("Nobody is waiting in this queue"), field="company"),
    RequestCode.ALERT_OVER: Declaration(_("This alert is over already")),
    RequestCode.ALERT_TAKEN: Declaration(_("Somebody else has taken this alert on"), 409),
    RequestCode.NOT_MET: Declaration(_("Notes are kept about people met in an interview here")),
    RequestCode.IMPORT_STALE: Declaration(
        _("The lists have changed meanwhile: look at the figures again"), 409
    ),
    RequestCode.IMPORT_NOT_LAST: Declaration(
        _("It was taken back already, or another import came since"), 409
    ),
    RequestCode.END_TOO_EARLY: Declaration(
        _("So long ago that the data would be removed at once"), field="ends_on"
    ),
    RequestCode.DAYS_REVERSED: Declaration(
        _("The last day comes before the first"), field="ends_on"
    ),
    RequestCode.NO_COMPANIES: Declaration(
        _("There is no company yet: add them, or import their list, and rehearse then."),
        field=WHOLE_FORM,
    ),
    RequestCode.REHEARSAL_RUNS: Declaration(
        _("A rehearsal is under way: wait for it, or cancel it."), 409, field=WHOLE_FORM
    ),
    RequestCode.REHEARSAL_OVER: Declaration(_("This rehearsal is over already"), 409),
    RequestCode.CLOSES_BEFORE_OPENING: Declaration(_("It closes before it opens"), field="closes"),
    RequestCode.HOURS_NEED_A_DAY: Declaration(
        _("Say on which day the fair is: without it no hour comes."), field="starts_on"
    ),
    RequestCode.KEPT_TOO_SHORT: Declaration(
        _("So few days that the data would be removed at once"), field="keep_days"
    ),
    RequestCode.BACKUP_MISSING: Declaration(
        _("Choose a backup first: a file that was downloaded here, or written by the server."),
        field="backup",
    ),
    RequestCode.BACKUP_DAMAGED: Declaration(
        _("This is no backup of JobFair's, or it is damaged."), field="backup"
    ),
    RequestCode.BACKUP_CUT: Declaration(
        _("This backup ends too early: it was not written or copied whole."), field="backup"
    ),
    RequestCode.BACKUP_FOREIGN: Declaration(
        _(
            "The seal of this backup does not fit: it was altered, or made by a server with "
            "another secret key."
        ),
        field="backup",
    ),
    RequestCode.BACKUP_OF_ANOTHER_VERSION: Declaration(
        _("This backup is of another version of JobFair: restore it with that one, then update."),
        field="backup",
    ),
    RequestCode.BACKUP_TOO_LARGE: Declaration(
        _("This file is larger than 128 MB: restore it on the server, by «flask fair restore»."),
        413,
        field="backup",
    ),
    RequestCode.NAME_NOT_TYPED: Declaration(
        _("Type the name as it stands above."), field="typed_name"
    ),
    RequestCode.FAIR_IS_OPEN: Declaration(
        _("The fair is open: close it first, or tick that it is meant all the same."),
        field="although_open",
    ),
    RequestCode.FAIR_NOT_CLOSED: Declaration(
        _("Close the fair first: its figures may still change."), field="typed_name"
    ),
    RequestCode.DOMAINS_MISSING: Declaration(
        _("Give at least one domain, such as univ.fr"), field="sign_up_domains"
    ),
    RequestCode.ADDRESS_NOT_CONFIRMED: Declaration(
        _("Confirm your e-mail address first: the code is in your mail")
    ),
    RequestCode.ADDRESS_CONFIRMED: Declaration(_("Your address is confirmed already")),
    RequestCode.ADDRESS_CODE_SENT: Declaration(
        _("A code was mailed less than a minute ago. Look among the unwanted mails too."), 429
    ),
    RequestCode.ADDRESS_CODE_OVER: Declaration(
        _("This code is no longer valid: have a new one sent"), field="code"
    ),
    RequestCode.ADDRESS_CODE_WRONG: Declaration(_tries_left, field="code"),
    RequestCode.NO_MAIL: Declaration(
        _("No mail is sent here: the organisers' desk confirms your address")
    ),
    RequestCode.NO_MAIL_SERVER: Declaration(
        _("No mail is sent here: give the links to the companies in another way")
    ),
    RequestCode.UNAVAILABLE: Declaration(
        _("We cannot answer just now. Try again in a moment."), 503
    ),
    RequestCode.SCHOOL_OUT_OF_REACH: Declaration(
        _(
            "The school's sign-in does not answer. Try again in a moment, or sign in with a "
            "password."
        ),
        503,
    ),
    RequestCode.BUSY: Declaration(
        _("Too many people are signing in at this moment. Wait a few seconds, then try again."), 503
    ),
    RequestCode.SERVER_ERROR: Declaration(
        _("Something went wrong on our side. Try again in a moment."), 500
    ),
}
