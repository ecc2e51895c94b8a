"""What is done to everybody at once; each is asked first, with how many it concerns (rule 11)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.blueprints.admin.forms import MaybeSaying
from jobfair.domain.events import CompanyStatusChanged, Event, StudentStatusChanged
from jobfair.domain.refusals import Refusal
from jobfair.fields.parsing import Invalid, parse
from jobfair.queries.admin import overview
from jobfair.services import companies, students
from jobfair.services.access.rights import Right
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.responses import redirect_with_message
from jobfair.web.security.authentication import current_actor, needs

blueprint = Blueprint("emergency", __name__, url_prefix="/admin/emergency")


@blueprint.get("/students-available")
@needs(Right.MANAGE)
def confirm_students_available() -> str:
    now = overview.figures()
    lines = [
        ngettext(
            "%(num)d paused student becomes available, and may be called at once.",
            "%(num)d paused students become available, and may be called at once.",
            now.paused,
        ),
        *_interviews_go_on(now.running),
    ]
    return _question(
        _("Make every paused student available?"),
        lines if now.paused else [_("No student is paused: nothing would change.")],
        _("Make them available"),
    )


@blueprint.post("/students-available")
@needs(Right.MANAGE)
def students_available() -> Response:
    changed = _count(students.make_all_available(current_actor()), StudentStatusChanged)
    return _done(
        ngettext(
            "%(num)d student is available again", "%(num)d students are available again", changed
        )
    )


@blueprint.get("/pause-companies")
@needs(Right.MANAGE)
def confirm_pause_companies() -> str:
    return _ask_to_pause({})


def _ask_to_pause(errors: dict[str, str]) -> str:
    now = overview.figures()
    called = overview.called()
    lines = [
        ngettext(
            "%(num)d company is paused: nobody joins it or is called by it.",
            "%(num)d companies are paused: nobody joins them or is called by them.",
            now.recruiting,
        ),
        *_those_called(called),
        *_interviews_go_on(now.running),
        _("Every place in a queue is kept."),
    ]
    return _question(
        _("Pause every company?"),
        lines if now.recruiting else [_("No company is recruiting: nothing would change.")],
        _("Pause the companies"),
        "admin/pause_all.html",
        errors=errors,
    )


@blueprint.post("/pause-companies")
@needs(Right.MANAGE)
def pause_companies() -> Response | tuple[str, int]:
    """All at once, and everyone is told why: an alarm leaves no time for two pages."""
    given = parse(MaybeSaying, request.form)
    if isinstance(given, Invalid):
        return _ask_to_pause(given.errors), 400
    outcome = companies.pause_all(current_actor(), given.text)
    changed = _count(outcome, CompanyStatusChanged)
    return _done(ngettext("%(num)d company is paused", "%(num)d companies are paused", changed))


@blueprint.get("/resume-companies")
@needs(Right.MANAGE)
def confirm_resume_companies() -> str:
    with_all = overview.paused_with_all()
    paused = len(with_all)
    others = overview.figures().companies_paused - paused
    resumed = ngettext(
        "%(num)d company resumes, and calls whoever is first at its free seats.",
        "%(num)d companies resume, and call whoever is first at their free seats.",
        paused,
    )
    nothing = _("No company is paused because all were: nothing would change.")
    return _question(
        _("Resume every company?"),
        [resumed if paused else nothing, *_those_that_stay_paused(others)],
        _("Resume the companies"),
        "admin/resume_all.html",
        paused=with_all,
    )


@blueprint.post("/resume-companies")
@needs(Right.MANAGE)
def resume_companies() -> Response:
    stay = request.form.getlist("stay", type=int)
    outcome = companies.resume_all(current_actor(), stay)
    changed = _count(outcome, CompanyStatusChanged)
    return _done(ngettext("%(num)d company resumes", "%(num)d companies resume", changed))


def _question(
    title: str,
    lines: list[str],
    button: str,
    template: str = "admin/confirmation.html",
    **more: Any,
) -> str:
    back = url_for("admin.overview.index")
    return confirmation(title, lines, button, back, template=template, **more)


def _done(message: str) -> Response:
    return redirect_with_message(message, url_for("admin.overview.index"))


def _count(outcome: Committed | Refusal, kind: type[Event]) -> int:
    return 0 if isinstance(outcome, Refusal) else len(outcome.events(kind))


def _those_that_stay_paused(paused: int) -> list[str]:
    line = ngettext(
        "%(num)d stand that paused by itself stays paused.",
        "%(num)d stands that paused by themselves stay paused.",
        paused,
    )
    return [line] if paused else []


def _those_called(called: int) -> list[str]:
    line = ngettext(
        "%(num)d person called is told that their turn is over.",
        "%(num)d people called are told that their turn is over.",
        called,
    )
    return [line] if called else []


def _interviews_go_on(running: int) -> list[str]:
    line = ngettext(
        "%(num)d interview goes on undisturbed.",
        "%(num)d interviews go on undisturbed.",
        running,
    )
    return [line] if running else []
