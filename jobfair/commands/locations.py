"""Prints where JobFair stores things, without any secret."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from jobfair.commands.group import of_database
from jobfair.commands.output import counted
from jobfair.ops import backups
from jobfair.ops import paper as paper_files
from jobfair.wording.times import local_time


@click.command("where")
@with_appcontext
def where() -> None:
    """Print where the database, the secrets and the copies are."""
    for name, value in _locations():
        click.echo(f"{name + ':':14}{value}")


def _locations() -> Iterator[tuple[str, str]]:
    config = current_app.config
    yield "Database", _without_secrets(config["SQLALCHEMY_DATABASE_URI"])
    yield "Holds", _contents()
    yield "Redis", _without_secrets(config["REDIS_URL"]) if config["REDIS_URL"] else "none"
    yield "Instance", current_app.instance_path
    yield "Secret key", _secret_key()
    yield "Time zone", local_time.zone().key
    yield "Last backup", _last(backups.written_in(backups.default_folder()))
    yield "Last paper", _last(paper_files.written_in(paper_files.default_folder()))


def _without_secrets(url: str) -> str:
    # What follows a question mark may hold a password too.
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def _contents() -> str:
    try:
        return counted(backups.row_counts()) or "no fair yet"
    except DBAPIError as error:
        return of_database(error)


def _secret_key() -> str:
    if os.environ.get("JOBFAIR_SECRET_KEY"):
        return "from JOBFAIR_SECRET_KEY"
    path = Path(current_app.instance_path) / "secret_key"
    return str(path) if path.exists() else "given by the program"


def _last(files: list[Path]) -> str:
    if not files:
        return "none"
    written = datetime.fromtimestamp(files[-1].stat().st_mtime, UTC)
    return f"{files[-1]} ({local_time.written(written)})"
