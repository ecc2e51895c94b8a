"""The formats of a downloaded table, by suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response

from jobfair.web.rendering import csv_files, xlsx_files

FORMATS: Mapping[str, Callable[..., Response]] = {
    "csv": csv_files.attachment,
    "xlsx": xlsx_files.attachment,
}
"""The functions that make the download from a name without suffix, the headings and the rows."""

TYPES: Mapping[str, str] = {"csv": csv_files.MIME_TYPE, "xlsx": xlsx_files.MIME_TYPE}
"""The types of the downloads, for `Content-Type`."""
