"""What the address asks of the audit log, and of its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from flask_babel import gettext as _

from jobfair import catalogue
from jobfair.fields.types import LARGEST_ID
from jobfair.queries.admin import name_lookup
from jobfair.queries.admin.audit import TEAM, AuditFilter
from jobfair.wording import local_time

MINUTE = timedelta(minutes=1)
MOST_STUDENTS = 200
FIELDS = ("student", "company", "kind", "actor", "since", "until", "all")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters ask for; `errors` says by field what cannot be understood."""

    filter: AuditFilter
    errors: dict[str, str]


def asked() -> Asked:
    """Read the filters from the address."""
    errors: dict[str, str] = {}
    students = companies = None
    if search := _typed("student"):
        students = frozenset(name_lookup.find_students(search))
        if len(students) > MOST_STUDENTS:
            errors["student"] = _("Very many students are called so: type more of the name.")
    if search := _typed("company"):
        companies = frozenset(name_lookup.find_companies(search))
    actor, _separator, actor_id = _typed("actor").partition("-")
    # One of the team has done it in whichever role they had then.
    actors = TEAM if actor_id and actor in TEAM else frozenset({actor} - {""})
    chosen = AuditFilter(
        students,
        companies,
        catalogue.named(_typed("kind")),
        actors or None,
        min(int(actor_id), LARGEST_ID) if actor_id.isdecimal() else None,
        _moment("since", errors),
        _moment("until", errors, MINUTE),
        calls=bool(_typed("all")),
    )
    return Asked(chosen, errors)


def typed() -> dict[str, str]:
    """What stands in the filters' fields, but for those left blank."""
    return {field: _typed(field) for field in FIELDS if _typed(field)}


def _typed(field: str) -> str:
    return request.args.get(field, "").strip()


def _moment(field: str, errors: dict[str, str], later: timedelta = timedelta()) -> datetime | None:
    text = _typed(field)
    if not text:
        return None
    try:
        return local_time.typed(text) + later
    except (ValueError, OverflowError):
        errors[field] = _("Give a date and a time such as 2026-11-23 09:30.")
        return None
