"""The team through JSON: who runs the fair, in which role."""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import organisers as organiser_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.domain.refusals import Refusal
from jobfair.fields.access.accounts import NewMember, NewRole
from jobfair.models import Outcome, Role
from jobfair.queries.admin import team as members
from jobfair.services.access import team, team_mail
from jobfair.services.access.rights import Right
from jobfair.services.access.team import Invited
from jobfair.web.security import traces
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("api_team", __name__, url_prefix="/api/admin/team")


@blueprint.get("/")
@answers("List the team", list[organiser_shapes.Member])
@needs(Right.MANAGE)
@asks(Piece)
def every_member(asked: Piece) -> Response:
    return piece_of(members.members(), asked, members.order, shaping.member)


@blueprint.post("/")
@answers(
    "Invite somebody to the team by a link, shown this once", organiser_shapes.InvitedMember, 201
)
@needs(Right.MANAGE)
@recently_confirmed
@takes(NewMember)
def invite(given: NewMember) -> organiser_shapes.InvitedMember | Refusal:
    return _invited(team.invite(current_actor(), given.email, Role(given.role)))


@blueprint.post("/<int:user_id>/link/")
@answers("Make another link for somebody who has not used theirs", organiser_shapes.InvitedMember)
@needs(Right.MANAGE)
@recently_confirmed
def invite_again(user_id: int) -> organiser_shapes.InvitedMember | Refusal:
    return _invited(team.invite_again(current_actor(), user_id))


@blueprint.patch("/<int:user_id>/")
@answers("Give somebody of the team another role, which signs them out", organiser_shapes.Member)
@needs(Right.MANAGE)
@recently_confirmed
@takes(NewRole)
def change_role(given: NewRole, user_id: int) -> organiser_shapes.Member | Refusal:
    refusal = team.change_role(current_actor(), user_id, Role(given.role))
    return shaping.member(members.member(user_id)) if refusal is None else refusal


@blueprint.delete("/<int:user_id>/")
@answers("Remove somebody from the team, signed out at once")
@needs(Right.MANAGE)
@recently_confirmed
def remove(user_id: int) -> Refusal | None:
    return team.remove(current_actor(), user_id)


@blueprint.delete("/<int:user_id>/second_factor/")
@answers("Take the second factor of somebody who lost it away; signs them out")
@needs(Right.MANAGE)
@recently_confirmed
def remove_second_factor(user_id: int) -> Refusal | None:
    member = members.member(user_id)
    refusal = team.remove_second_factor(current_actor(), user_id)
    if refusal is None and member.has_second_factor:
        traces.second_factor(Outcome.FACTOR_REMOVED, user_id, member.email)
    return refusal


def _invited(invited: Invited | Refusal) -> organiser_shapes.InvitedMember | Refusal:
    if isinstance(invited, Refusal):
        return invited
    member = members.member(invited.user_id)
    address = link_to("invitation.welcome", token=invited.token)
    return shaping.invited_member(
        member, address, mailed=team_mail.send(invited, member.role, address)
    )
