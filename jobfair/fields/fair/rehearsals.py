"""What a rehearsal is asked, each field declared once, and the plan that is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Annotated, Any

import pydantic
from flask_babel import lazy_gettext as _

from jobfair.fields.input.declaration import Field, shape, with_default
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import TimeOfDay, or_none, whole
from jobfair.simulation.plan import USUAL, USUAL_LENGTH, Opening, Plan, Stand

OPENINGS = {
    Opening.RUSH: _("As a rush: quick students are early in every queue"),
    Opening.LOT: _("By lot: each place in a queue is drawn"),
}

FIELDS = (
    Field("students", or_none(whole(1, 10_000)), _("Students"), default=None, input="number"),
    Field(
        "wishes",
        or_none(whole(1, 30)),
        _("Companies that each wants to meet"),
        default=None,
        hint=_("About this many, one more or less."),
        input="number",
    ),
    Field("opens", or_none(TimeOfDay), _("Opens at"), default=None, input="time"),
    Field("closes", or_none(TimeOfDay), _("Closes at"), default=None, input="time"),
    Field(
        "early",
        or_none(whole(0, 100)),
        _("Of 100 students, before the doors when they open"),
        default=None,
        input="number",
    ),
    Field(
        "arrivals",
        or_none(whole(1, 720)),
        _("Minutes in which the others arrive"),
        default=None,
        input="number",
    ),
    Field(
        "opening",
        or_none(Annotated[Opening, pydantic.Field(strict=False)]),
        _("How the queues begin"),
        default=None,
        choices={each.value: words for each, words in OPENINGS.items()},
        input="radio",
    ),
    Field(
        "length",
        or_none(whole(1, 120)),
        _("Minutes of an interview"),
        default=None,
        hint=_("Of the stands of which nothing is known from a fair before."),
        input="number",
    ),
    Field(
        "walk",
        or_none(whole(5, 1200)),
        _("Seconds on the way to a stand"),
        default=None,
        input="number",
    ),
    Field(
        "no_shows",
        or_none(whole(0, 60)),
        _("Of 100 calls, to which nobody comes"),
        default=None,
        input="number",
    ),
    Field(
        "pauses_every",
        or_none(whole(10, 1440)),
        _("Minutes between two breaks of a student"),
        default=None,
        input="number",
    ),
)
"""In the order of the form. What is left blank is as the fair is set up, or the usual guess."""

RehearsalAsked = shape(
    "RehearsalAsked",
    FIELDS,
    with_default,
    Input,
    "What a rehearsal supposes; what is left out or null is as the fair is set up, or a guess.",
)


@dataclass(frozen=True, slots=True)
class FairAsSetUp:
    """What is known of the fair: its stands, how many students have an account, its hours."""

    stands: Sequence[Stand]
    students: int
    opens: time | None
    closes: time | None


FEWEST = 20
"""With fewer accounts than that, the students are still to come."""


def usual(fair: FairAsSetUp) -> dict[str, Any]:
    """The value of each field where nobody says another."""
    plan = Plan(())
    return {
        "students": fair.students if fair.students >= FEWEST else plan.students,
        "wishes": plan.wishes,
        "opens": fair.opens or _time(plan.opens),
        "closes": fair.closes or _time(plan.closes),
        "early": round(plan.early * 100),
        "arrivals": plan.arrivals,
        "opening": plan.opening,
        "length": round(USUAL_LENGTH),
        "walk": round(USUAL.walk * 60),
        "no_shows": round(USUAL.no_show * 100),
        "pauses_every": round(USUAL.pauses_every),
    }


def plan_of(fair: FairAsSetUp, asked: Mapping[str, Any]) -> Plan:
    """The plan of a fair by what somebody asked, which may leave fields out or None.

    A stand without a length in `fair.stands` has 0 there, and gets the one that was asked.
    """
    given = usual(fair) | {name: value for name, value in asked.items() if value is not None}
    behaviour = replace(
        USUAL,
        walk=given["walk"] / 60,
        no_show=given["no_shows"] / 100,
        pauses_every=float(given["pauses_every"]),
    )
    return Plan(
        stands=tuple(
            each if each.length else replace(each, length=float(given["length"]))
            for each in fair.stands
        ),
        students=given["students"],
        wishes=given["wishes"],
        opens=_minutes(given["opens"]),
        closes=_minutes(given["closes"]),
        early=given["early"] / 100,
        arrivals=given["arrivals"],
        opening=given["opening"],
        behaviour=behaviour,
    )


def _minutes(of: time) -> int:
    return of.hour * 60 + of.minute


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
