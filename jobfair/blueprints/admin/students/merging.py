"""Two accounts of one person are merged: asked first, with what is kept and what goes."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.live.pages.admin import STUDENT
from jobfair.queries.access import open_sign_ins
from jobfair.queries.admin import roster
from jobfair.queries.admin.students import doubles
from jobfair.queries.student import places
from jobfair.queries.views import Dashboard
from jobfair.services.access.rights import Right
from jobfair.services.students import students
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.wording.refusals import Voice

KEEP = "keep"

blueprint = Blueprint("merging", __name__, url_prefix=f"{STUDENT.address}/merge")


@blueprint.get("")
@needs(Right.MANAGE)
@recently_confirmed
def ask(student_id: int) -> str:
    """Which of the two accounts stays; without the other one's address, asks for that."""
    return _page(student_id, request.args.get("email", ""), {})


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def merge(student_id: int) -> Response | tuple[str, int]:
    email = request.form.get("email", "")
    other_id = doubles.by_address(email)
    keep = request.form.get(KEEP, type=int)
    if other_id is None or other_id == student_id or keep not in (student_id, other_id):
        errors = {KEEP: _("Choose the account that stays.")} if other_id else {}
        return _page(student_id, email, errors), 400
    gone = roster.student(other_id if keep == student_id else student_id)
    outcome = students.merge(current_actor(), keep, gone.id, gone.full_name)
    if isinstance(outcome, Refusal):
        refused = refuse(outcome, Voice.ABOUT_ANOTHER)
        return _page(student_id, email, {KEEP: refused.sentence}), refused.status
    kept = roster.student(keep)
    message = _("Merged: %(kept)s stays, %(gone)s is removed", kept=kept.email, gone=gone.email)
    return redirect_with_message(message, url_for("admin.student.index", student_id=keep))


def _page(student_id: int, email: str, errors: dict[str, str]) -> str:
    own = places.dashboard(student_id)
    other_id = doubles.by_address(email) if email else None
    if email and other_id in (None, student_id):
        errors = {"email": _("No other student has this address.")}
    both = [own] if other_id in (None, student_id) else [own, places.dashboard(other_id)]
    return render_template(
        "admin/merge.html",
        own=own,
        both=both,
        email=email,
        errors=errors,
        stays=_stays(both),
        sign_ins={page.student.id: open_sign_ins.last_of(page.student.user_id) for page in both},
    )


def _stays(both: list[Dashboard]) -> int:
    """Which one is proposed: who has had interviews, then whose address is proved, the older."""
    best = max(
        both,
        key=lambda page: (
            bool(page.running or page.done),
            page.student.address_confirmed_at is not None,
            -page.student.id,
        ),
    )
    return best.student.id
