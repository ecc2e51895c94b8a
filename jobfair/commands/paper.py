"""The queues on paper, written to disk while the server still runs."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from jobfair.ops import paper as paper_files


@click.command("paper")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder to write into; paper/ in the instance folder unless said.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="How many earlier ones stay.",
)
@with_appcontext
def paper(folder: Path | None, keep: int) -> None:
    """Write every queue as a page to print, with its time in the name and as latest.html.

    The file opens without server or network. It holds names: only its owner may read it.
    Let a timer run this every few minutes.
    """
    click.echo(paper_files.write(folder or paper_files.default_folder(), keep))
