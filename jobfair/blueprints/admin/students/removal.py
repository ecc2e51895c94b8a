"""Removing made-up accounts in one action, which first says how many it concerns."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.live.pages.admin import STUDENTS
from jobfair.queries.admin.lists import students as students_list
from jobfair.queries.admin.students import registrations
from jobfair.queries.admin.students.registrations import AccountFilter, Removable
from jobfair.services.access.rights import Right
from jobfair.services.students import students
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("removal", __name__, url_prefix="/admin/students/removal")

ASKED = "asked"
"""The field with the ids of exactly those about whom the organiser was asked."""


@blueprint.get("")
@needs(Right.MANAGE)
@recently_confirmed
def confirm() -> str:
    chosen = AccountFilter(
        request.args.get("since", 0, type=int),
        request.args.get("domain", ""),
        "unconfirmed" in request.args,
        request.args.get("state", ""),
    )
    # Without a filter nobody is found: it would be everybody.
    found = (
        students_list.student_ids(request.args.get("q", ""), chosen)
        if chosen.is_of_accounts
        else []
    )
    removable = registrations.removable(found)
    number = len(removable.student_ids)
    return confirmation(
        ngettext("Remove %(num)d account?", "Remove these %(num)d accounts?", number),
        _consequences(removable),
        ngettext("Remove %(num)d account", "Remove %(num)d accounts", number),
        f"{STUDENTS.address}?{urlencode(request.args)}",
        {ASKED: " ".join(map(str, removable.student_ids))},
    )


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def remove() -> Response:
    asked = [int(each) for each in request.form.get(ASKED, "").split() if each.isdecimal()]
    removed = students.remove_self_made(current_actor(), asked)
    message = ngettext("%(num)d account is removed", "%(num)d accounts are removed", removed)
    return redirect_with_message(message, STUDENTS.address)


def _consequences(removable: Removable) -> list[str]:
    if not removable.student_ids:
        lines = [_("There is none to remove: nothing would change.")]
    else:
        lines = [_("They are signed out and gone for good. This cannot be undone.")]
    waiting, met, made = removable.waiting, removable.with_interview, removable.not_self_made
    if waiting:
        lost = ngettext(
            "%(num)d place in a queue is lost.", "%(num)d places in queues are lost.", waiting
        )
        lines.append(lost)
    if met:
        kept = ngettext(
            "%(num)d account with an interview, running or done, is kept.",
            "%(num)d accounts with an interview, running or done, are kept.",
            met,
        )
        lines.append(kept)
    if made:
        kept = ngettext(
            "%(num)d account that organisers made or imported is kept.",
            "%(num)d accounts that organisers made or imported are kept.",
            made,
        )
        lines.append(kept)
    return lines
