"""How long a wait may be, and what whoever joins a queue is told of it."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.wording.lengths import length
from jobfair.wording.turns import people_ahead

Range = tuple[int, int]
"""From and to, in minutes."""


def about(wait: Range) -> str:
    """A range in words. Never the time of day: it would differ with each minute."""
    least, most = wait
    if not least:
        return _("less than %(length)s", length=length(most))
    from_length = str(least) if most < 60 else length(least)
    return _("about %(least)s to %(most)s", least=from_length, most=length(most))


def standing(can_start: bool, ahead: int, wait: Range | None) -> str:
    """Where somebody stands in a queue: the number that counts for them, and how long."""
    if can_start:
        return _("It's your turn")
    people = people_ahead(ahead)
    return people if wait is None else f"{people}, {about(wait)}"


def registered(position: int) -> str:
    """The number of a place: a second number, after that of the people ahead."""
    return _("Registered at position %(number)d", number=position)


def joined(company: str, position: int, can_start: bool, ahead: int, wait: Range | None) -> str:
    """All that somebody wants to know who has just joined a queue."""
    return _(
        "Registered at %(company)s. %(standing)s. Position %(number)d, in order of arrival.",
        company=company,
        number=position,
        standing=standing(can_start, ahead, wait),
    )
