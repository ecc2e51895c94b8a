"""The team: who runs the fair, in which role; inviting, changing, removing."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.domain.refusals import Refusal
from jobfair.fields.access.accounts import NewMember, NewRole
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.models import Outcome, Role
from jobfair.queries.admin import team as members
from jobfair.queries.admin.team import Member
from jobfair.services.access import team, team_mail
from jobfair.services.access.rights import Right
from jobfair.services.access.team import Invited
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.refusals import refuse
from jobfair.web.security import traces
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to
from jobfair.wording.access.roles import role_name

blueprint = Blueprint("team", __name__, url_prefix="/admin/team")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    return _page()


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def invite() -> str | tuple[str, int]:
    given = parse(NewMember, request.form)
    if isinstance(given, Invalid):
        return _page(given.errors, request.form), 400
    invited = team.invite(current_actor(), given.email, Role(given.role))
    if isinstance(invited, Refusal):
        refused = refuse(invited)
        return _page(refused.errors, request.form), refused.status
    return _link(invited)


@blueprint.post("/<int:user_id>/link")
@needs(Right.MANAGE)
@recently_confirmed
def invite_again(user_id: int) -> str | tuple[str, int]:
    """Another link for somebody who has not come in yet, shown this once."""
    invited = team.invite_again(current_actor(), user_id)
    return _refused(user_id, invited) if isinstance(invited, Refusal) else _link(invited)


@blueprint.post("/<int:user_id>/role")
@needs(Right.MANAGE)
@recently_confirmed
def change_role(user_id: int) -> Response | tuple[str, int]:
    given = parse(NewRole, request.form)
    if isinstance(given, Invalid):
        return _page(refused={user_id: given.errors["role"]}), 400
    email = members.member(user_id).email
    refusal = team.change_role(current_actor(), user_id, Role(given.role))
    message = _("%(member)s is now: %(role)s", member=email, role=role_name(given.role))
    return _done(user_id, refusal, message)


@blueprint.get("/<int:user_id>/remove")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_remove(user_id: int) -> str:
    return _confirmation(
        _("Remove %(name)s from the team?", name=members.member(user_id).email),
        _("They are signed out at once, on every screen that is open."),
        _("What they did stays in the log, under their address."),
        action=_("Remove from the team"),
    )


@blueprint.post("/<int:user_id>/remove")
@needs(Right.MANAGE)
@recently_confirmed
def remove(user_id: int) -> Response | tuple[str, int]:
    email = members.member(user_id).email
    refusal = team.remove(current_actor(), user_id)
    return _done(user_id, refusal, _("%(member)s is no longer in the team", member=email))


@blueprint.get("/<int:user_id>/second-factor")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_remove_factor(user_id: int) -> str:
    return _confirmation(
        _("Take the second factor of %(name)s away?", name=members.member(user_id).email),
        _("Their password alone lets them in then: be sure that it is they who ask."),
        _("They are signed out at once, on every screen that is open, and are told."),
        action=_("Take the second factor away"),
    )


@blueprint.post("/<int:user_id>/second-factor")
@needs(Right.MANAGE)
@recently_confirmed
def remove_factor(user_id: int) -> Response | tuple[str, int]:
    member = members.member(user_id)
    refusal = team.remove_second_factor(current_actor(), user_id)
    if refusal is None and member.has_second_factor:
        traces.second_factor(Outcome.FACTOR_REMOVED, user_id, member.email)
    message = _("%(member)s signs in with the password alone", member=member.email)
    return _done(user_id, refusal, message)


def _link(invited: Invited) -> str:
    member = members.member(invited.user_id)
    address = link_to("invitation.welcome", token=invited.token)
    return render_template(
        "admin/team_link.html",
        member=member,
        address=address,
        mailed=team_mail.send(invited, member.role, address),
        days=team.LIFETIME.days,
    )


def _confirmation(title: str, *lines: str, action: str) -> str:
    return confirmation(title, lines, action, url_for("admin.team.index"))


def _done(user_id: int, refusal: Refusal | None, message: str) -> Response | tuple[str, int]:
    if refusal is not None:
        return _refused(user_id, refusal)
    return redirect_with_message(message, url_for("admin.team.index"))


def _refused(user_id: int, refusal: Refusal) -> tuple[str, int]:
    refused = refuse(refusal)
    return _page(refused={user_id: refused.sentence}), refused.status


def _page(
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    refused: Mapping[int, str] | None = None,
) -> str:
    found: list[Member] = members.members()
    return render_template(
        "admin/team.html",
        members=found,
        errors=errors or {},
        values=values or {},
        refused=refused or {},
    )
