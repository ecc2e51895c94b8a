"""What came of a rehearsal, in sentences."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from jobfair.models import RehearsalState
from jobfair.simulation.plan import Change, Limit, Longer, Plan, Seat
from jobfair.simulation.played_day import MEETS_ENOUGH
from jobfair.simulation.rehearsal import Gain, Range

FIGURES = {
    "interviews": lazy_gettext("Interviews"),
    "enough": lazy_gettext("Students who meet three companies or more"),
    "nobody": lazy_gettext("Students who meet none"),
    "wait": lazy_gettext("Wait in the middle, in minutes"),
    "nine_of_ten_wait": lazy_gettext("Wait of which nine of ten are shorter, in minutes"),
    "idle": lazy_gettext("Minutes in which a seat is free and nobody is called to it"),
    "away": lazy_gettext("Of these, minutes in which somebody waits who cannot come"),
}
"""By their names in `simulation.rehearsal.Figures`."""

assert MEETS_ENOUGH == 3, "the sentences here say three"


def gain(of: Gain, plan: Plan) -> str:
    """A change, and what it brings."""
    return _("%(change)s: %(gain)s", change=change(of.change, plan), gain=_brings(of))


def change(of: Change, plan: Plan) -> str:
    """What could be changed, as the beginning of a sentence."""
    match of:
        case Seat(number, since) if since > plan.opens:
            return _(
                "One seat more at %(company)s from %(hour)s on",
                company=plan.stands[number].name,
                hour=hour(since),
            )
        case Seat(number):
            return _("One seat more at %(company)s, all day long", company=plan.stands[number].name)
        case Longer(minutes):
            return _(
                "Closing %(minutes)d minutes later, at %(hour)s",
                minutes=minutes,
                hour=hour(plan.closes + minutes),
            )
        case Limit(waiting):
            return _("No more than %(number)d waiting in any queue", number=waiting)


def state(of: RehearsalState) -> str:
    """What became of a rehearsal."""
    match of:
        case RehearsalState.RUNNING:
            return _("under way")
        case RehearsalState.DONE:
            return _("played")
        case RehearsalState.CANCELLED:
            return _("cancelled")
        case RehearsalState.FAILED:
            return _("ended before it was done")


def hour(minutes: int) -> str:
    """A time of the day by its minutes since midnight."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _brings(of: Gain) -> str:
    if of.enough.least > 0:
        students = ngettext(
            "%(num)d student more meets three companies",
            "%(num)d students more meet three companies",
            round(of.enough.mean),
        )
        return _within(students, of.enough)
    interviews = ngettext(
        "%(num)d interview more", "%(num)d interviews more", round(of.interviews.mean)
    )
    return _within(interviews, of.interviews)


def _within(words: str, span: Range) -> str:
    return _(
        "%(gain)s (between %(least)d and %(most)d)",
        gain=words,
        least=round(span.least),
        most=round(span.most),
    )
