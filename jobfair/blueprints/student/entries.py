"""A student's pages and what they do there."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from jobfair.domain.events import Left
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.fields.accounts import PasswordChange
from jobfair.fields.parsing import Input, Invalid, parse
from jobfair.fields.types import FirstName, Id, LastName
from jobfair.live.fragments import (
    STUDENT_ARRIVAL,
    STUDENT_COMPANIES,
    STUDENT_DASHBOARD,
    STUDENT_NOTIFICATIONS,
    STUDENT_PROFILE,
)
from jobfair.queries import messages, open_sign_ins
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services import interviews, presence, queues
from jobfair.services.access import accounts
from jobfair.web.refusals import refuse
from jobfair.web.responses import Shown, answer
from jobfair.web.security.authentication import current_actor, student_only
from jobfair.web.security.rate_limits import joins_per_student
from jobfair.wording import turns

blueprint = Blueprint("student", __name__)


class Names(Input):
    """The form with which a student changes their name."""

    first_name: FirstName
    last_name: LastName


class SeenCall(Input):
    """Which turn a page has shown."""

    turn: Id


def _dashboard() -> Shown:
    student_id = current_user.student_id
    return Shown(
        STUDENT_DASHBOARD, "/dashboard", lambda: {"dashboard": places.dashboard(student_id)}
    )


def _companies() -> Shown:
    student_id = current_user.student_id
    return Shown(STUDENT_COMPANIES, "/companies", lambda: companies_page(student_id))


def companies_page(student_id: int) -> dict[str, object]:
    """What the companies page shows a student."""
    listing = places.listing(student_id)
    return {"listing": listing, "dashboard": listing.dashboard, "compact": True}


def notifications_page(student_id: int) -> dict[str, object]:
    """What the notifications page shows a student."""
    return {
        "dashboard": places.dashboard(student_id),
        "notices": messages.notifications(student_id),
        "compact": True,
    }


def profile_page(student_id: int) -> dict[str, object]:
    """What the profile page shows a student, but for the forms."""
    dashboard = places.dashboard(student_id)
    return {"dashboard": dashboard, "student": dashboard.student, "compact": True}


def _arrival(company_id: int) -> Shown:
    student_id = current_user.student_id
    return Shown(
        STUDENT_ARRIVAL, f"/join/{company_id}", lambda: _arrival_page(student_id, company_id)
    )


def _arrival_page(student_id: int, company_id: int) -> dict[str, object]:
    """What the page behind a company's poster shows a student. Raises NotFound."""
    company = stands.company_by_id(company_id)
    dashboard = places.dashboard(student_id)
    place = next((each for each in dashboard.places if each.company.id == company_id), None)
    return {
        "company": company,
        "place": place,
        "reason": "" if place is None else turns.reason(dashboard.phase, place),
        "dashboard": dashboard,
        "compact": True,
    }


def _from() -> Shown:
    """The page that the action came from."""
    return _companies() if request.form.get("page") == "companies" else _dashboard()


@blueprint.get("/dashboard")
@student_only
def dashboard() -> str:
    return _dashboard().render(live_url="/live/dashboard")


@blueprint.get("/companies")
@student_only
def companies() -> str:
    return _companies().render(live_url="/live/companies")


@blueprint.get("/join/<int:company_id>")
@student_only
def arrive(company_id: int) -> str:
    """Where a company's poster leads. Looking joins nothing: cameras and messengers look too."""
    return _arrival(company_id).render(live_url="/live/profile")


@blueprint.get("/notifications")
@student_only
def notifications() -> str:
    page = notifications_page(current_user.student_id)
    return STUDENT_NOTIFICATIONS.render({**page, "refused": {}, "live_url": "/live/notifications"})


@blueprint.get("/profile")
@student_only
def profile() -> str:
    return _profile()


@blueprint.post("/profile")
@student_only
def rename() -> tuple[str, int] | Response:
    names = parse(Names, request.form)
    if isinstance(names, Invalid):
        return _profile(values=request.form, errors=names.errors), 400
    accounts.update_profile(current_actor(), names.first_name, names.last_name)
    return _saved(_("Saved"))


