"""The page that offers the fair as files for a spreadsheet, and the files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, render_template, request

from jobfair.exceptions import Problem, RequestCode
from jobfair.queries.admin import audit_filters
from jobfair.services.access.rights import Right
from jobfair.web.rendering import exported_tables
from jobfair.web.rendering.table_files import FORMATS
from jobfair.web.security.authentication import needs
from jobfair.web.security.recent_password import recently_confirmed

blueprint = Blueprint("exports", __name__, url_prefix="/admin/exports")

View = TypeVar("View", bound=Callable[..., Any])


def _in_each_format(path: str) -> Callable[[View], View]:
    """Serve a view at this path with each suffix of `FORMATS`, which it is given."""

    def decorated(view: View) -> View:
        for suffix in FORMATS:
            blueprint.get(f"{path}.{suffix}", defaults={"suffix": suffix})(view)
        return view

    return decorated


@blueprint.get("")
@needs(Right.MANAGE)
@recently_confirmed
def index() -> str:
    return render_template("admin/exports.html")


@_in_each_format("/students")
@needs(Right.MANAGE)
@recently_confirmed
def students(suffix: str) -> Response:
    return exported_tables.students(suffix)


@_in_each_format("/companies")
@needs(Right.MANAGE)
@recently_confirmed
def companies(suffix: str) -> Response:
    return exported_tables.companies(suffix)


@_in_each_format("/entries")
@needs(Right.MANAGE)
@recently_confirmed
def entries(suffix: str) -> Response:
    return exported_tables.entries(suffix)


@_in_each_format("/interviews")
@needs(Right.MANAGE)
@recently_confirmed
def interviews(suffix: str) -> Response:
    return exported_tables.interviews(suffix)


@blueprint.get("/audit.csv")
@needs(Right.MANAGE)
@recently_confirmed
def audit() -> Response:
    """The log under the same filters as on its page."""
    asked = audit_filters.asked(request.args)
    if asked.errors:
        raise Problem(RequestCode.INVALID, reason=next(iter(asked.errors.values())))
    return exported_tables.audit(asked.filter)
