"""Why somebody was not called at a past moment, in one sentence that names nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from jobfair.domain.looking_back import Span, Standing, Stood
from jobfair.domain.reasons import AsideBecause
from jobfair.wording.refusals import Voice
from jobfair.wording.times.local_time import hour, zone


@dataclass(frozen=True, slots=True)
class Moment:
    """How an entry stood at a moment. `elsewhere` is the company of the interview that its student
    was in, where they were in one at another stand."""

    at: datetime
    standing: Standing
    span: Span
    elsewhere: str | None = None


def sentence(moment: Moment, voice: Voice) -> str:
    """The reason, as the student reads it of themselves, or the desk of somebody."""
    own, of_another = _SENTENCES[moment.standing.because]
    return own(moment) if voice is Voice.SELF else of_another(moment)


def _span(moment: Moment) -> str:
    """From when until when, to be put behind a sentence; empty where neither is known."""
    since, until = (
        None if each is None else _hour(each, moment.at)
        for each in (moment.span.since, moment.span.until)
    )
    if since is None:
        return "" if until is None else _(" until %(until)s", until=until)
    if until is None:
        return _(" since %(since)s", since=since)
    return _(" from %(since)s to %(until)s", since=since, until=until)


def _hour(moment: datetime, asked: datetime) -> str:
    """Its hour, with its day where that is another than the one that was asked about."""
    is_same = moment.astimezone(zone()).date() == asked.astimezone(zone()).date()
    return hour(moment) if is_same else _day_and_hour(moment)


def _day_and_hour(moment: datetime) -> str:
    words: str = format_datetime(moment, "d MMM HH:mm")  # type: ignore[no-untyped-call]
    return words


def _at(moment: Moment) -> str:
    return hour(moment.at)


def _not_in_queue(moment: Moment) -> str:
    if moment.span.until is None:
        return _("At %(at)s you were not in this queue.", at=_at(moment))
    joined = _hour(moment.span.until, moment.at)
    return _(
        "At %(at)s you were not in this queue yet: you joined it at %(joined)s.",
        at=_at(moment),
        joined=joined,
    )


def _not_in_queue_of_another(moment: Moment) -> str:
    if moment.span.until is None:
        return _("At %(at)s they were not in this queue.", at=_at(moment))
    joined = _hour(moment.span.until, moment.at)
    return _(
        "At %(at)s they were not in this queue yet: they joined it at %(joined)s.",
        at=_at(moment),
        joined=joined,
    )


def _aside(moment: Moment) -> str:
    span = _span(moment)
    match moment.span.aside:
        case AsideBecause.ABSENT:
            return _("You were set aside%(span)s: the stand had not seen you come.", span=span)
        case AsideBecause.PASSED:
            return _("You were set aside%(span)s: you had let the next one go first.", span=span)
        case AsideBecause.RAN_OUT:
            return _("You were set aside%(span)s: your call had run out.", span=span)
        case _:
            return _("You were set aside%(span)s: your interview was broken off.", span=span)


def _aside_of_another(moment: Moment) -> str:
    span = _span(moment)
    match moment.span.aside:
        case AsideBecause.ABSENT:
            return _("They were set aside%(span)s: they had not come.", span=span)
        case AsideBecause.PASSED:
            return _("They were set aside%(span)s: they had let the next one go first.", span=span)
        case AsideBecause.RAN_OUT:
            return _("They were set aside%(span)s: their call had run out.", span=span)
        case _:
            return _("They were set aside%(span)s: their interview was broken off.", span=span)


def _ahead(standing: Standing) -> str:
    if standing.ahead == 0:
        return _("nobody was ahead of you")
    return ngettext(
        "one person was ahead of you", "%(num)d people were ahead of you", standing.ahead
    )


def _ahead_of_another(standing: Standing) -> str:
    if standing.ahead == 0:
        return _("nobody was ahead of them")
    return ngettext(
        "one person was ahead of them", "%(num)d people were ahead of them", standing.ahead
    )


def _taken(standing: Standing) -> str:
    return ngettext("the only seat was taken", "the %(num)d seats were taken", standing.slots)


def _called(standing: Standing) -> str:
    if standing.coming == standing.called:
        return ngettext(
            "the one who was called was on the way",
            "the %(num)d who were called were on their way",
            standing.called,
        )
    return ngettext(
        "one of them was called to the free seat",
        "%(num)d of them were called to the free seats",
        standing.called,
    )


def _both(moment: Moment, ahead: str, seats: str) -> str:
    return _("At %(at)s, %(ahead)s, and %(seats)s.", at=_at(moment), ahead=ahead, seats=seats)


_SENTENCES: dict[Stood, tuple[Callable[[Moment], str], Callable[[Moment], str]]] = {
    Stood.NOT_IN_QUEUE: (_not_in_queue, _not_in_queue_of_another),
    Stood.LEFT: (
        lambda of: _("You were in this queue no more%(span)s.", span=_span(of)),
        lambda of: _("They were in this queue no more%(span)s.", span=_span(of)),
    ),
    Stood.DONE: (
        lambda of: _("Your interview there was done%(span)s.", span=_span(of)),
        lambda of: _("Their interview there was done%(span)s.", span=_span(of)),
    ),
    Stood.RUNNING: (
        lambda of: _("You were in your interview there%(span)s.", span=_span(of)),
        lambda of: _("They were in their interview there%(span)s.", span=_span(of)),
    ),
    Stood.CALLED: (
        lambda of: _("It was your turn: you were called%(span)s.", span=_span(of)),
        lambda of: _("It was their turn: they were called%(span)s.", span=_span(of)),
    ),
    Stood.ASIDE: (_aside, _aside_of_another),
    Stood.PAUSED: (
        lambda of: _("You were on a break%(span)s: your queues skipped you.", span=_span(of)),
        lambda of: _("They were on a break%(span)s: their queues skipped them.", span=_span(of)),
    ),
    Stood.IN_INTERVIEW: (
        lambda of: _(
            "You were in an interview at %(company)s%(span)s.",
            company=of.elsewhere,
            span=_span(of),
        ),
        lambda of: _(
            "They were in an interview at %(company)s%(span)s.",
            company=of.elsewhere,
            span=_span(of),
        ),
    ),
    Stood.INACTIVE: (
        lambda of: _("Your account was deactivated%(span)s.", span=_span(of)),
        lambda of: _("Their account was deactivated%(span)s.", span=_span(of)),
    ),
    Stood.STAND_PAUSED: (
        lambda of: _("The stand was paused%(span)s: it called nobody.", span=_span(of)),
        lambda of: _("The stand was paused%(span)s: it called nobody.", span=_span(of)),
    ),
    Stood.STAND_LEFT: (
        lambda of: _("The stand had left the fair%(span)s.", span=_span(of)),
        lambda of: _("The stand had left the fair%(span)s.", span=_span(of)),
    ),
    Stood.FAIR_PREPARING: (
        lambda of: _("The fair was not open yet%(span)s: nobody was called.", span=_span(of)),
        lambda of: _("The fair was not open yet%(span)s: nobody was called.", span=_span(of)),
    ),
    Stood.FAIR_CLOSED: (
        lambda of: _("The fair was closed%(span)s: nobody was called.", span=_span(of)),
        lambda of: _("The fair was closed%(span)s: nobody was called.", span=_span(of)),
    ),
    Stood.SEATS_TAKEN: (
        lambda of: _both(of, _ahead(of.standing), _taken(of.standing)),
        lambda of: _both(of, _ahead_of_another(of.standing), _taken(of.standing)),
    ),
    Stood.OTHERS_CALLED: (
        lambda of: _both(of, _ahead(of.standing), _called(of.standing)),
        lambda of: _both(of, _ahead_of_another(of.standing), _called(of.standing)),
    ),
    Stood.HELD_BEHIND: (
        lambda of: _(
            "At %(at)s, the free seat was held for somebody behind you, who had said «I'm on my "
            "way» before you were there.",
            at=_at(of),
        ),
        lambda of: _(
            "At %(at)s, the free seat was held for somebody behind them, who had said «I'm on my "
            "way» before they were there.",
            at=_at(of),
        ),
    ),
}
