"""An alarm through JSON: every company paused with a word to everyone, and the all-clear."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask_babel import ngettext
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.alarms import Emergency
from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.shapes import shaping
from jobfair.blueprints.api.shapes.common import Updated
from jobfair.blueprints.api.shapes.companies import NamedCompany
from jobfair.domain.events import CompanyStatusChanged
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Announcement, Id, or_none
from jobfair.queries.admin.fair import overview
from jobfair.queries.fair import messages
from jobfair.services.access.rights import Right
from jobfair.services.companies import companies
from jobfair.services.fair import messages as sending
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("api_emergency", __name__, url_prefix="/api/admin/emergency")

Said: Any = or_none(Announcement)


class Alarm(Input):
    """What everyone is told; null says nothing."""

    text: Said = None


class AllClear(Alarm):
    """`stay` are companies that stay paused, `withdraw` is the message to take back."""

    stay: list[Id] = Field(default_factory=list)
    withdraw: Id | None = None


@blueprint.get("/")
@answers("Show what a pause of every company would mean, or what it left", Emergency)
@needs(Right.MANAGE)
def show() -> Emergency:
    figures, alarm = overview.figures(), messages.of_alarm()
    by_themselves, by_team = overview.paused_apart()
    return Emergency(
        recruiting=figures.recruiting,
        called=overview.called(),
        interviews=figures.running,
        paused_with_all=[
            NamedCompany(id=each.id, name=each.name) for each in overview.paused_with_all()
        ],
        paused_by_themselves=by_themselves,
        paused_by_team=by_team,
        left=figures.companies_left,
        alarm=None if alarm is None else shaping.sent_message(alarm),
    )


@blueprint.post("/pause/")
@answers("Pause every company at once, and tell everyone why", Updated)
@needs(Right.MANAGE)
@takes(Alarm)
def pause(given: Alarm) -> Updated | Refusal:
    outcome = companies.pause_all(current_actor(), given.text)
    if isinstance(outcome, Refusal):
        return outcome
    changed = len(outcome.events(CompanyStatusChanged))
    message = ngettext("%(num)d company is paused", "%(num)d companies are paused", changed)
    return Updated(message=message, updated=changed)


@blueprint.post("/resume/")
@answers(
    "Resume the companies that were paused together, and tell everyone",
    Updated,
    also=(RequestCode.NOT_FOUND,),
)
@needs(Right.MANAGE)
@takes(AllClear)
def resume(given: AllClear) -> Updated | Refusal:
    if given.withdraw is not None:
        sending.withdraw(current_actor(), given.withdraw)
    outcome = companies.resume_all(current_actor(), given.stay, given.text)
    if isinstance(outcome, Refusal):
        return outcome
    changed = len(outcome.events(CompanyStatusChanged))
    message = ngettext("%(num)d company resumes", "%(num)d companies resume", changed)
    return Updated(message=message, updated=changed)
