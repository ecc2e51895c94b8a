"""Which rows of the log a program asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from flask import Response
from flask_babel import gettext as _
from pydantic import Field

from jobfair import catalogue
from jobfair.fields.input.parsing import Query
from jobfair.fields.input.types import Id, Moment
from jobfair.queries.admin.records import audit_filters
from jobfair.queries.admin.records.audit import TEAM, AuditFilter
from jobfair.web.errors import invalid

ACTORS = ("student", "company", "system", *sorted(TEAM))
"""The kinds of actors that the log knows."""

Typed = Annotated[str, Field(max_length=200)]


class AuditRows(Query):
    """Which rows of the log; blank is any.

    `student` and `company` are names, `kind` an event or a group of them. `actor` is a kind of
    actor, with the account's id behind a hyphen for one of the team: `admin-3`. `since` is
    included, `until` is not. `all` shows calls and reminders too.
    """

    student: Typed = ""
    company: Typed = ""
    kind: Typed = ""
    actor: Typed = ""
    since: Moment | None = None
    until: Moment | None = None
    all: bool = False


class AuditChoice(AuditRows):
    """The same, and which page: the newest 50 rows, or those before or after a row's number."""

    before: Id | None = None
    after: Id | None = None


def chosen_rows(choice: AuditRows) -> AuditFilter | Response:
    """The filter that a choice makes, or the answer where it cannot be understood."""
    if choice.kind and catalogue.named(choice.kind) is None:
        return invalid({"kind": _("There is no such event.")})
    if choice.actor and choice.actor.partition("-")[0] not in ACTORS:
        choices = ", ".join(ACTORS)
        return invalid({"actor": _("Choose one of these: %(choices)s.", choices=choices)})
    typed = choice.model_dump(include={"student", "company", "kind", "actor"})
    asked = audit_filters.asked(typed)
    if asked.errors:
        return invalid(asked.errors)
    return replace(asked.filter, since=choice.since, until=choice.until, calls=choice.all)
