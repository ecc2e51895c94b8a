"""Past editions of the fair with their reports, and closing the one that is over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.fair import grave
from jobfair.blueprints.admin.records import day_pages, report_pages
from jobfair.domain.refusals import Refusal
from jobfair.ops import editions, purge
from jobfair.queries.admin.fair import overview
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.admin.records import past_days
from jobfair.queries.admin.roster import companies
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("editions", __name__, url_prefix="/admin/editions")


@blueprint.get("")
@needs(Right.LOOK)
def index() -> str:
    return render_template(
        "admin/editions.html", editions=past_editions.editions(), phase=overview.figures().phase
    )


@blueprint.get("/<int:edition_id>")
@needs(Right.LOOK)
def report(edition_id: int) -> str:
    edition, kept = past_editions.edition(edition_id)
    return report_pages.show(kept, edition.closed_at, edition, studies=())


@blueprint.get("/<int:edition_id>/hours")
@needs(Right.LOOK)
def hours(edition_id: int) -> str:
    edition, kept = past_editions.edition(edition_id)
    return report_pages.show_hours(kept.hours, edition)


@blueprint.get("/<int:edition_id>/day")
@needs(Right.LOOK)
def day(edition_id: int) -> tuple[str, int]:
    """The hall at a minute of its day, without anybody's name."""
    edition, _kept = past_editions.edition(edition_id)
    day_then = partial(past_days.day_then, edition_id)
    return day_pages.show(day_then, partial(past_days.latest, edition_id), edition)


@blueprint.get("/close")
@needs(Right.MANAGE)
@recently_confirmed
def confirm() -> str:
    return _ask()


@blueprint.post("/close")
@needs(Right.MANAGE)
@recently_confirmed
def close() -> Response | tuple[str, int]:
    """Keep the figures, remove the people, and go on with the companies that are ticked."""
    refusal = grave.refusal()
    if refusal is None:
        closed = editions.close(current_actor(), _ticked())
        if not isinstance(closed, Refusal):
            purge.wipe()
            return redirect_with_message(
                _("The edition is closed, and the next one is in preparation."),
                url_for("admin.editions.report", edition_id=closed),
            )
        refusal = closed
    return _ask(refusal), 400


def _ticked() -> list[int]:
    return request.form.getlist("company", type=int)


def _ask(refusal: Refusal | None = None) -> str:
    every = [each.company for each in companies()]
    ticked = _ticked() if request.method == "POST" else [each.id for each in every]
    return grave.question(
        _("Close this edition?"),
        list(_consequences()),
        _("Close the edition"),
        url_for("admin.editions.index"),
        refusal,
        "admin/close_edition.html",
        every=every,
        ticked=ticked,
    )


def _consequences() -> Iterator[str]:
    told, running = purge.preview(everything=False), overview.figures().running
    yield _("The figures of its report stay, by company, sector and hour, without anybody's name.")
    yield _(
        "So does its day: how many waited, were called or in an interview at each stand and "
        "minute, without anybody's name."
    )
    yield ngettext(
        "%(num)d student, their account, notes and messages are removed for good.",
        "%(num)d students, their accounts, notes and messages are removed for good.",
        told.students,
    )
    if running:
        yield ngettext(
            "%(num)d interview still runs, and will not have ended.",
            "%(num)d interviews still run, and will not have ended.",
            running,
        )
    yield _("The next fair is in preparation, and its days and hours are not known yet.")
    yield _(
        "The companies that are ticked stay, with their profile, logo and stand. Each gets a new "
        "link and no PIN: those of this year open nothing any more."
    )
