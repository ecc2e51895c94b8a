"""What all the commands share: a failure is one sentence and exit code 1, no stack trace."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError

NOT_MIGRATED = "The database does not have JobFair's tables: run «flask db upgrade» first."


class FairGroup(AppGroup):
    """The group of commands."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DBAPIError as error:
            raise click.ClickException(of_database(error)) from error
        except OSError as error:
            path = error.filename2 or error.filename
            where = f"{path}: " if path else ""
            raise click.ClickException(f"{where}{error.strerror or error}.") from error


def of_database(error: DBAPIError) -> str:
    """What went wrong with the database, in one sentence."""
    reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
    if isinstance(error, ProgrammingError) or reason.startswith("no such "):
        return NOT_MIGRATED
    if isinstance(error, OperationalError | InterfaceError):
        return f"The database does not answer: {reason}."
    return f"The database refused: {reason}."
