"""Backups that were uploaded, from the preview of what they hold until one is restored.

On disk and not in the form, as one holds the whole fair. Each goes when it was restored, or after
an hour: it is personal data that nobody looks after.
"""

from __future__ import annotations

import secrets
import shutil
import time
from pathlib import Path
from typing import IO

from jobfair.ops import backups, private_files

KEPT_SECONDS = 3600
SUFFIX = ".jsonl.gz"


def keep(file: IO[bytes]) -> str:
    """Keep an uploaded file. Returns its key, by which `path` finds it. Raises OSError."""
    prune()
    key = secrets.token_hex(16)
    with private_files.written(private_files.folder(_folder()) / f"{key}{SUFFIX}") as kept:
        shutil.copyfileobj(file, kept)
    return key


def path(key: str) -> Path | None:
    """Where the file with that key is; None where it is gone, or never was."""
    return next((each for each in _kept() if each.name == f"{key}{SUFFIX}"), None)


def prune() -> None:
    """Remove those that nobody has restored for an hour."""
    for each in _kept():
        if time.time() - each.stat().st_mtime > KEPT_SECONDS:
            each.unlink(missing_ok=True)


def _kept() -> list[Path]:
    return list(_folder().glob(f"*{SUFFIX}"))


def _folder() -> Path:
    return backups.default_folder() / "uploaded"
