"""What a row of the security log says to its account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from jobfair.models import Outcome

OUTCOMES = {
    Outcome.SIGNED_IN: _("Signed in"),
    Outcome.NEW_DEVICE: _("Signed in on a new device"),
    Outcome.WRONG_PASSWORD: _("Refused: wrong password"),
    Outcome.TOO_MANY: _("Refused: too many tries"),
    Outcome.INACTIVE: _("Refused: the account is deactivated"),
    Outcome.WRONG_OWN: _("A wrong password, by somebody signed in"),
    Outcome.SCHOOL_REFUSED: _("Refused: by the school's account"),
    Outcome.SCHOOL_LINKED: _("The school's account opens this one from now on"),
    Outcome.CHANGED: _("The password was changed"),
    Outcome.BY_LINK: _("A password was chosen by a personal link"),
    Outcome.BY_ORGANISER: _("An organiser set a new password"),
    Outcome.ENDED_OTHERS: _("Signed out everywhere else"),
    Outcome.WRONG_CODE: _("Refused: wrong code, after the right password"),
    Outcome.RECOVERY_CODE: _("A recovery code was used"),
    Outcome.FACTOR_ON: _("The second factor was switched on"),
    Outcome.FACTOR_OFF: _("The second factor was switched off"),
    Outcome.FACTOR_REMOVED: _("An organiser took the second factor away"),
    Outcome.NEW_CODES: _("New recovery codes were made"),
}
