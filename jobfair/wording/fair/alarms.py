"""What everyone is told when all is paused, and when it goes on."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import force_locale
from flask_babel import gettext as _

from jobfair.wording.language import LANGUAGES


def evacuation() -> str:
    """What is proposed for an alarm, in every language: a message is the same for all readers."""
    return _in_each(
        lambda: _("Evacuation: leave the hall by the nearest exit. Places in queues are kept.")
    )


def all_clear() -> str:
    """The same for its end."""
    return _in_each(lambda: _("All clear: the fair goes on. Places in queues were kept."))


def _in_each(words: Callable[[], str]) -> str:
    said = []
    for language in LANGUAGES:
        with force_locale(language):
            said.append(words())
    return " / ".join(said)
