"""What organisers read of an act on many companies at once: before, and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from jobfair.domain.events import ManyAct, ManyChanged

LABELS: Mapping[ManyAct, LazyString] = MappingProxyType(
    {
        ManyAct.PAUSE: _("Pause"),
        ManyAct.RESUME: _("Resume"),
        ManyAct.MORE_SLOTS: _("One interview at once more"),
        ManyAct.FEWER_SLOTS: _("One interview at once fewer"),
        ManyAct.HALL: _("Give a hall"),
        ManyAct.MESSAGE: _("Message to the queues"),
        ManyAct.SET_PIN: _("Set a PIN"),
        ManyAct.REMOVE_PIN: _("Remove the PIN"),
        ManyAct.NEW_LINK: _("Make new links"),
        ManyAct.DELETE: _("Delete"),
    }
)
"""What each act is called where it is chosen."""

MEANINGS: Mapping[ManyAct, LazyString] = MappingProxyType(
    {
        ManyAct.PAUSE: _("Nobody joins or is called. Interviews go on, and every place is kept."),
        ManyAct.RESUME: _("Each calls whoever is first at its free seats."),
        ManyAct.MORE_SLOTS: _("Each may call one more student at once."),
        ManyAct.FEWER_SLOTS: _(
            "Each calls one student fewer at once, but one stays. Interviews go on."
        ),
        ManyAct.HALL: _("Each is in this hall from now on: in the list, on its screen and map."),
        ManyAct.MESSAGE: _("All who wait there get it, each once."),
        ManyAct.SET_PIN: _("Every device of the stands is asked for it at once."),
        ManyAct.REMOVE_PIN: _("Whoever has the link then runs the stand, without being asked."),
        ManyAct.NEW_LINK: _("The old links die at once, on every screen where they are open."),
        ManyAct.DELETE: _("Places in their queues and interviews disappear from the lists."),
    }
)
"""What each does to a company and its people."""


def done(event: ManyChanged) -> str:
    """What was done, or taken back, and to how many."""
    number = len(event.rows)
    if event.undoes is not None:
        if event.act == ManyAct.MESSAGE:
            return ngettext("%(num)d message taken back", "%(num)d messages taken back", number)
        return ngettext(
            "%(num)d company is as it was before", "%(num)d companies are as before", number
        )
    return _DONE[ManyAct(event.act)](number)


_DONE: Mapping[ManyAct, Callable[[int], str]] = {
    ManyAct.PAUSE: lambda n: ngettext(
        "%(num)d company is paused", "%(num)d companies are paused", n
    ),
    ManyAct.RESUME: lambda n: ngettext("%(num)d company resumes", "%(num)d companies resume", n),
    ManyAct.MORE_SLOTS: lambda n: ngettext(
        "%(num)d company holds one more interview at once",
        "%(num)d companies hold one more interview at once",
        n,
    ),
    ManyAct.FEWER_SLOTS: lambda n: ngettext(
        "%(num)d company holds one interview at once fewer",
        "%(num)d companies hold one interview at once fewer",
        n,
    ),
    ManyAct.HALL: lambda n: ngettext(
        "%(num)d company has another hall", "%(num)d companies have another hall", n
    ),
    ManyAct.MESSAGE: lambda n: ngettext(
        "Message sent to %(num)d queue", "Message sent to %(num)d queues", n
    ),
    ManyAct.SET_PIN: lambda n: ngettext(
        "%(num)d company asks for a PIN", "%(num)d companies ask for a PIN", n
    ),
    ManyAct.REMOVE_PIN: lambda n: ngettext(
        "%(num)d company asks for no PIN any more", "%(num)d companies ask for no PIN any more", n
    ),
    ManyAct.NEW_LINK: lambda n: ngettext(
        "%(num)d company has a new link", "%(num)d companies have a new link", n
    ),
    ManyAct.DELETE: lambda n: ngettext(
        "%(num)d company is deleted", "%(num)d companies are deleted", n
    ),
}
