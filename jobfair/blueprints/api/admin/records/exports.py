"""The fair's tables as files, for programs: into a spreadsheet, a badge printer, an archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from flask import Blueprint, Response

from jobfair.blueprints.api.admin.records.log_rows import AuditRows, chosen_rows
from jobfair.blueprints.api.calls import answers, asks
from jobfair.blueprints.api.files import File
from jobfair.fields.input.parsing import Query
from jobfair.models import Scope
from jobfair.services.access.rights import Right
from jobfair.web.rendering import exported_tables
from jobfair.web.rendering.table_files import TYPES
from jobfair.web.security.sign_in.authentication import needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

CSV = File((TYPES["csv"],))
TABLE = File(tuple(TYPES.values()))

blueprint = Blueprint("api_exports", __name__, url_prefix="/api/admin/exports")


class TableFormat(Query):
    """CSV as a spreadsheet of the reader's language expects it, or an Excel workbook."""

    format: Literal["csv", "xlsx"] = "csv"


_WHAT = {
    "students": "every account",
    "companies": "every company, without its link",
    "entries": "every place in every queue",
    "interviews": "every interview",
}
"""What a table holds, by its name."""


def _serve(name: str, table: Callable[[str], Response]) -> None:
    """Add the call that answers a table as a file."""

    @blueprint.get(f"/{name}/", endpoint=name)
    @answers(f"Export {_WHAT[name]} as a file", TABLE, scope=Scope.EXPORTS)
    @needs(Right.MANAGE)
    @recently_confirmed
    @asks(TableFormat)
    def export(choice: TableFormat) -> Response:
        return table(choice.format)


for _name, _table in exported_tables.TABLES.items():
    _serve(_name, _table)


@blueprint.get("/audit/")
@answers(
    "Export the log as a CSV file, under the same filters, the oldest row first",
    CSV,
    scope=Scope.EXPORTS,
)
@needs(Right.MANAGE)
@recently_confirmed
@asks(AuditRows)
def audit(choice: AuditRows) -> Response:
    chosen = chosen_rows(choice)
    return chosen if isinstance(chosen, Response) else exported_tables.audit(chosen)
