"""The queues for printing, as a page and as a file that opens without a network."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, render_template
from markupsafe import Markup

from jobfair.ops import private_files
from jobfair.queries.admin.records.paper import Paper, paper
from jobfair.wording.times import local_time

LATEST = "latest.html"
STYLESHEET = "paper.css"


def page() -> str:
    """The page for an organiser."""
    return _render(paper(), style=None)


def default_folder() -> Path:
    """Where the files go by default."""
    return Path(current_app.instance_path) / "paper"


def write(folder: Path, keep: int) -> Path:
    """Write the queues into a folder, as `latest.html` and under a name with the time.

    Only the newest `keep` files with a time are kept. Returns the path of the new one. Raises
    OSError.
    """
    queues = paper()
    style = Path(current_app.static_folder or "") / STYLESHEET
    html = _render(queues, Markup(style.read_text())).encode()  # noqa: S704
    path = private_files.folder(folder) / f"queues-{private_files.stamp(queues.at)}.html"
    for each in (path, folder / LATEST):
        with private_files.written(each) as file:
            file.write(html)
    for old in written_in(folder)[:-keep]:
        old.unlink(missing_ok=True)
    return path


def written_in(folder: Path) -> list[Path]:
    """The files written into a folder, the oldest first."""
    return sorted(folder.glob(f"queues-{private_files.STAMP}.html"))


def _render(queues: Paper, style: str | None) -> str:
    zone = local_time.zone().key
    return render_template("print/paper.html", paper=queues, style=style, zone=zone)
