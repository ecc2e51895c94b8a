"""Removing all personal data after the fair."""

from __future__ import annotations

from datetime import timedelta

import click
from flask.cli import with_appcontext

from jobfair.commands.output import counted
from jobfair.ops import purge as past_fair
from jobfair.ops.purge import Removal


@click.command("purge")
@click.option("--everything", is_flag=True, help="Remove the companies too.")
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=1),
    help="Do nothing unless this many days have passed since anything happened.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def purge(everything: bool, days: int | None, yes: bool) -> None:
    """Remove a past fair's students, their accounts, entries and sign-ins, and the journal.

    Companies and admins stay. It cannot be undone.
    """
    if days is not None and not _older_than(days):
        return
    removal = past_fair.preview(everything)
    if not removal:
        click.echo("Nothing to remove.")
        return
    if not yes:
        click.confirm(f"Remove {_summary(removal)}? It cannot be undone.", abort=True)
    click.echo(f"Removed {_summary(past_fair.purge(everything))}.")
    if not past_fair.wipe():
        click.echo("The database is busy: traces stay in its file until the next purge.")
    _warn_of_copies()


def _older_than(days: int) -> bool:
    quiet = past_fair.quiet_for()
    if quiet is None or quiet >= timedelta(days=days):
        return True
    click.echo(f"Nothing removed: the last thing happened {quiet.days} days ago, not {days}.")
    return False


def _summary(removal: Removal) -> str:
    rows = {
        "students": removal.students,
        "entries": removal.entries,
        "sign_ins": removal.sign_ins,
        "journal": removal.journal_rows,
    }
    return counted({**rows, "companies": removal.companies} if removal.companies else rows)


def _warn_of_copies() -> None:
    for folder in past_fair.remaining_copies():
        click.echo(f"The same data is still in {folder}: remove it too.")
