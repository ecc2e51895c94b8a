"""Why somebody was not called, through JSON: asked of one's own entry, or by the team of any."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response
from flask_login import current_user

from jobfair import clock
from jobfair.blueprints.api.calls import answers, asks
from jobfair.blueprints.api.shapes.common import Moment as At
from jobfair.blueprints.api.shapes.common import Shape
from jobfair.domain.looking_back import Stood
from jobfair.fields.input.parsing import Query
from jobfair.fields.input.types import Moment
from jobfair.queries import standings
from jobfair.services.access.rights import Right
from jobfair.web.errors import invalid
from jobfair.web.security.sign_in.authentication import needs, student_only
from jobfair.wording.refusals import Voice
from jobfair.wording.standings import sentence

blueprint = Blueprint("api_standings", __name__, url_prefix="/api")


class LookedBack(Query):
    """`at` is a moment that is past; left out, it is now."""

    at: Moment | None = None


class Why(Shape):
    """How an entry stood, `because` of what, and the same in words.

    `since` and `until` are null where they are not known or not over, and of what changes with
    every call. Of its queue, `ahead` are those who waited before it, `called` those of the others
    that were called, `slots` and `running` the stand's.
    """

    at: At
    because: Stood
    sentence: str
    since: At | None
    until: At | None
    ahead: int
    called: int
    slots: int
    running: int


@blueprint.get("/queues/<int:entry_id>/why/")
@answers("Say why one was not called at a moment, of one's own entry", Why)
@student_only
@asks(LookedBack)
def own(asked: LookedBack, entry_id: int) -> Why | Response:
    return _why(entry_id, asked.at, Voice.SELF, current_user.student_id)


@blueprint.get("/admin/queues/<int:entry_id>/why/")
@answers("Say why a student was not called at a moment", Why)
@needs(Right.LOOK)
@asks(LookedBack)
def of_entry(asked: LookedBack, entry_id: int) -> Why | Response:
    return _why(entry_id, asked.at, Voice.ABOUT_ANOTHER, standings.student_of(entry_id))


def _why(entry_id: int, asked: datetime | None, voice: Voice, student_id: int) -> Why | Response:
    at = asked or clock.now()
    if at > clock.now():
        return invalid({"at": standings.not_yet()})
    found = standings.at(entry_id, student_id, at)
    stood = found.standing
    return Why(
        at=at,
        because=stood.because,
        sentence=sentence(found, voice),
        since=found.span.since,
        until=found.span.until,
        ahead=stood.ahead,
        called=stood.called,
        slots=stood.slots,
        running=stood.running,
    )
