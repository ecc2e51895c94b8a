"""The announcements of the fair's phases."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.domain.state import Phase


def not_open(phase: Phase) -> str:
    """Why nobody is called, in a phase in which nobody is."""
    return _("The fair is closed") if phase is Phase.CLOSED else _("The fair has not opened yet")


def announcement(phase: str) -> str:
    """The fair's new phase, announced to everybody."""
    announcements = {
        Phase.PREPARING: lambda: _("The fair is in preparation: you may join queues"),
        Phase.OPEN: lambda: _("The fair is open"),
        Phase.CLOSED: lambda: _("The fair is closed"),
    }
    return str(announcements[Phase(phase)]())
