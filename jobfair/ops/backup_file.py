"""A compressed file of JSON values, one per line, with a checksum at the end."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

SEAL = "sha256"
DAMAGED = (gzip.BadGzipFile, zlib.error, EOFError, ValueError, RecursionError)


class Unreadable(Exception):
    """A file that is damaged or no backup; the message says why, in one sentence."""


def write(file: BinaryIO, values: Iterable[Any]) -> None:
    """Write the values, and after them the checksum of all their lines."""
    total = sha256()
    with gzip.GzipFile(fileobj=file, mode="wb", filename="") as packed:
        for value in values:
            line = _line(value)
            total.update(line)
            packed.write(line)
        packed.write(_line({SEAL: total.hexdigest()}))


def read(path: Path) -> Iterator[Any]:
    """The values as they were written; times come back as ISO 8601.

    Raises OSError, and Unreadable for a file that was changed, at the latest after the last
    value.
    """
    total, sealed = sha256(), None
    try:
        with gzip.open(path, "rb") as file:
            for line in file:
                value = json.loads(line)
                if sealed is not None:
                    raise Unreadable(f"{path} was altered: it goes on after its end.")
                if isinstance(value, dict) and SEAL in value:
                    sealed = value[SEAL]
                    continue
                total.update(line)
                yield value
    except EOFError as error:
        raise Unreadable(f"{path} ends too early: it was not written or copied whole.") from error
    except DAMAGED as error:
        raise Unreadable(f"{path} is damaged, or no backup.") from error
    if sealed is None:
        raise Unreadable(f"{path} ends too early: it was not written or copied whole.")
    if sealed != total.hexdigest():
        raise Unreadable(f"{path} was altered: its checksum does not fit.")


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_iso).encode() + b"\n"


def _iso(moment: datetime) -> str:
    return moment.isoformat()
