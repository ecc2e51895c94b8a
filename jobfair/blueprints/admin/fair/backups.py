"""Backups of the whole fair: downloaded, looked at, restored; and the past fair removed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file, url_for
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from jobfair.blueprints.admin.fair import grave
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.exceptions import RequestCode
from jobfair.ops import backups, purge, uploaded_backups
from jobfair.ops.backup_file import Unreadable
from jobfair.ops.backups import Backup
from jobfair.queries.admin.fair import overview
from jobfair.queries.fair import fair_identity
from jobfair.services.access.rights import Right
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import redirect_with_message, see_other
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, may, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.wording.fair.fair_days import fair_days

LARGEST_FILE = 128 * 1024 * 1024
SPARE = 64 * 1024
"""The most bytes that the form holds beside the file."""

Answer = AnyResponse | str | tuple[str, int]

log = logging.getLogger(__name__)

blueprint = Blueprint("backups", __name__, url_prefix="/admin/fair/backups")


@blueprint.url_value_preprocessor
def take_large_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before the form is read, which is when its token is checked; and of nobody else so much.
    if request.endpoint == "admin.backups.upload" and may(Right.MANAGE):
        request.max_content_length = LARGEST_FILE + SPARE


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: Exception) -> Answer:
    """The page again, which says so; others are led to where they belong."""
    if not may(Right.MANAGE):
        return see_other("/")
    return _refused(Refusal(RequestCode.BACKUP_TOO_LARGE))


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    return _page({})


@blueprint.post("/download")
@needs(Right.MANAGE)
@recently_confirmed
def download() -> Response:
    """The whole fair as a file, made on disk and sent from there: it may be large."""
    backups.note_taken(current_actor())
    # The answer closes it, once it is sent.
    file, name = backups.temporary_file(), backups.download_name()
    return send_file(file, "application/gzip", as_attachment=True, download_name=name)


@blueprint.post("/restore")
@needs(Right.MANAGE)
def upload() -> Answer:
    """Take a backup, and look at it. Nothing of the fair changes yet."""
    file = request.files.get("backup")
    if file is None or not file.filename:
        return _refused(Refusal(RequestCode.BACKUP_MISSING))
    key = uploaded_backups.keep(file.stream)
    path = uploaded_backups.path(key)
    assert path is not None
    try:
        backups.check(path)
    except Unreadable as error:
        path.unlink()
        return _refused(Refusal(error.code))
    return see_other(url_for("admin.backups.preview", key=key))


@blueprint.get("/restore/<string:key>")
@needs(Right.MANAGE)
@recently_confirmed
def preview(key: str) -> Answer:
    found = _uploaded(key)
    return _refused(found) if isinstance(found, Refusal) else _preview(found[1])


@blueprint.post("/restore/<string:key>")
@needs(Right.MANAGE)
@recently_confirmed
def restore(key: str) -> Answer:
    """Put the uploaded backup in the place of the fair, which is kept in a backup first."""
    found = _uploaded(key)
    if isinstance(found, Refusal):
        return _refused(found)
    path, backup = found
    if refusal := grave.refusal():
        return _preview(backup, refusal), 400
    kept = backups.new_path()
    backups.save(kept)
    by_whom = current_actor() if _has_my_account(backup) else actors.SYSTEM
    log.warning("the fair is put back to %s by admin %d", backup.made_at, current_user.id)
    backups.restore(path, replace=True, by=by_whom)
    path.unlink(missing_ok=True)
    return redirect_with_message(
        _(
            "The fair is as it was on %(moment)s. What was here before is kept on the server: "
            "%(file)s",
            moment=_moment(backup),
            file=kept.name,
        ),
        _address(),
    )


@blueprint.get("/removal")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_removal() -> str:
    return _ask_removal()


@blueprint.post("/removal")
@needs(Right.MANAGE)
@recently_confirmed
def remove() -> Answer:
    """Remove the past fair's people; their traces in SQLite's file too."""
    if refusal := grave.refusal():
        return _ask_removal(refusal), 400
    removal = purge.purge("companies_too" in request.form, current_actor())
    purge.wipe()
    return redirect_with_message(
        ngettext(
            "%(num)d student is removed. The next fair is in preparation.",
            "%(num)d students are removed. The next fair is in preparation.",
            removal.students,
        ),
        _address(),
    )


def _page(errors: dict[str, str]) -> str:
    return render_template("admin/backups.html", errors=errors)


def _address() -> str:
    return url_for("admin.backups.index")


def _refused(refusal: Refusal) -> tuple[str, int]:
    refused = refuse(refusal)
    return _page(refused.errors), refused.status


def _uploaded(key: str) -> tuple[Path, Backup] | Refusal:
    path = uploaded_backups.path(key)
    if path is None:
        return Refusal(RequestCode.BACKUP_MISSING)
    try:
        return path, backups.check(path)
    except Unreadable as error:
        return Refusal(error.code)


def _preview(backup: Backup, refusal: Refusal | None = None) -> str:
    return grave.question(
        _("Restore this backup?"),
        [*_held(backup), *_replaced(), *_access_afterwards(backup)],
        _("Restore the backup"),
        _address(),
        refusal,
    )


def _held(backup: Backup) -> Iterator[str]:
    fair, rows = backup.fair, backup.rows
    days = fair_days(fair["starts_on"], fair["ends_on"])
    yield _(
        "It is of %(moment)s: «%(name)s»%(days)s.",
        moment=_moment(backup),
        name=fair["name"] or fair_identity.UNNAMED,
        days=f", {days}" if days else "",
    )
    yield _(
        "It holds %(companies)s, %(students)s, %(places)s.",
        companies=_companies(rows["companies"]),
        students=_students(rows["students"]),
        places=_places(rows["entries"]),
    )
    if fair["phase"] == Phase.OPEN:
        yield _("The fair is open in it, and is so again.")


def _replaced() -> Iterator[str]:
    rows = backups.row_counts()
    yield _(
        "It takes the place of %(companies)s, %(students)s, %(places)s. What is here now is kept "
        "on the server first.",
        companies=_companies(rows.get("companies", 0)),
        students=_students(rows.get("students", 0)),
        places=_places(rows.get("entries", 0)),
    )
    yield _("Links, PINs, passwords and sign-ins are those of then; every open page loads again.")


def _access_afterwards(backup: Backup) -> Iterator[str]:
    """What happens to the one who does it."""
    if not _has_my_account(backup):
        yield ngettext(
            "You are signed out and cannot come back: your account is not in it. "
            "%(num)d organiser is.",
            "You are signed out and cannot come back: your account is not in it. "
            "%(num)d organisers are.",
            len(backup.organisers),
        )
    elif backup.sign_ins.get(current_user.sign_in_id) == current_user.id:
        yield _("You stay signed in.")
    else:
        yield _("You are signed out, and sign in with the password that you had then.")


def _moment(backup: Backup) -> str:
    return format_datetime(backup.made_at, "medium")


def _has_my_account(backup: Backup) -> bool:
    return backup.organisers.get(current_user.id) == current_user.email


def _ask_removal(refusal: Refusal | None = None) -> str:
    told = purge.preview(everything=False)
    lines = [
        _(
            "%(students)s, their accounts, %(places)s, their notes and messages are removed for "
            "good.",
            students=_students(told.students),
            places=_places(told.entries),
        ),
        _("All figures of the fair and its log go with them."),
        _("Companies with their links, the team and the settings stay."),
        _("The next fair is in preparation, and its days and hours are not known yet."),
    ]
    if copies := purge.remaining_copies():
        folders = ", ".join(map(str, copies))
        lines.append(
            _(
                "The same data is still in backups and papers on the server: %(folders)s",
                folders=folders,
            )
        )
    return grave.question(
        _("Remove the past fair?"),
        lines,
        _("Remove it"),
        _address(),
        refusal,
        companies=overview.figures().companies,
    )


def _companies(number: int) -> str:
    return ngettext("%(num)d company", "%(num)d companies", number)


def _students(number: int) -> str:
    return ngettext("%(num)d student", "%(num)d students", number)


def _places(number: int) -> str:
    return ngettext("%(num)d place in a queue", "%(num)d places in queues", number)
