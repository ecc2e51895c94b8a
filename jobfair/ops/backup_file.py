"""A compressed file of JSON values, one per line, sealed at the end with the secret key.

Somebody who can write to the folder of the backups cannot make one that is restored.
"""

from __future__ import annotations

import gzip
import hmac
import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from jobfair.exceptions import RequestCode
from jobfair.security.keyed_digest import begin_digest

SEAL = "hmac-sha256"
LONGEST_LINE = 4 * 1024**2
"""In bytes; far more than a row has, a past edition's report too. A longer one would be read into
memory as a whole."""

MOST_LINES = 20_000_000
"""Far more than a fair has rows. A small file may unpack to any length."""

DAMAGED = (gzip.BadGzipFile, zlib.error, EOFError, ValueError, RecursionError)


class Unreadable(Exception):
    """A file that is damaged or no backup; the message, and `code` to pages, say why."""

    def __init__(self, code: RequestCode, message: str) -> None:
        super().__init__(message)
        self.code = code


def write(file: BinaryIO, values: Iterable[Any]) -> None:
    """Write the values, and after them the seal of all their lines."""
    total = begin_digest("backup")
    with gzip.GzipFile(fileobj=file, mode="wb", filename="") as packed:
        for value in values:
            line = _line(value)
            total.update(line)
            packed.write(line)
        packed.write(_line({SEAL: total.hexdigest()}))


def read(path: Path) -> Iterator[Any]:
    """The values as they were written; times come back as ISO 8601, files as base64.

    Raises OSError, and Unreadable for a file that was changed or sealed with another secret key, at
    the latest after the last value.
    """
    total, sealed = begin_digest("backup"), None
    try:
        with gzip.open(path, "rb") as file:
            for number, line in enumerate(iter(partial(file.readline, LONGEST_LINE), b"")):
                if number == MOST_LINES:
                    raise Unreadable(
                        RequestCode.BACKUP_DAMAGED, f"{path} is no backup: it is too long."
                    )
                if len(line) == LONGEST_LINE:
                    raise Unreadable(
                        RequestCode.BACKUP_DAMAGED,
                        f"{path} is no backup: a line of it is too long.",
                    )
                value = json.loads(line)
                if sealed is not None:
                    raise Unreadable(
                        RequestCode.BACKUP_FOREIGN, f"{path} was altered: it goes on after its end."
                    )
                if isinstance(value, dict) and SEAL in value:
                    sealed = value[SEAL]
                    continue
                total.update(line)
                yield value
    except EOFError as error:
        raise _cut(path) from error
    except DAMAGED as error:
        raise Unreadable(RequestCode.BACKUP_DAMAGED, f"{path} is damaged, or no backup.") from error
    if sealed is None:
        raise _cut(path)
    if not hmac.compare_digest(str(sealed).encode(), total.hexdigest().encode()):
        raise Unreadable(
            RequestCode.BACKUP_FOREIGN,
            f"{path} was altered, or made with another JOBFAIR_SECRET_KEY: its seal does not fit.",
        )


def _cut(path: Path) -> Unreadable:
    return Unreadable(
        RequestCode.BACKUP_CUT, f"{path} ends too early: it was not written or copied whole."
    )


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_as_text).encode() + b"\n"


def _as_text(value: datetime | date | time | bytes) -> str:
    """What JSON has no value for: moments, days and hours in ISO 8601, files in base64."""
    return b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()
