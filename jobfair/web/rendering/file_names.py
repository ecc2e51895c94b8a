"""The names of downloaded files."""

from __future__ import annotations

from jobfair.queries.fair import fair_identity
from jobfair.wording.times import local_time

OURS = "jobfair"


def dated(name: str) -> str:
    """A file's name with the day, and with the fair's name instead of ours, as in
    `jobfair-students`.

    `name` is in ASCII, as is what is returned, without suffix.
    """
    today = local_time.today()
    return f"{name.replace(OURS, fair_identity.current().file_name, 1)}-{today:%Y-%m-%d}"
