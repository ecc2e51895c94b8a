"""The fair's tables as files, for programs: into a spreadsheet, a badge printer, an archive."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response

from jobfair.blueprints.api.calls import answers, asks
from jobfair.blueprints.api.files import File
from jobfair.blueprints.api.organisers.log_rows import AuditRows, chosen_rows
from jobfair.fields.parsing import Query
from jobfair.models import Scope
from jobfair.services.access.rights import Right
from jobfair.web.rendering import exported_tables
from jobfair.web.rendering.table_files import TYPES
from jobfair.web.security.authentication import needs
from jobfair.web.security.recent_password import recently_confirmed

CSV = File((TYPES["csv"],))
TABLE = File(tuple(TYPES.values()))

blueprint = Blueprint("api_exports", __name__, url_prefix="/api/admin/exports")


class TableFormat(Query):
    """CSV as a spreadsheet of the reader's language expects it, or an Excel workbook."""

    format: Literal["csv", "xlsx"] = "csv"


@blueprint.get("/students/")
@answers("Take every account away as a file", TABLE, scope=Scope.EXPORTS)
@needs(Right.MANAGE)
@recently_confirmed
@asks(TableFormat)
def students(choice: TableFormat) -> Response:
    return exported_tables.students(choice.format)


@blueprint.get("/companies/")
@answers("Take every stand away as a file, without its link", TABLE, scope=Scope.EXPORTS)
@needs(Right.MANAGE)
@recently_confirmed
@asks(TableFormat)
def companies(choice: TableFormat) -> Response:
    return exported_tables.companies(choice.format)


@blueprint.get("/entries/")
@answers("Take every place in every queue away as a file", TABLE, scope=Scope.EXPORTS)
@needs(Right.MANAGE)
@recently_confirmed
@asks(TableFormat)
def entries(choice: TableFormat) -> Response:
    return exported_tables.entries(choice.format)


@blueprint.get("/interviews/")
@answers("Take every interview away as a file", TABLE, scope=Scope.EXPORTS)
@needs(Right.MANAGE)
@recently_confirmed
@asks(TableFormat)
def interviews(choice: TableFormat) -> Response:
    return exported_tables.interviews(choice.format)


@blueprint.get("/audit/")
@answers(
    "Take the log away as a CSV file, under the same filters, the oldest row first",
    CSV,
    scope=Scope.EXPORTS,
)
@needs(Right.MANAGE)
@recently_confirmed
@asks(AuditRows)
def audit(choice: AuditRows) -> Response:
    chosen = chosen_rows(choice)
    return chosen if isinstance(chosen, Response) else exported_tables.audit(chosen)
