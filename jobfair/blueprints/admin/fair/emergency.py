"""What is done to everybody at once; each is asked first, with how many it concerns (rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.blueprints.admin.forms import MaybeSaying
from jobfair.domain.events import CompanyStatusChanged, Event, StudentStatusChanged
from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Invalid, parse, text_of
from jobfair.queries.admin.fair import overview
from jobfair.queries.fair import messages
from jobfair.services.access.rights import Right
from jobfair.services.companies import companies
from jobfair.services.fair import messages as sending
from jobfair.services.students import students
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.wording.fair import alarms
from jobfair.wording.queues.stands import calls_lost

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
    return _ask_to_pause(alarms.evacuation(), {})


def _ask_to_pause(text: str, errors: dict[str, str]) -> str:
    now = overview.figures()
    lines = [
        ngettext(
            "%(num)d company is paused: nobody joins it or is called by it.",
            "%(num)d companies are paused: nobody joins them or is called by them.",
            now.recruiting,
        ),
        *calls_lost(overview.called()),
        _("Everybody keeps their place in each queue."),
        *_interviews_run_on(now.running),
    ]
    return _question(
        _("Pause every company?"),
        lines if now.recruiting else [_("No company is recruiting: nothing would change.")],
        _("Pause the companies"),
        "admin/pause_all.html",
        text=text,
        readers=_everyone(),
        errors=errors,
    )


@blueprint.post("/pause-companies")
@needs(Right.MANAGE)
def pause_companies() -> Response | tuple[str, int]:
    """All at once, and everyone is told why: an alarm leaves no time for two pages."""
    given = parse(MaybeSaying, request.form)
    if isinstance(given, Invalid):
        return _ask_to_pause(text_of(request.form, "text"), given.errors), 400
    outcome = companies.pause_all(current_actor(), given.text)
    changed = _count(outcome, CompanyStatusChanged)
    paused = ngettext("%(num)d company is paused", "%(num)d companies are paused", changed)
    return _done(f"{paused}. {_told(given.text)}")


@blueprint.get("/resume-companies")
@needs(Right.MANAGE)
def confirm_resume_companies() -> str:
    alarm = messages.of_alarm()
    return _ask_to_resume(alarms.all_clear() if alarm else "", {}, withdrawn=True)


def _ask_to_resume(
    text: str, errors: dict[str, str], withdrawn: bool, stay: Sequence[int] = ()
) -> str:
    with_all = overview.paused_with_all()
    paused = len(with_all)
    resumed = ngettext(
        "%(num)d company resumes, and calls the first student at its free seats.",
        "%(num)d companies resume, and call the first students at their free seats.",
        paused,
    )
    nothing = _("No company is paused because all were: nothing would change.")
    return _question(
        _("Resume every company?"),
        [resumed if paused else nothing, *_those_that_stay_paused()],
        _("Resume the companies"),
        "admin/resume_all.html",
        paused=with_all,
        stay=stay,
        alarm=messages.of_alarm(),
        withdrawn=withdrawn,
        text=text,
        readers=_everyone(),
        errors=errors,
    )


@blueprint.post("/resume-companies")
@needs(Right.MANAGE)
def resume_companies() -> Response | tuple[str, int]:
    """All at once; the alarm's message goes with the alarm, where that is ticked."""
    stay = request.form.getlist("stay", type=int)
    alarm_number = request.form.get("withdraw", type=int)
    given = parse(MaybeSaying, request.form)
    if isinstance(given, Invalid):
        text = text_of(request.form, "text")
        return _ask_to_resume(text, given.errors, alarm_number is not None, stay), 400
    if alarm_number is not None:
        sending.withdraw(current_actor(), alarm_number)
    outcome = companies.resume_all(current_actor(), stay, given.text)
    changed = _count(outcome, CompanyStatusChanged)
    resumed = ngettext("%(num)d company resumes", "%(num)d companies resume", changed)
    said = [resumed, *([_("The alarm's message is taken back")] if alarm_number else [])]
    return _done(f"{'. '.join(said)}. {_told(given.text)}")


def _told(text: str | None) -> str:
    if not text:
        return _("Nobody was sent a message")
    return _("The message went to %(readers)s", readers=_everyone())


def _everyone() -> str:
    """Who reads a message to everyone."""
    now = overview.figures()
    return _(
        "%(students)s and %(stands)s",
        students=ngettext("%(num)d student", "%(num)d students", now.active_students),
        stands=ngettext("%(num)d stand", "%(num)d stands", now.companies),
    )


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


def _those_that_stay_paused() -> list[str]:
    by_themselves, by_team = overview.paused_apart()
    left = overview.figures().companies_left
    lines = {
        ngettext(
            "%(num)d stand that paused by itself stays paused.",
            "%(num)d stands that paused by themselves stay paused.",
            by_themselves,
        ): by_themselves,
        ngettext(
            "%(num)d stand that an organiser paused alone stays paused.",
            "%(num)d stands that an organiser paused one by one stay paused.",
            by_team,
        ): by_team,
        ngettext(
            "%(num)d stand that has left stays so.",
            "%(num)d stands that have left stay so.",
            left,
        ): left,
    }
    return [line for line, count in lines.items() if count]


def _interviews_go_on(running: int) -> list[str]:
    line = ngettext(
        "%(num)d interview goes on undisturbed.",
        "%(num)d interviews go on undisturbed.",
        running,
    )
    return [line] if running else []


def _interviews_run_on(running: int) -> list[str]:
    """What a pause does to them; people who clear the hall must know what it does not do."""
    line = ngettext(
        "%(num)d interview is running, and its clock goes on: a pause ends none. If the hall is "
        "cleared, its stand ends it, or you do on the stand's page.",
        "%(num)d interviews are running, and their clocks go on: a pause ends none. If the hall is "
        "cleared, the stands end them, or you do on the stand's page.",
        running,
    )
    return [line] if running else []
