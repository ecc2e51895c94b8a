"""What is stored about people and sent on, in sentences: for the page about it, and for the copy.

Which column holds what stands beside the tables, in `models`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _

from jobfair.models import Data


@dataclass(frozen=True, slots=True)
class Words:
    """The sentence about some data: what it is, and why it is there.

    `not_copied` says why the copy that a student takes has none of it, and how else it is had.
    """

    what: Any
    why: Any
    not_copied: Any = None


STORED = {
    Data.IDENTITY: Words(
        _("Your name and e-mail address"), _("to sign you in and to call you.")
    ),
    Data.PASSWORD: Words(
        _("Your password"),
        _("only as a hash from which nobody can read it."),
        _("Only a hash of it is stored."),
    ),
    Data.ACCOUNT: Words(
        _("Your account: whose kind it is, since when, and whether it is active"),
        _("to let you in."),
    ),
    Data.PLACES: Words(
        _("Your queues, calls and interviews, with their times"),
        _("to keep your place and your turn."),
    ),
    Data.INTRODUCTION: Words(
        _(
            "What you show stands: your studies, your year, what you look for, a sentence, a link, "
            "and whether your e-mail address"
        ),
        _(
            "for the stands that call you or have met you, while you let them; your school may "
            "have given the first three, which nobody sees before you say so."
        ),
    ),
    Data.FAVOURITES: Words(
        _("The companies that you have starred, and since when"),
        _("for your list and your day; nobody else sees them."),
    ),
    Data.HISTORY: Words(
        _(
            "The fair's log: what you did, what was done for you, messages to you, and what you "
            "were told of the wait when you joined a queue"
        ),
        _("to settle what happened, and so that the organisers see how right such waits were."),
    ),
    Data.SIGN_INS: Words(
        _("Where you are signed in: since when, and with which browser"),
        _(
            "so that you can end it. Organisers see the last one where they merge two accounts of "
            "one person."
        ),
    ),
    Data.SECURITY_LOG: Words(
        _(
            "For 90 days: sign-ins to your account, good and bad, and new passwords: when, with "
            "which browser, and a digest of the address they came from"
        ),
        _("so that you see what was not you, on the page where you are signed in."),
    ),
    Data.FACTORS: Words(
        _("If you run the fair with a second factor: its secret, and your recovery codes"),
        _("the secret encrypted, the codes only as digests, to ask for them when you sign in."),
        _("It would be of no use to you, and of some to a thief."),
    ),
    Data.SCHOOL: Words(
        _(
            "If you sign in with the school's account: which sign-in that is, what it calls you, "
            "and since when"
        ),
        _("so that it opens this account and no other."),
    ),
    Data.KEYS: Words(
        _(
            "If you run the fair: the keys that you made for programs, what each may do, and when "
            "it was used last"
        ),
        _("so that you see which programs act in your name, and can withdraw a key."),
        _("Only the team makes keys; the page with them shows yours."),
    ),
    Data.LINKS: Words(
        _("Personal links that were made for you, and when you used them"),
        _("so that each works once."),
    ),
    Data.PROOFS: Words(
        _("What a sign-in or a personal link is recognised by"),
        _("only as a number or a digest, with which nobody gets in."),
        _("It would be of no use to you, and of some to a thief."),
    ),
    Data.NOTES: Words(
        _("What a company has noted about you after it met you, and what it thinks of you"),
        _("for that company alone; neither other companies nor the organisers' pages show it."),
        _(
            "You may read it: ask that company at its stand, or the organisers, who then hand you "
            "all notes about you."
        ),
    ),
    Data.OWN_NOTES: Words(
        _("Your own notes about the companies that you have met"),
        _("for you alone, on your day; nobody else sees them."),
    ),
    Data.PUSHES: Words(
        _("If your phone may be called while it is locked: since when, in which language, and "
          "which calls were sent"),
        _("so that it rings once for each call."),
    ),
    Data.PUSH_KEYS: Words(
        _("Your browser's address at its push service, and its keys"),
        _("to reach your phone; they go when you sign out."),
        _("Anybody with them can send to your phone; your browser has them itself."),
    ),
    Data.REQUESTS: Words(
        _("For a day: when you sent something, and whether it was done"),
        _("so that nothing is done twice where the network fails."),
    ),
    Data.ANSWERS: Words(
        _("For a day: what was answered"),
        _("to answer the same when it is sent again."),
        _("It repeats what your pages showed."),
    ),
    Data.CONTACT: Words(
        _("If a company has named you as its contact: your e-mail address"),
        _(
            "to mail you the link of its stand; only the organisers see it. It stays with the "
            "company until they change it."
        ),
        _("It is the company's, and no student's."),
    ),
}  # fmt: skip
"""By what a column says about a person; in the order of the page."""

PUSH_SERVICES = Words(
    _("Push services (Google, Mozilla, Apple, Microsoft)"),
    _(
        "if your phone may be called while it is locked: your browser's maker learns that this "
        "fair sends it something, when, and the number of your place; what it says is encrypted."
    ),
)
MAIL = Words(
    _("Mail servers, the fair's and yours"),
    _("if a mail is sent to you: they learn your address and what the mail says."),
)
SCHOOL = Words(
    _("The school's sign-in"),
    _(
        "if you use it: it learns when you sign in here. It tells us your name, your e-mail "
        "address and whether you are an organiser."
    ),
)
SERVER_LOG = Words(
    _("The machine's log"),
    _(
        "not a third party: what was asked for, when, and the number of your account; neither "
        "names nor what you wrote."
    ),
)
REFUSED_VISITORS = Words(
    _("The machine's log, of sign-ins that were refused"),
    _("also the address they came from, so that the machine can shut out who guesses passwords."),
)
SENT_ON = {
    PUSH_SERVICES: None,
    MAIL: "SMTP_URL",
    SCHOOL: "OIDC_ISSUER",
    SERVER_LOG: None,
    REFUSED_VISITORS: "LOG_ADDRESSES",
}
"""With the setting without which nothing is sent."""


def sent_on() -> list[Words]:
    """What else learns something of people here, as this server is set up."""
    config = current_app.config
    return [words for words, setting in SENT_ON.items() if setting is None or config[setting]]
