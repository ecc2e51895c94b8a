"""The words for refusals, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from jobfair import metrics
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Presence
from jobfair.wording import turns

_SENTENCES: dict[str, Callable[[], str]] = {
    "already_joined": lambda: _("Already joined"),
    "already_done": lambda: _("You have already had this interview"),
    "fair_closed": lambda: _("The fair is closed"),
    "fair_not_open": lambda: _("The fair is not open"),
    "company_paused": lambda: _("This company is paused"),
    "queue_closed": lambda: _("This queue is closed"),
    "queue_full": lambda: _("This queue is full"),
    "not_waiting": lambda: _("This entry is no longer in the queue"),
    "no_free_slot": lambda: _("No slot is free"),
    "set_aside": lambda: _("Set aside: say that you are here first"),
    "not_set_aside": lambda: _("This entry is not set aside"),
    "not_called": lambda: _("Nobody is called with this entry"),
    "not_in_interview": lambda: _("This interview is not running here"),
    "in_interview": lambda: _("Not possible during an interview"),
    "already_available": lambda: _("You are available already"),
    "already_paused": lambda: _("You are paused already"),
    "company_required": lambda: _("Choose the company of the interview"),
    "nothing_to_undo": lambda: _("There is no longer an end of an interview to undo here"),
    "not_the_last": lambda: _("Another interview has ended since: only the last can go on"),
    "too_late": lambda: _("More than a minute has passed: the interview stays done"),
    "in_interview_elsewhere": lambda: _("This student is in an interview elsewhere by now"),
    "stale_order": lambda: _("The queue has changed meanwhile: look at it again"),
    "unknown_company": lambda: _("No company has this name"),
    "end_too_early": lambda: _("So long ago that the data would be removed at once"),
    "nobody_waiting": lambda: _("Nobody is waiting in this queue"),
    "name_taken": lambda: _("Another company has this name"),
    "wrong_credentials": lambda: _("The e-mail address or the password is wrong"),
    "wrong_password": lambda: _("This is not your current password"),
    "account_inactive": lambda: _("This account is deactivated: ask the organisers"),
    "email_taken": lambda: _("This e-mail address has an account already"),
    "not_a_student": lambda: _("This address belongs to an organiser"),
    "import_stale": lambda: _("The lists have changed meanwhile: look at the figures again"),
    "pin_required": lambda: _("This stand asks for its PIN first"),
    "wrong_pin": lambda: _("This is not the stand's PIN"),
    "too_many_pins": lambda: _(
        "Too many wrong PINs. Wait a minute; if that does not help, ask the organisers."
    ),
    "not_met": lambda: _("Notes are kept about people met in an interview here"),
    "link_unknown": lambda: _("This link opens nothing. Open it from the message as a whole."),
    "link_used": lambda: _("This link has been used: sign in with the password you chose."),
    "link_over": lambda: _("This link has expired, or a newer one has replaced it."),
}

_PRESENCES_OF_ANOTHER: dict[str, Callable[[], str]] = {
    Presence.IN_INTERVIEW: lambda: _("This student is in an interview"),
    Presence.PAUSED: lambda: _("This student is on a break: only they end it, on their phone"),
    Presence.INACTIVE: lambda: _("The account of this student is deactivated"),
}


def sentence(refusal: Refusal) -> str:
    """A refusal in words, counted as said. Raises KeyError for a code that has none."""
    metrics.refused(refusal.code)
    return _sentence(refusal)


def about_another(refusal: Refusal) -> str:
    """A refusal in words for whoever acts for somebody else, a stand or an organiser; counted."""
    metrics.refused(refusal.code)
    if refusal.code == "not_your_turn":
        return _("It is not this student's turn")
    if refusal.code == "not_available":
        return _PRESENCES_OF_ANOTHER[str(refusal.params["status"])]()
    if refusal.code == "set_aside":
        return _("This student was set aside")
    if refusal.code == "already_joined":
        return _("This student is in that queue already")
    if refusal.code == "already_done":
        return _("This student has already had this interview")
    return _sentence(refusal)


def _sentence(refusal: Refusal) -> str:
    if refusal.code == "not_your_turn":
        return turns.people_ahead(int(refusal.params.get("ahead", 0)))
    if refusal.code == "not_available":
        return turns.unavailable(Presence(str(refusal.params["status"])))
    return _SENTENCES[refusal.code]()
