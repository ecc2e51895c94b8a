"""Backing up the whole fair into a file, and restoring it."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from jobfair.commands.output import counted
from jobfair.ops import backups
from jobfair.ops.backup_file import Unreadable
from jobfair.ops.backups import Occupied
from jobfair.wording.times import local_time

CONFIRMED = "replace"


@click.command("backup")
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path),
    help="The file to write; one in backups/ of the instance folder unless said.",
)
@with_appcontext
def backup(path: Path | None) -> None:
    """Write the whole fair into one file, while it goes on.

    The file holds names, password hashes and the stands' links: only its owner may read it.
    """
    path = path or backups.new_path()
    backups.save(path)
    click.echo(path)


@click.command("restore")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Even where there is a fair already; asks first.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def restore(path: Path, replace: bool, yes: bool) -> None:
    """Put the fair back to what a backup holds, all of it or nothing.

    What --replace replaces is backed up first. Links, passwords and sign-ins become those of
    the backup again.
    """
    try:
        held = backups.row_counts()
        found = backups.check(path)
        click.echo(f"Backup of {local_time.written(found.made_at)}: {counted(found.rows)}.")
        if held and not replace:
            raise Occupied
        if held:
            _confirm_and_keep(held, yes)
        backups.restore(path, replace)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    except Occupied as error:
        raise click.ClickException(
            "There is a fair in the database already: --replace puts the backup in its place."
        ) from error
    click.echo("Restored; links, passwords and sign-ins are those of the backup.")


def _confirm_and_keep(held: dict[str, int], yes: bool) -> None:
    click.echo(f"It replaces: {counted(held)}.")
    if not yes and click.prompt(f"Type «{CONFIRMED}» to go on") != CONFIRMED:
        raise click.ClickException("Nothing was changed.")
    kept = backups.new_path()
    backups.save(kept)
    click.echo(f"What was there is kept in {kept}")
