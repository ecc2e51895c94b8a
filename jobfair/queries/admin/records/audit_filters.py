"""The filters of the audit log and of its file, as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from jobfair import catalogue
from jobfair.fields.input.types import LARGEST_ID
from jobfair.queries.admin import name_lookup
from jobfair.queries.admin.records.audit import TEAM, AuditFilter
from jobfair.wording.times import local_time

MINUTE = timedelta(minutes=1)
MOST_STUDENTS = 200
FIELDS = ("student", "company", "kind", "actor", "since", "until", "all")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parsed filters; `errors` has a sentence for each field that cannot be understood."""

    filter: AuditFilter
    errors: dict[str, str]


def asked(values: Mapping[str, str]) -> Asked:
    """Parse the filters from their fields."""
    errors: dict[str, str] = {}
    given = typed(values)
    students = companies = None
    if search := given.get("student"):
        students = frozenset(name_lookup.find_students(search))
        if len(students) > MOST_STUDENTS:
            errors["student"] = _("Very many students are called so: type more of the name.")
    if search := given.get("company"):
        companies = frozenset(name_lookup.find_companies(search))
    actor, _separator, actor_id = given.get("actor", "").partition("-")
    # One of the team has done it in whichever role they had then.
    actors = TEAM if actor_id and actor in TEAM else frozenset({actor} - {""})
    chosen = AuditFilter(
        students,
        companies,
        catalogue.named(given.get("kind", "")),
        actors or None,
        min(int(actor_id), LARGEST_ID) if actor_id.isdecimal() else None,
        _moment(given, "since", errors),
        _moment(given, "until", errors, MINUTE),
        calls="all" in given,
    )
    return Asked(chosen, errors)


def typed(values: Mapping[str, str]) -> dict[str, str]:
    """The values in the filters' fields, without blank ones."""
    # PostgreSQL takes no NUL in a text.
    texts = {field: values.get(field, "").replace("\0", "").strip() for field in FIELDS}
    return {field: text for field, text in texts.items() if text}


def _moment(
    given: Mapping[str, str], field: str, errors: dict[str, str], later: timedelta = timedelta()
) -> datetime | None:
    if field not in given:
        return None
    try:
        return local_time.typed(given[field]) + later
    except (ValueError, OverflowError):
        errors[field] = _("Give a date and a time such as 2026-11-23 09:30.")
        return None
