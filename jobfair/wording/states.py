"""The labels of the states of students, companies, entries and the fair."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

_WORDS: dict[str, Callable[[], str]] = {
    "available": lambda: _("Available"),
    "in_interview": lambda: _("In interview"),
    "running": lambda: _("In interview"),
    "paused": lambda: _("Paused"),
    "recruiting": lambda: _("Recruiting"),
    "waiting": lambda: _("Waiting"),
    "called": lambda: _("Called"),
    "aside": lambda: _("Set aside"),
    "done": lambda: _("Done"),
    "left": lambda: _("Left"),
    "broken_off": lambda: _("Broken off"),
    "active": lambda: _("Active"),
    "deactivated": lambda: _("Deactivated"),
    "preparing": lambda: _("In preparation"),
    "open": lambda: _("Open"),
    "closed": lambda: _("Closed"),
    "names": lambda: _("First name and initial"),
    "codes": lambda: _("Code"),
}


def state_label(value: str | int | None) -> str | None:
    """The label of a state; a number stays as it is, and None stays None."""
    if value is None:
        return None
    word = _WORDS.get(str(value))
    return str(value) if word is None else word()