@blueprint.post("/profile/password")
@student_only
def change_password() -> tuple[str, int] | Response:
    change = parse(PasswordChange, request.form)
    if isinstance(change, Invalid):
        return _profile(errors=change.errors), 400
    outcome = accounts.change_password(
        current_actor(),
        current_user.id,
        change.current_password,
        change.new_password,
        current_user.sign_in_id,
    )
    if isinstance(outcome, Refusal):
        refused = refuse(outcome)
        return _profile(errors=refused.errors), refused.status
    return _saved(_("Password changed; every other device is signed out"))


def _profile(**context: object) -> str:
    page = profile_page(current_user.student_id)
    page["devices"] = open_sign_ins.devices(current_user.id, current_user.sign_in_id)
    return STUDENT_PROFILE.render({**page, "refused": {}, "live_url": "/live/profile", **context})


def _saved(message: str) -> Response:
    flash(message, "success")
    response: Response = make_response(redirect("/profile", 303))
    return response


@blueprint.post("/companies/<int:company_id>/join")
@student_only
@joins_per_student
def join(company_id: int) -> Response:
    outcome = queues.join(current_actor(), company_id)
    message = ""
    if not isinstance(outcome, Refusal):
        message = _("Registered at position %(number)d", number=outcome.position)
    elif request.form.get("page") == "arrival":
        return answer(_arrival(company_id), outcome, f"company-{company_id}", message)
    return answer(_from(), outcome, f"company-{company_id}", message)


@blueprint.post("/entries/<int:entry_id>/leave")
@student_only
def leave(entry_id: int) -> Response:
    outcome = queues.leave(current_actor(), entry_id)
    return answer(_from(), outcome, f"entry-{entry_id}", _("You left the queue"))


@blueprint.post("/entries/leave-all")
@student_only
def leave_all() -> Response:
    outcome = queues.leave_all(current_actor())
    left = 0 if isinstance(outcome, Refusal) else len(outcome.events(Left))
    message = ngettext("You left %(num)d queue", "You left %(num)d queues", left)
    return answer(_from(), outcome, "queues", message)


@blueprint.post("/entries/<int:entry_id>/start")
@student_only
def start(entry_id: int) -> Response:
    outcome = interviews.start(current_actor(), entry_id)
    return answer(_from(), outcome, f"entry-{entry_id}", _("Interview started"))


@blueprint.post("/entries/<int:entry_id>/seen")
@student_only
def see_call(entry_id: int) -> tuple[str, int]:
    """Sent by the page itself when it has shown a call, so there is nothing to answer."""
    seen = parse(SeenCall, request.form)
    if isinstance(seen, Invalid):
        raise BadRequest
    queues.see_call(current_actor(), entry_id, seen.turn)
    return "", 204


@blueprint.post("/entries/<int:entry_id>/coming")
@student_only
def say_coming(entry_id: int) -> Response:
    outcome = queues.say_coming(current_actor(), entry_id)
    return answer(_from(), outcome, f"entry-{entry_id}", _("The stand knows that you are coming"))


@blueprint.post("/entries/<int:entry_id>/pass")
@student_only
def pass_turn(entry_id: int) -> Response:
    outcome = queues.pass_turn(current_actor(), entry_id)
    message = _("Turn skipped: your place is kept until you say that you are here")
    return answer(_from(), outcome, f"entry-{entry_id}", message)


@blueprint.post("/entries/<int:entry_id>/present")
@student_only
def present(entry_id: int) -> Response:
    outcome = queues.present(current_actor(), entry_id)
    return answer(_from(), outcome, f"entry-{entry_id}", _("Welcome back in the queue"))


@blueprint.post("/status/pause")
@student_only
def pause() -> Response:
    outcome = presence.change_status(current_actor(), StudentStatus.PAUSED)
    return answer(_from(), outcome, "status", _("You are paused: nobody calls you"))


@blueprint.post("/status/available")
@student_only
def available() -> Response:
    outcome = presence.change_status(current_actor(), StudentStatus.AVAILABLE)
    return answer(_from(), outcome, "status", _("You are available"))
