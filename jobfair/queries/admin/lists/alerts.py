"""The organisers' list of alerts: by kind and hall, the longest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from jobfair.fields.input.folding import folded
from jobfair.queries.admin.fair.alerts import (
    KINDS,
    AnyAlert,
    DeadServer,
    PersonAlert,
    StandAlert,
    alerts,
)
from jobfair.queries.admin.lists.page import Page, page_of
from jobfair.queries.projections.company_directory import natural_order


@dataclass(frozen=True, slots=True)
class Group:
    """The alerts of one kind in one hall that this page shows; `total` counts those of all pages.

    `hall` is blank for the companies that are in none.
    """

    kind: str
    hall: str
    total: int
    alerts: tuple[AnyAlert, ...]


@dataclass(frozen=True, slots=True)
class AlertList:
    """A page of the alerts that were chosen, in groups, and what can be chosen.

    `kinds` and `halls` have how many alerts there are of each, `all` how many there are.
    """

    page: Page[AnyAlert]
    groups: tuple[Group, ...]
    kinds: tuple[tuple[str, int], ...]
    halls: tuple[tuple[str, int], ...]
    all: int


def listed(kind: str = "", hall: str = "", number: int = 1) -> AlertList:
    """A page of the alerts now: of one kind and in one hall, unless these are blank."""
    every = sorted(alerts().joined(), key=order)
    found = [
        each
        for each in every
        if (kind not in KINDS or each.kind == kind)
        and (not hall or folded(hall) in map(folded, _halls(each)))
    ]
    page = page_of(found, number)
    kinds = Counter(each.kind for each in every)
    return AlertList(
        page,
        _groups(page.lines, Counter(map(_group, found))),
        tuple((each, kinds[each]) for each in KINDS if each in kinds),
        tuple(Counter(chain.from_iterable(map(_halls, sorted(every, key=_hall)))).items()),
        len(every),
    )


def every_alert() -> list[AnyAlert]:
    """All alerts now, in the order of the list, each call by itself."""
    return sorted(alerts(), key=order)


def order(alert: AnyAlert) -> tuple[object, ...]:
    """Where an alert comes in the list."""
    return (KINDS.index(alert.kind), *_hall(alert), alert.since.timestamp(), alert.key)


def _halls(alert: AnyAlert) -> list[str]:
    """Where it is: somebody may be called in several halls."""
    where = alert.calls if isinstance(alert, PersonAlert) else (alert,)
    return list(dict.fromkeys(filter(None, map(_hall_of, where))))


def _hall(alert: AnyAlert) -> tuple[object, ...]:
    hall = _hall_of(alert)
    return (hall is None, natural_order(folded(hall or "")))


def _hall_of(alert: StandAlert | DeadServer) -> str | None:
    return alert.hall if isinstance(alert, StandAlert) else None


def _group(alert: AnyAlert) -> tuple[str, str]:
    return alert.kind, _hall_of(alert) or ""


def _groups(shown: Sequence[AnyAlert], totals: Counter[tuple[str, str]]) -> tuple[Group, ...]:
    return tuple(
        Group(*key, totals[key], tuple(together)) for key, together in groupby(shown, key=_group)
    )
