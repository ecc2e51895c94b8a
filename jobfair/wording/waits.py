"""How long a wait may be, and what whoever joins a queue is told of it."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.wording.lengths import length

Range = tuple[int, int]
"""From and to, in minutes."""


def about(wait: Range) -> str:
    """A range in words. Never the time of day: it would differ with each minute."""
    least, most = wait
    if not least:
        return _("less than %(length)s", length=length(most))
    from_length = str(least) if most < 60 else length(least)
    return _("about %(least)s to %(most)s", least=from_length, most=length(most))


def joined(company: str, position: int, can_start: bool, ahead: int, wait: Range | None) -> str:
    """All that somebody wants to know who has just joined a queue."""
    stands_at = _expectation(can_start, ahead, wait)
    return _(
        "Registered at %(company)s, position %(number)d: %(stands_at)s",
        company=company,
        number=position,
        stands_at=stands_at,
    )


def _expectation(can_start: bool, ahead: int, wait: Range | None) -> str:
    if can_start:
        return _("it's your turn")
    people = (
        ngettext("%(num)d person ahead", "%(num)d people ahead", ahead)
        if ahead
        else _("nobody ahead")
    )
    return people if wait is None else f"{people}, {about(wait)}"
