"""Companies through JSON: for who looks for one, for a stand by its link, for an admin."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_login import current_user

from jobfair.blueprints.api.calls import (
    answers,
    asks,
    changes,
    takes,
)
from jobfair.blueprints.api.choices import CompanyChoice, CompanySort, Text
from jobfair.blueprints.api.links import link_only
from jobfair.blueprints.api.lists import Piece, piece_of, sorted_piece
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import companies as company_shapes
from jobfair.blueprints.api.shapes import entries as entry_shapes
from jobfair.blueprints.api.shapes import organisers as organiser_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.blueprints.api.shapes import stands as stand_shapes
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.events import CompanyStatusChanged
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import CompanyStatus
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.companies import IN_JSON, NewCompany, Status
from jobfair.fields.input.declaration import in_json, in_json_change, shape
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Id, Moment
from jobfair.fields.queues.door_signs import SignPutUp
from jobfair.models import Scope
from jobfair.queries.admin import roster
from jobfair.queries.admin.lists.companies import SORTS, found_companies
from jobfair.queries.admin.roster import ManagedCompany
from jobfair.queries.projections import company_directory
from jobfair.queries.stand import stands
from jobfair.queries.student import directory
from jobfair.queries.student.chosen import Chosen
from jobfair.queries.views import CompanyView
from jobfair.services.access.rights import Right
from jobfair.services.companies import companies
from jobfair.services.queues import door_signs, overrides, paper_interviews
from jobfair.services.students import favourites as favourite_service
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.security.limits.rate_limits import door_signs_per_link
from jobfair.web.security.sign_in.authentication import (
    current_actor,
    may,
    needs,
    signed_in_only,
    stand_actor,
    student_only,
)
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("api_companies", __name__, url_prefix="/api/companies")


class StatusChange(Input):
    status: Status


CompanyCreation = shape("CompanyCreation", IN_JSON, in_json, Input)
CompanyChange = shape("CompanyChange", IN_JSON, in_json_change, Input)


class RecruitingAsked(Piece):
    """What is looked for, as on the students' list: words, a sector, an offer, a hall."""

    q: Text = ""
    sector: Text = ""
    looking_for: Text = ""
    hall: Text = ""


class CompaniesAsked(Piece, CompanyChoice):
    """Which companies, as on the list of the team; by name, unless `sort` says otherwise.

    `state` is what they are in, `unopened` asks for those whose link was not opened yet.
    """

    sort: CompanySort = "name"


class NewOrder(Input):
    """Every waiting entry once, in the new order."""

    queue_ids: list[Id]


class ForcedEntry(Input):
    """`position` is a rank among the waiting, from 1; without it the entry goes last."""

    student_id: Id
    position: Id | None = None


class NotedInterview(Input):
    """An interview that was noted on paper, and its times."""

    student_id: Id
    started_at: Moment
    ended_at: Moment


@blueprint.get("/")
@answers("List the recruiting companies", list[company_shapes.ListedCompany], scope=Scope.READ)
@signed_in_only
@asks(RecruitingAsked)
def recruiting(asked: RecruitingAsked) -> Response:
    found = directory.recruiting(Chosen(asked.q, asked.sector, asked.looking_for, asked.hall))
    return piece_of(found, asked, company_directory.order, shaping.listed_company)


@blueprint.get("/favourites/")
@answers("List one's favourites", list[company_shapes.ListedCompany])
@student_only
@asks(Piece)
def favourites(asked: Piece) -> Response:
    found = directory.favourites(current_user.student_id)
    return piece_of(found, asked, company_directory.order, shaping.listed_company)


@blueprint.put("/<int:company_id>/favourite/")
@answers("Make a company one of one's favourites; twice is no error")
@student_only
def star(company_id: int) -> None:
    favourite_service.star(current_actor(), company_id)


@blueprint.delete("/<int:company_id>/favourite/")
@answers("Take a company out of one's favourites; one that is none is no error")
@student_only
def unstar(company_id: int) -> None:
    favourite_service.unstar(current_actor(), company_id)


