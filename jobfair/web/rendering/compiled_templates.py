"""Compiled templates are kept in `instance/templates`: compiling them took two seconds at each
start of a worker."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

PACKAGE = Path(__file__).parents[2]
COMPILED_IN = ("*.py", "*.mo")
"""The files on which compiled templates depend: filters are applied to constants, and messages are
replaced by their translations."""


def kept_in(directory: Path) -> BytecodeCache | None:
    """The compiled templates in a directory, which is made if missing; None if it cannot be
    made."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return _CompiledTemplates(directory, _state_of(PACKAGE))


class _CompiledTemplates(FileSystemBytecodeCache):
    def __init__(self, directory: Path, compiled_with: str) -> None:
        super().__init__(str(directory))
        self._compiled_with = compiled_with

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + self._compiled_with)

    def dump_bytecode(self, bucket: Bucket) -> None:
        # If the disk is full or read-only, the template is compiled again next time.
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _state_of(package: Path) -> str:
    """Differs after any change to the code or the translations."""
    state = sha256()
    for path in sorted(each for kind in COMPILED_IN for each in package.rglob(kind)):
        found = path.stat()
        state.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return state.hexdigest()
