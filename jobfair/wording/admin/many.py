"""What organisers read of an act on many at once: before, and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from jobfair.domain.events import ManyAct, ManyChanged

OF_COMPANIES: Mapping[ManyAct, LazyString] = MappingProxyType(
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
"""What each act on companies is called where it is chosen."""

OF_STUDENTS: Mapping[ManyAct, LazyString] = MappingProxyType(
    {
        ManyAct.DEACTIVATE: _("Deactivate"),
        ManyAct.REACTIVATE: _("Reactivate"),
        ManyAct.TAKE_OUT: _("Take out of all queues"),
        ManyAct.WRITE: _("Message"),
        ManyAct.REMOVE: _("Remove the accounts"),
    }
)
"""The same for acts on students."""

MEANINGS: Mapping[ManyAct, LazyString] = MappingProxyType(
    {
        ManyAct.PAUSE: _("Nobody joins or is called. Interviews go on, and every place is kept."),
        ManyAct.RESUME: _(
            "Each calls the first student at its free seats. Stands that left stay so; their own "
            "pages bring them back."
        ),
        ManyAct.MORE_SLOTS: _("Each may call one more student at once."),
        ManyAct.FEWER_SLOTS: _(
            "Each calls one student fewer at once, but one stays. Interviews go on."
        ),
        ManyAct.HALL: _("Each is in this hall from now on: in the list, on its screen and map."),
        ManyAct.MESSAGE: _("All who wait there get it, each once."),
        ManyAct.SET_PIN: _("Every device of the stands is asked for it at once."),
        ManyAct.REMOVE_PIN: _("Anybody with the link then runs the stand, without being asked."),
        ManyAct.NEW_LINK: _("The old links die at once, on every screen where they are open."),
        ManyAct.DELETE: _("Places in their queues and interviews disappear from the lists."),
        ManyAct.DEACTIVATE: _("They are signed out, and skipped in every queue. Interviews go on."),
        ManyAct.REACTIVATE: _("They may sign in again, and are called in their turn."),
        ManyAct.TAKE_OUT: _("Every place in a queue is lost. Interviews go on."),
        ManyAct.WRITE: _("Each gets it, on the phone and among the notifications."),
        ManyAct.REMOVE: _("They are signed out and gone for good, with their places and notes."),
    }
)
"""What each does to a company and its people, or to a student."""


def left(event: ManyChanged) -> list[str]:
    """Those who were left, as the log has them: of students it keeps numbers alone."""
    if event.act in OF_STUDENTS:
        return [gettext("Student no. %(id)s", id=each) for each in event.left]
    return list(event.left)


def done(event: ManyChanged) -> str:
    """What was done, or taken back, and to how many."""
    number = len(event.rows)
    if event.undoes is not None:
        if event.act in (ManyAct.MESSAGE, ManyAct.WRITE):
            return ngettext("%(num)d message taken back", "%(num)d messages taken back", number)
        if event.act in OF_STUDENTS:
            return ngettext(
                "%(num)d student is as they were before", "%(num)d students are as before", number
            )
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
    ManyAct.DEACTIVATE: lambda n: ngettext(
        "%(num)d student is deactivated", "%(num)d students are deactivated", n
    ),
    ManyAct.REACTIVATE: lambda n: ngettext(
        "%(num)d student is active again", "%(num)d students are active again", n
    ),
    ManyAct.TAKE_OUT: lambda n: ngettext(
        "%(num)d place in a queue is given up", "%(num)d places in queues are given up", n
    ),
    ManyAct.WRITE: lambda n: ngettext(
        "Message sent to %(num)d student", "Message sent to %(num)d students", n
    ),
    ManyAct.REMOVE: lambda n: ngettext(
        "%(num)d account is removed", "%(num)d accounts are removed", n
    ),
}