@blueprint.get("/<token>/")
@answers("Show a company its own dashboard", stand_shapes.CompanyDashboard, anyone=True)
@link_only
def dashboard(company: CompanyView) -> stand_shapes.CompanyDashboard:
    return shaping.company_dashboard(stands.stand(company.id, stands.ALL))


@blueprint.patch("/<token>/status/")
@answers("Pause or resume the company", shapes.StatusSet, anyone=True)
@link_only
@takes(StatusChange)
def change_status(given: StatusChange, company: CompanyView) -> shapes.StatusSet | Refusal:
    outcome = companies.edit(stand_actor(company), company.id, changes(given))
    if isinstance(outcome, Refusal):
        return outcome
    paused = given.status is CompanyStatus.PAUSED
    message = _("Paused: nobody is called") if paused else _("The stand is open again")
    return shapes.StatusSet(message=message, status=given.status)


@blueprint.put("/<token>/sign/")
@answers(
    "Say something to the own queue, in the place of what was said before",
    anyone=True,
    also=(RequestCode.TOO_MANY,),
)
@door_signs_per_link
@link_only
@takes(SignPutUp)
def put_up_sign(given: Input, company: CompanyView) -> Refusal | None:
    outcome = door_signs.put_up(stand_actor(company), **given.model_dump())
    return outcome if isinstance(outcome, Refusal) else None


@blueprint.delete("/<token>/sign/")
@answers(
    "Say nothing to the own queue any more; where nothing was said it is no error",
    anyone=True,
    also=(RequestCode.TOO_MANY,),
)
@door_signs_per_link
@link_only
def take_down_sign(company: CompanyView) -> Refusal | None:
    outcome = door_signs.take_down(stand_actor(company))
    return outcome if isinstance(outcome, Refusal) else None


@blueprint.get("/admin/companies/")
@answers("List every company", list[organiser_shapes.Company])
@needs(Right.LOOK)
@asks(CompaniesAsked)
def every_company(asked: CompaniesAsked) -> Response:
    lines = {line.company.id: line for line in found_companies(asked.chosen)}
    return sorted_piece(
        [each for each in roster.companies() if each.company.id in lines],
        asked,
        asked.sort,
        lambda each: SORTS[asked.sort.removeprefix("-")](lines[each.company.id]),
        roster.company_order,
        _shaped,
    )


@blueprint.post("/admin/companies/")
@answers("Create a company with a link of its own", organiser_shapes.Company, 201)
@needs(Right.MANAGE)
@takes(CompanyCreation)
def create(given: Input) -> organiser_shapes.Company | Refusal:
    company_id = companies.create(current_actor(), NewCompany(**given.model_dump()))
    if isinstance(company_id, Refusal):
        return company_id
    return _shaped(roster.company(company_id))


@blueprint.post("/admin/companies/bulk-pause/")
@answers("Pause every company", shapes.Updated)
@needs(Right.MANAGE)
def pause_all() -> shapes.Updated | Refusal:
    return _updated(companies.pause_all(current_actor()), _("Every company is paused"))


@blueprint.post("/admin/companies/bulk-resume/")
@answers("Resume the companies that were paused together", shapes.Updated)
@needs(Right.MANAGE)
def resume_all() -> shapes.Updated | Refusal:
    message = _("The companies that were paused together are recruiting")
    return _updated(companies.resume_all(current_actor()), message)


@blueprint.get("/admin/companies/<int:company_id>/")
@answers("Show a company", organiser_shapes.Company)
@needs(Right.LOOK)
def show(company_id: int) -> organiser_shapes.Company:
    return _shaped(roster.company(company_id))


@blueprint.patch("/admin/companies/<int:company_id>/")
@answers("Change a company, all at once", organiser_shapes.Company)
@needs(Right.MANAGE)
@takes(CompanyChange)
def change(given: Input, company_id: int) -> organiser_shapes.Company | Refusal:
    outcome = companies.edit(current_actor(), company_id, changes(given))
    if isinstance(outcome, Refusal):
        return outcome
    return _shaped(roster.company(company_id))


