"""The day again through JSON: the hall at a minute, and one stand's board then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from flask import Blueprint, Response

from jobfair import clock
from jobfair.blueprints.api.admin.shapes.day import BoardThen, HallThen, RowThen, StandThen
from jobfair.blueprints.api.calls import answers, asks
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Query
from jobfair.fields.input.types import Id, Moment
from jobfair.queries.admin.records import day_again, past_days
from jobfair.queries.standings import not_yet
from jobfair.services.access.rights import Right
from jobfair.web.errors import invalid
from jobfair.web.security.sign_in.authentication import needs

blueprint = Blueprint("api_day", __name__, url_prefix="/api/admin")


class LookedAt(Query):
    """`at` is a moment that is past; left out, it is that of the last change. `company` is the id
    of the one whose board is wanted."""

    at: Moment | None = None
    company: Id | None = None


@blueprint.get("/report/day/")
@answers(
    "Show the hall as it was at a moment, and a company's board",
    HallThen,
    also=(RequestCode.NOT_FOUND,),
)
@needs(Right.LOOK)
@asks(LookedAt)
def hall(asked: LookedAt) -> HallThen | Response:
    return _shown(asked, day_again.day_then, day_again.latest)


@blueprint.get("/editions/<int:edition_id>/day/")
@answers("Show the hall of a past edition as it was at a moment, without names", HallThen)
@needs(Right.LOOK)
@asks(LookedAt)
def of_edition(asked: LookedAt, edition_id: int) -> HallThen | Response:
    day_then = partial(past_days.day_then, edition_id)
    return _shown(asked, day_then, partial(past_days.latest, edition_id))


def _shown(
    asked: LookedAt,
    day_then: Callable[[datetime, int | None], day_again.DayThen],
    latest: Callable[[], datetime],
) -> HallThen | Response:
    at = asked.at or latest()
    if at > clock.now():
        return invalid({"at": not_yet()})
    found = day_then(at, asked.company)
    return HallThen(
        at=at,
        phase=found.hall.phase,
        stands=[_stand(each) for each in found.hall.stands],
        board=_board(found.board),
    )


def _stand(of: day_again.StandThen) -> StandThen:
    return StandThen(
        id=of.id,
        name=of.name,
        stand=of.stand,
        recruiting=of.recruiting,
        slots=of.slots,
        running=of.running,
        waiting=of.waiting,
        called=of.called,
        away=of.away,
        idle=of.idle,
    )


def _board(of: day_again.BoardThen | None) -> BoardThen | None:
    return None if of is None else BoardThen(inside=_rows(of.inside), queue=_rows(of.queue))


def _rows(of: Iterable[day_again.RowThen]) -> list[RowThen]:
    return [
        RowThen(id=each.entry_id, student_name=each.name, state=each.state, since=each.since)
        for each in of
    ]
