"""The personal links of students: for all who have no password yet, and for one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.exceptions import NotFound
from jobfair.fields.input.declaration import labels
from jobfair.fields.students.students import CARD
from jobfair.live.pages.admin import STUDENT
from jobfair.queries.admin.students import invitations as guests
from jobfair.queries.admin.students.invitations import Guest
from jobfair.services.access import invitations
from jobfair.services.access.rights import Right
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.rendering import qr_codes
from jobfair.web.rendering.csv_files import attachment
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("invitations", __name__, url_prefix="/admin/students")


@blueprint.get("/links")
@needs(Right.HELP)
def index() -> str:
    page = guests.guests(request.args.get("page", 1, type=int))
    return render_template("admin/links.html", page=page, days=invitations.LIFETIME.days)


@blueprint.post("/links")
@needs(Right.MANAGE)
@recently_confirmed
def create() -> Response:
    """Links for those who have none, as a file; those who have one keep it."""
    return _file([guest for guest in guests.without_password() if guest.invited_at is None])


@blueprint.get("/links/anew")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_anew() -> str:
    invited = guests.guests().invited
    return confirmation(
        _("Make every link again?"),
        [
            ngettext(
                "%(num)d link that nobody has used yet ends; its student needs the new one.",
                "%(num)d links that nobody has used yet end; their students need the new ones.",
                invited,
            )
        ],
        _("Make the links and download them"),
        url_for("admin.invitations.index"),
    )


@blueprint.post("/links/anew")
@needs(Right.MANAGE)
@recently_confirmed
def create_anew() -> Response:
    return _file(guests.without_password())


@blueprint.post("/<int:student_id>/link")
@needs(Right.HELP)
@recently_confirmed
def create_one(student_id: int) -> str:
    """A new link for one student, shown this once."""
    guest = guests.guest(student_id)
    if guest is None:
        raise NotFound("student")
    tokens = invitations.invite(current_actor(), [student_id])
    address = _address(tokens[student_id])
    return render_template(
        "admin/link.html",
        guest=guest,
        address=address,
        code=qr_codes.svg(address),
        days=invitations.LIFETIME.days,
        back=sent_from(open_page(STUDENT, student_id=student_id)).address,
    )


def _file(invited: Sequence[Guest]) -> Response:
    tokens = invitations.invite(current_actor(), [guest.student_id for guest in invited])
    if not tokens:
        flash(_("Everybody has a link or a password already"), "info")
        return redirect(url_for("admin.invitations.index"), 303)
    headings = [*labels(CARD), _("Link")]
    rows = (
        (guest.first_name, guest.last_name, guest.email, _address(tokens[guest.student_id]))
        for guest in invited
        if guest.student_id in tokens
    )
    return attachment(_("jobfair-links"), headings, rows)


def _address(token: str) -> str:
    return link_to("invitation.welcome", token=token)
