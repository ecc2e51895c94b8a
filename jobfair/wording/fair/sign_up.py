"""Who may sign up, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from jobfair.domain.signing_up import SignUp

MODES: dict[str, LazyString] = {
    SignUp.OPEN: _("Anybody"),
    SignUp.CODE: _("People who know the word of the fair"),
    SignUp.DOMAINS: _("People with an address of the school"),
    SignUp.INVITED: _("Invited people"),
}
"""Each mode, as organisers choose it and read it in the log."""
