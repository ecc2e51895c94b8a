"""How long a wait may be, and what a student who joins a queue is told of it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from jobfair.domain.waiting_time import NoRange, Range
from jobfair.wording.queues.turns import people_ahead
from jobfair.wording.times.lengths import length

CLOSE_AHEAD, CLOSE_MINUTES = 2, 15
"""With fewer ahead, or when it may be sooner, one stays near a stand."""


def about(wait: Range) -> str:
    """A range in words. Never the time of day: it would differ with each minute."""
    least, most = wait
    if not least:
        return _("less than %(length)s", length=length(most))
    from_length = str(least) if most < 60 else length(least)
    return _("about %(least)s to %(most)s", least=from_length, most=length(most))


_INSTEAD: dict[NoRange, Callable[[], str]] = {
    NoRange.AT_ONCE: lambda: _("your turn when you are back"),
    NoRange.TOO_EARLY: lambda: _("too early to say how long"),
    NoRange.TOO_FAR: lambda: _("perhaps over 4 h"),
    NoRange.TOO_VAGUE: lambda: _("wait too uncertain to say"),
}
"""What stands in the place of a range, in a row."""

_WHY_NOT: dict[NoRange, Callable[[], str]] = {
    NoRange.AT_ONCE: lambda: _("A seat is free: you are called as soon as you are available."),
    NoRange.TOO_EARLY: lambda: _("Too few interviews have ended today to say how long."),
    NoRange.TOO_FAR: lambda: _("Too far ahead to say how long."),
    NoRange.TOO_VAGUE: lambda: _("It may be short or long: a figure would be a guess."),
}


def how_long(wait: Range | None, because: NoRange | None) -> str:
    """The same words for who waits and for who might: the range, or why nobody knows it.

    Empty where there is no wait to speak of.
    """
    if wait is not None:
        return about(wait)
    return "" if because is None else _INSTEAD[because]()


def basis(wait: Range | None, because: NoRange | None) -> str:
    """Where a range comes from, or at length why there is none; empty where none is spoken of."""
    if wait is not None:
        return _("estimated from today's interviews")
    return "" if because is None else _WHY_NOT[because]()


def standing(
    can_start: bool, ahead: int | None, wait: Range | None, because: NoRange | None = None
) -> str:
    """Where somebody stands in a queue: the number that counts for them, and how long."""
    if can_start:
        return _("It's your turn")
    return ", ".join(filter(None, (people_ahead(ahead), how_long(wait, because))))


def advice(can_start: bool, ahead: int | None, wait: Range | None) -> str:
    """What the student who is next there does meanwhile; empty where nobody can tell."""
    if can_start:
        return _("Go there now.")
    if ahead is None:
        return ""
    if ahead < CLOSE_AHEAD or (wait is not None and wait[0] < CLOSE_MINUTES):
        return _("Stay nearby.")
    return "" if wait is None else _("There is time for another stand before.")


def registered(position: int | None) -> str:
    """The number of a place: a second number, after that of the people ahead."""
    if position is None:
        return _("Registered for the draw")
    return _("Registered at position %(number)d", number=position)


def soon() -> str:
    """Where somebody stands who is next, however many wait before them."""
    return _("Your turn is coming up: stay nearby")


def numbered(position: int | None) -> str:
    """The number of a place, as the organisers read it."""
    if position is None:
        return _("Not drawn yet")
    return _("Position %(number)d", number=position)


def joined(company: str, position: int | None, standing: str) -> str:
    """All that somebody wants to know who has just joined a queue."""
    if position is None:
        return _(
            "Registered at %(company)s. The places are drawn when the fair opens: everybody who "
            "joins before then has the same chance.",
            company=company,
        )
    return _(
        "Registered at %(company)s. %(standing)s. Position %(number)d, in order of arrival.",
        company=company,
        number=position,
        standing=standing,
    )
