"""What is said of a stand's door when somebody opens or closes it, as it is at that moment."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.domain.state import Phase


def resumed(phase: Phase) -> str:
    """A stand is open again."""
    if phase is Phase.PREPARING:
        return _("The stand is open again; calls begin at the opening of the fair")
    if phase is Phase.CLOSED:
        return _("The stand is open again, but the fair is closed")
    return _("The stand is open again")


def queue_closed(phase: Phase, recruiting: bool) -> str:
    """A queue was closed. Calling goes on only where there was any."""
    if phase is Phase.OPEN and recruiting:
        return _("Queue closed: nobody joins, calling goes on")
    return _("Queue closed: nobody joins")


def queue_opened(phase: Phase, recruiting: bool) -> str:
    """A queue was opened; people join only where the fair and the stand's status let them."""
    if phase is Phase.CLOSED:
        return _("The queue is open, but the fair is closed")
    if not recruiting:
        return _("The queue is open; people join once the stand resumes")
    return _("The queue is open")


def calls_lost(called: int) -> list[str]:
    """What a pause means for those who are called; nothing where nobody is."""
    line = ngettext(
        "%(num)d person called loses this call, not the place: they are called again afterwards.",
        "%(num)d people called lose this call, not the place: they are called again afterwards.",
        called,
    )
    return [line] if called else []
