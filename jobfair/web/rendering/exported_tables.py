"""The fair as tables to download, each declared once: its headings and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask import Response
from flask_babel import gettext as _

from jobfair.catalogue.audit import actor, actor_kind, changes, label, sentence
from jobfair.fields.companies import companies as companies_fields
from jobfair.fields.companies.company_profiles import chosen
from jobfair.fields.input.declaration import Field, labels
from jobfair.fields.students import students as students_fields
from jobfair.fields.students.introductions import WORDS
from jobfair.fields.students.students import EMAIL
from jobfair.queries.admin.records import audit as audit_log
from jobfair.queries.admin.records import exports
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.queries.projections import interview_counts
from jobfair.web.rendering import csv_files
from jobfair.web.rendering.csv_files import Cell
from jobfair.web.rendering.table_files import FORMATS
from jobfair.wording.states import state_label
from jobfair.wording.times.local_time import written

Rows = Iterator[tuple[Cell, ...]]


def students(suffix: str) -> Response:
    """Every account, in the format of this suffix, like the other tables."""
    headings = [
        _("Number"),
        *labels(students_fields.CARD),
        *labels(WORDS),
        _("Status"),
        _("Account"),
        _("In interview at"),
        _("Waiting"),
        _("Done"),
        _("Registered at"),
    ]
    return FORMATS[suffix](_("jobfair-students"), headings, _students())


def companies(suffix: str) -> Response:
    """Every stand, without its link."""
    headings = [
        _("Number"),
        *labels(companies_fields.FIELDS),
        _("Waiting"),
        _("In interview"),
        _("Done"),
        _("Created at"),
    ]
    return FORMATS[suffix](_("jobfair-companies"), headings, _companies())


def entries(suffix: str) -> Response:
    """Every place in every queue, those that were left too."""
    headings = [
        _("Number"),
        _("Company"),
        *labels(students_fields.CARD),
        _("Position"),
        _("Status"),
        _("Joined at"),
        _("Called at"),
        _("Started at"),
        _("Done at"),
    ]
    return FORMATS[suffix](_("jobfair-entries"), headings, _entries())


def interviews(suffix: str) -> Response:
    """Every interview, those broken off too."""
    headings = [
        _("Entry"),
        _("Company"),
        _("Student"),
        *labels([EMAIL]),
        _("Waiting since"),
        _("Told at least (min)"),
        _("Told at most (min)"),
        _("Called at"),
        _("Started at"),
        _("Ended at"),
        _("Outcome"),
        _("Wait"),
        _("Length"),
    ]
    return FORMATS[suffix](_("jobfair-interviews"), headings, _interviews())


TABLES: dict[str, Callable[[str], Response]] = {
    "students": students,
    "companies": companies,
    "entries": entries,
    "interviews": interviews,
}
"""Every table by its name in addresses; the log is separate, because it has filters."""


def audit(log_filter: AuditFilter) -> Response:
    """The rows of the log that the filter finds. Only as CSV: it may have a million rows, and a
    workbook is made in memory."""
    headings = [
        _("Number"),
        _("When"),
        _("Who"),
        _("Which"),
        _("Event"),
        _("What"),
        _("Before → after"),
    ]
    return csv_files.attachment(_("jobfair-log"), headings, _audit(log_filter))


def _cells(fields: Sequence[Field], row: Any) -> list[Cell]:
    cells = {each.name: getattr(row, each.name) for each in fields}
    return [_STATES[name](value) if name in _STATES else value for name, value in cells.items()]


_STATES: dict[str, Callable[[Any], str | None]] = {
    "status": state_label,
    "looking_for": chosen,
    "seeking": chosen,
    "queue_open": lambda opened: state_label("open" if opened else "closed"),
}
"""The fields that are states, with the names of their values."""


def _students() -> Rows:
    for row in exports.students():
        yield (
            row.id,
            *_cells(students_fields.CARD, row),
            *_cells(WORDS, row),
            state_label(row.status),
            state_label("active" if row.active else "deactivated"),
            row.company,
            row.waiting,
            row.done,
            written(row.created_at),
        )


def _companies() -> Rows:
    done = interview_counts.done_by_company()
    for row in exports.companies():
        yield (
            row.id,
            *_cells(companies_fields.FIELDS, row),
            row.waiting,
            row.running,
            done.get(row.id, 0),
            written(row.created_at),
        )


def _entries() -> Rows:
    for row in exports.entries():
        yield (
            row.id,
            row.company,
            *_cells(students_fields.CARD, row),
            row.position,
            state_label("aside" if row.aside and row.state == "waiting" else row.state),
            written(row.created_at),
            written(row.called_at),
            written(row.started_at),
            written(row.completed_at),
        )


def _interviews() -> Rows:
    for interview, student, email in exports.interviews():
        yield (
            interview.entry_id,
            interview.company,
            student,
            email,
            written(interview.waiting_since),
            *(interview.told or (None, None)),
            written(interview.called_at),
            written(interview.started_at),
            written(interview.ended_at),
            state_label(interview.outcome),
            _clock(interview.waited),
            _clock(interview.length),
        )


def _audit(log_filter: AuditFilter) -> Rows:
    for entry in audit_log.each(log_filter):
        yield (
            entry.number,
            written(entry.at),
            actor_kind(entry),
            str(actor(entry)),
            label(entry),
            str(sentence(entry)),
            " ; ".join(map(str, changes(entry))),
        )


def _clock(length: timedelta | None) -> str | None:
    """A length of time with which a spreadsheet of any language can calculate."""
    if length is None:
        return None
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
