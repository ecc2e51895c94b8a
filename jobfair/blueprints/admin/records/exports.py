"""The page that offers the fair as files for a spreadsheet, and the files."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request

from jobfair.exceptions import Problem, RequestCode
from jobfair.queries.admin.records import audit_filters
from jobfair.services.access.rights import Right
from jobfair.web.rendering import exported_tables
from jobfair.web.rendering.table_files import FORMATS
from jobfair.web.security.sign_in.authentication import needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("exports", __name__, url_prefix="/admin/exports")


@blueprint.get("")
@needs(Right.MANAGE)
@recently_confirmed
def index() -> str:
    return render_template("admin/exports.html")


def _serve(name: str, table: Callable[[str], Response]) -> None:
    """Serve a table as a file of each format."""
    view = needs(Right.MANAGE)(recently_confirmed(table))
    for suffix in FORMATS:
        blueprint.add_url_rule(f"/{name}.{suffix}", name, view, defaults={"suffix": suffix})


for _name, _table in exported_tables.TABLES.items():
    _serve(_name, _table)


@blueprint.get("/audit.csv")
@needs(Right.MANAGE)
@recently_confirmed
def audit() -> Response:
    """The log under the same filters as on its page."""
    asked = audit_filters.asked(request.args)
    if asked.errors:
        raise Problem(RequestCode.INVALID, reason=next(iter(asked.errors.values())))
    return exported_tables.audit(asked.filter)
