"""Students' accounts through JSON: personal links, made-up accounts, and whose a badge is."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response
from flask_babel import ngettext
from pydantic import StringConstraints

from jobfair.blueprints.api.admin.shapes.students import Guest, PersonalLink, Removable
from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import entries as entry_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.exceptions import NotFound
from jobfair.fields.input.parsing import Input, Query
from jobfair.fields.input.types import Id, whole
from jobfair.queries.admin import desk
from jobfair.queries.admin.lists import students as students_list
from jobfair.queries.admin.students import invitations as guests
from jobfair.queries.admin.students import registrations
from jobfair.queries.admin.students.registrations import MOST_MINUTES, AccountFilter, StudentState
from jobfair.queries.student import places
from jobfair.services.access import invitations
from jobfair.services.access.rights import Right
from jobfair.services.students import students
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("api_student_accounts", __name__, url_prefix="/api/students/admin")

Words = Annotated[str, StringConstraints(max_length=100)]


class Inviting(Input):
    """`anew` makes new links also for those who have a living one, which dies."""

    anew: bool = False


class MadeUp(Query):
    """Which accounts to look for, as on the list of students.

    `since` is how many minutes ago they registered themselves at most, `domain` that of their
    address, `q` is looked for in names and addresses. One of `since`, `domain` and `unconfirmed`
    is needed: else nobody is found.
    """

    since: whole(0, MOST_MINUTES) = 0  # type: ignore[valid-type]
    domain: Words = ""
    unconfirmed: bool = False
    state: StudentState | None = None
    q: Words = ""


class AccountRemoval(Input):
    """`student_ids` are those about whom one was asked."""

    student_ids: list[Id]


@blueprint.get("/links/")
@answers("List the students who have no password yet", list[Guest])
@needs(Right.HELP)
@asks(Piece)
def without_password(asked: Piece) -> Response:
    return piece_of(guests.without_password(), asked, guests.order, _guest)


@blueprint.post("/links/")
@answers(
    "Make a personal link for each student without a password, shown this once", list[PersonalLink]
)
@needs(Right.MANAGE)
@recently_confirmed
@takes(Inviting)
def make_links(given: Inviting) -> list[PersonalLink]:
    invited = [each for each in guests.without_password() if given.anew or each.invited_at is None]
    tokens = invitations.invite(current_actor(), [each.student_id for each in invited])
    return [
        PersonalLink(
            student_id=each.student_id,
            first_name=each.first_name,
            last_name=each.last_name,
            email=each.email,
            access_url=link_to("invitation.welcome", token=tokens[each.student_id]),
        )
        for each in invited
        if each.student_id in tokens
    ]


@blueprint.get("/removal/")
@answers("Say which accounts that students made themselves would be removed", Removable)
@needs(Right.MANAGE)
@asks(MadeUp)
def removable(given: MadeUp) -> Removable:
    chosen = AccountFilter(given.since, given.domain, given.unconfirmed, given.state or "")
    # Without a filter nobody is found: it would be everybody.
    found = students_list.student_ids(given.q, chosen) if chosen.is_of_accounts else []
    would_go = registrations.removable(found)
    return Removable(
        student_ids=list(would_go.student_ids),
        waiting=would_go.waiting,
        with_interview=would_go.with_interview,
        not_self_made=would_go.not_self_made,
    )


@blueprint.post("/removal/")
@answers(
    "Remove accounts that students made themselves; one with an interview is kept", shapes.Updated
)
@needs(Right.MANAGE)
@recently_confirmed
@takes(AccountRemoval)
def remove(given: AccountRemoval) -> shapes.Updated:
    removed = students.remove_self_made(current_actor(), given.student_ids)
    message = ngettext("%(num)d account is removed", "%(num)d accounts are removed", removed)
    return shapes.Updated(message=message, updated=removed)


@blueprint.get("/badges/<code>/")
@answers("Show whose a badge is, with their entries", entry_shapes.StudentAndEntries)
@needs(Right.HELP)
def of_badge(code: str) -> entry_shapes.StudentAndEntries:
    found = desk.with_code(code)
    if len(found) != 1:
        raise NotFound("student")
    return shaping.student_and_entries(places.dashboard(found[0].id))


def _guest(found: guests.Guest) -> Guest:
    return Guest(
        student_id=found.student_id,
        first_name=found.first_name,
        last_name=found.last_name,
        email=found.email,
        invited_at=found.invited_at,
    )