@blueprint.delete("/admin/companies/<int:company_id>/")
@answers("Delete a company; students in an interview there become available")
@needs(Right.MANAGE)
@recently_confirmed
def delete(company_id: int) -> Refusal | None:
    outcome = companies.delete(current_actor(), company_id)
    return outcome if isinstance(outcome, Refusal) else None


@blueprint.post("/admin/companies/<int:company_id>/regenerate_token/")
@answers("Give a company a new link; the old one is dead at once", organiser_shapes.CompanyLink)
@needs(Right.MANAGE)
@recently_confirmed
def regenerate_token(company_id: int) -> organiser_shapes.CompanyLink:
    token = companies.regenerate_token(current_actor(), company_id)
    url = link_to("company.dashboard", token=token)
    return organiser_shapes.CompanyLink(access_token=token, access_url=url)


@blueprint.post("/admin/companies/<int:company_id>/pause/")
@answers("Pause a company", stand_shapes.CompanyStatusNow)
@needs(Right.MANAGE)
def pause(company_id: int) -> stand_shapes.CompanyStatusNow | Refusal:
    return _set(company_id, CompanyStatus.PAUSED)


@blueprint.post("/admin/companies/<int:company_id>/resume/")
@answers("Resume a company", stand_shapes.CompanyStatusNow)
@needs(Right.MANAGE)
def resume(company_id: int) -> stand_shapes.CompanyStatusNow | Refusal:
    return _set(company_id, CompanyStatus.RECRUITING)


@blueprint.get("/admin/companies/<int:company_id>/queue/")
@answers("Show a company's queue", stand_shapes.CompanyDashboard)
@needs(Right.LOOK)
def queue(company_id: int) -> stand_shapes.CompanyDashboard:
    return shaping.company_dashboard(stands.stand(company_id, stands.ALL))


@blueprint.post("/admin/companies/<int:company_id>/reorder_queue/")
@answers("Put the waiting entries into a new order", stand_shapes.CompanyDashboard)
@needs(Right.HELP)
@takes(NewOrder)
def reorder_queue(given: NewOrder, company_id: int) -> stand_shapes.CompanyDashboard | Refusal:
    outcome = overrides.reorder(current_actor(), company_id, given.queue_ids)
    if isinstance(outcome, Refusal):
        return outcome
    return shaping.company_dashboard(stands.stand(company_id, stands.ALL))


@blueprint.post("/admin/companies/<int:company_id>/force_add_student/")
@answers("Put a student into a queue, whatever its state", entry_shapes.NewEntry, 201)
@needs(Right.HELP)
@takes(ForcedEntry)
def force_add_student(given: ForcedEntry, company_id: int) -> entry_shapes.NewEntry | Refusal:
    outcome = overrides.add_entry(current_actor(), given.student_id, company_id, given.position)
    if isinstance(outcome, Refusal):
        return outcome
    return shaping.new_entry(outcome)


@blueprint.post("/admin/companies/<int:company_id>/paper_interviews/")
@answers(
    "Enter an interview that was noted on paper; it is done", stand_shapes.CompanyDashboard, 201
)
@needs(Right.HELP)
@takes(NotedInterview)
def enter_paper_interview(
    given: NotedInterview, company_id: int
) -> stand_shapes.CompanyDashboard | Refusal:
    noted = PaperInterview(given.student_id, given.started_at, given.ended_at)
    for refusal in paper_interviews.enter(current_actor(), company_id, [noted]).values():
        return refusal
    return shaping.company_dashboard(stands.stand(company_id, stands.ALL))


def _shaped(managed: ManagedCompany) -> organiser_shapes.Company:
    """A company, as the one who asks may see it."""
    return shaping.company(managed, is_manager=may(Right.MANAGE))


def _set(company_id: int, status: CompanyStatus) -> stand_shapes.CompanyStatusNow | Refusal:
    outcome = companies.edit(current_actor(), company_id, {"status": status})
    return outcome if isinstance(outcome, Refusal) else stand_shapes.CompanyStatusNow(status=status)


def _updated(outcome: Committed | Refusal, message: str) -> shapes.Updated | Refusal:
    if isinstance(outcome, Refusal):
        return outcome
    return shapes.Updated(message=message, updated=len(outcome.events(CompanyStatusChanged)))
