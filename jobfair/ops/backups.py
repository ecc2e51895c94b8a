"""Saving the whole fair to one file, and restoring it after the database was lost.

The file does not depend on the kind of database: SQLite's can be restored into PostgreSQL, and
the other way round. It holds names, password hashes and the stands' links.
"""

from __future__ import annotations

import errno
import os
import tempfile
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from alembic.runtime.migration import MigrationContext
from flask import current_app
from sqlalchemy import (
    Connection,
    Date,
    LargeBinary,
    Table,
    Time,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import OperationalError, StatementError

from jobfair import clock
from jobfair.background import let_others_run
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import BackupTaken, FairRestored
from jobfair.exceptions import RequestCode
from jobfair.extensions import db
from jobfair.models import PASSING, Fair, Role, SignIn, User, UTCDateTime
from jobfair.ops import backup_file, private_files
from jobfair.ops.backup_file import Unreadable
from jobfair.queries.fair import fair_identity
from jobfair.unit_of_work import actors, reset
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import write_transaction

FORMAT = 2
BATCH = 1000

SKIPPED = 1_000_000
"""Numbers left out after a restore, of the journal's and of each table's ids.

The lost fair may have used them after the backup. Used again, an id would mean something else: the
sign-in of another person, a turn for which a phone has rung already, another event of a stream.
"""

FAIRS: Table = Fair.__table__
Batch = tuple[Table, list[dict[str, Any]]]


@dataclass(slots=True)
class Backup:
    """What a file holds: when it was made, for which schema, and how many rows of each table.

    `fair` is the fair's own row. `organisers` are their addresses by the ids of their accounts,
    and `sign_ins` those accounts by the ids of their sign-ins.
    """

    made_at: datetime
    schema: str
    rows: Counter[str] = field(default_factory=Counter)
    fair: dict[str, Any] = field(default_factory=dict)
    organisers: dict[int, str] = field(default_factory=dict)
    sign_ins: dict[int, int] = field(default_factory=dict)

    def include(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Count some more of its rows."""
        self.rows[table.name] += len(rows)
        for row in rows:
            if table is FAIRS:
                self.fair = row
            elif table is User.__table__ and row["role"] == Role.ADMIN:
                self.organisers[row["id"]] = row["email"]
            elif table is SignIn.__table__ and row["user_id"] in self.organisers:
                self.sign_ins[row["id"]] = row["user_id"]


class Occupied(Exception):
    """The database has a fair already, and `replace` was not asked for."""


def default_folder() -> Path:
    """Where backups go by default."""
    return Path(current_app.instance_path) / "backups"


def new_path() -> Path:
    """A path in the default folder, with the time in its name.

    Raises FileExistsError when it exists: it may be the backup that is being restored.
    """
    path = default_folder() / f"jobfair-{private_files.stamp(clock.now())}.jsonl.gz"
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return path


def written_in(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(folder.glob(f"jobfair-{private_files.STAMP}.jsonl.gz"))


def row_counts() -> dict[str, int]:
    """The number of rows by table, without empty tables and the fair's own row."""
    with read_transaction() as connection:
        return _row_counts(connection)


def save(path: Path) -> None:
    """Save the fair as it is at this moment; the fair can go on meanwhile.

    The file replaces an existing one once it is complete. The folder is made if it is missing.
    Raises OSError.
    """
    private_files.folder(path.parent)
    with private_files.written(path) as file:
        write(file)


def write(file: BinaryIO) -> None:
    """Write the same into an open file. Raises OSError."""
    with read_transaction() as connection:
        backup_file.write(file, _saved(connection))


def temporary_file() -> BinaryIO:
    """The whole fair as a file that is gone once it is closed, made on disk: it may be large."""
    # The response closes it once it is sent.
    file = tempfile.TemporaryFile(dir=private_files.folder(default_folder()))  # noqa: SIM115
    write(file)
    file.seek(0)
    return file


def download_name() -> str:
    """What such a file is called where it is taken away."""
    return f"{fair_identity.current().file_name}-{private_files.stamp(clock.now())}.jsonl.gz"


def note_taken(actor: Actor) -> None:
    """Record that somebody takes the whole fair away in a file."""
    with write_transaction(actor) as work:
        work.record(actor, BackupTaken())


def check(path: Path) -> Backup:
    """Read a whole backup. Raises OSError, and Unreadable when it cannot be restored here."""
    lines = backup_file.read(path)
    head = next(lines, None)
    if not isinstance(head, dict) or head.get("jobfair") != FORMAT:
        raise Unreadable(
            RequestCode.BACKUP_DAMAGED,
            f"{path} is no backup that this version of JobFair can read.",
        )
    # The seal first: nothing in a file can be trusted without it.
    for number, _ in enumerate(lines):
        if number % BATCH == 0:
            let_others_run()
    lines = backup_file.read(path)
    next(lines)
    with read_transaction() as connection:
        schema = _schema(connection)
    if head.get("schema") != schema:
        raise Unreadable(
            RequestCode.BACKUP_OF_ANOTHER_VERSION,
            f"{path} was made with the database's schema {head.get('schema')}, here it is "
            f"{schema}: restore it with the version of JobFair that made it.",
        )
    with _refused_in_words(path):
        found = Backup(datetime.fromisoformat(head["at"]), schema)
        for table, batch in _batches(lines):
            found.include(table, batch)
            let_others_run()
        if head["given_out"].keys() != _numbered():
            raise ValueError
        return found


@contextmanager
def _refused_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OperationalError:
        # That is the database's fault and not the file's.
        raise
    except (LookupError, TypeError, ValueError, AttributeError, StatementError) as error:
        raise Unreadable(
            RequestCode.BACKUP_DAMAGED, f"{path} holds what is no row of a fair."
        ) from error


def restore(path: Path, replace: bool = False, by: Actor = actors.SYSTEM) -> None:
    """Restore the fair from a backup, in one transaction, and record by whom.

    `by` has an account in the backup.

    Raises Occupied when the database has a fair and `replace` is false; also OSError and
    Unreadable. After any exception nothing has changed.
    """
    made_at = check(path).made_at.isoformat()
    with write_transaction(actors.SYSTEM) as work:
        connection = work.connection
        if not replace and _row_counts(connection):
            raise Occupied
        given_out = _given_out(connection)
        for table in reversed(db.metadata.sorted_tables):
            if table is not FAIRS:
                connection.execute(table.delete())
        lines = backup_file.read(path)
        saved = next(lines)
        with _refused_in_words(path):
            for table, rows in _batches(lines):
                _put(connection, table, rows)
            for name, highest in saved["given_out"].items():
                _go_on_after(connection, name, max(highest + SKIPPED, given_out[name]))
        number = connection.execute(select(Fair.revision)).scalar_one()
        reset.record(work, by, FairRestored(made_at), max(number + SKIPPED, work.number) + 1)


def _saved(connection: Connection) -> Iterator[Any]:
    yield {
        "jobfair": FORMAT,
        "schema": _schema(connection),
        "at": clock.now(),
        "given_out": _given_out(connection),
    }
    for table in _tables():
        yield {"table": table.name, "columns": table.columns.keys()}
        query = select(table).order_by(*table.primary_key.columns)
        for number, row in enumerate(
            connection.execute(query, execution_options={"yield_per": BATCH})
        ):
            if number % BATCH == 0:
                let_others_run()
            yield list(row)


def _batches(lines: Iterator[Any]) -> Iterator[Batch]:
    """The rows after a backup's head, in batches, ready to be stored."""
    table: Table = FAIRS
    columns: list[str] = []
    rows: list[dict[str, Any]] = []
    for line in lines:
        if isinstance(line, dict):
            yield table, rows
            table, columns, rows = db.metadata.tables[line["table"]], line["columns"], []
            continue
        rows.append(_values(table, dict(zip(columns, line, strict=True))))
        if len(rows) == BATCH:
            yield table, rows
            rows = []
    yield table, rows


def _values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    for name, value in row.items():
        if value is not None:
            row[name] = _READ.get(type(table.c[name].type), _as_it_is)(value)
    return row


def _as_it_is(value: Any) -> Any:
    return value


_READ: Mapping[type, Callable[[Any], Any]] = {
    UTCDateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    Time: time.fromisoformat,
    LargeBinary: b64decode,
}
"""How a column's type is read that JSON has no value for."""


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is FAIRS:
        # The fair's row is the lock that others wait for, so it is updated and not replaced.
        for row in rows:
            connection.execute(update(FAIRS).where(FAIRS.c.id == row["id"]).values(row))
    elif rows:
        connection.execute(insert(table), rows)


def _row_counts(connection: Connection) -> dict[str, int]:
    counts = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in _tables()
        if table is not FAIRS
    }
    return {name: count for name, count in counts.items() if count}


def _tables() -> list[Table]:
    """The tables that hold the fair, referenced tables first."""
    return [table for table in db.metadata.sorted_tables if not table.info.get(PASSING)]


def _schema(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or "none"


def _given_out(connection: Connection) -> dict[str, int]:
    """The highest id ever used, by table with automatic ids."""
    if connection.dialect.name == "sqlite":
        query = "SELECT seq FROM sqlite_sequence WHERE name = :name"
    else:
        query = "SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)"
    return {
        name: connection.execute(text(query), {"name": name}).scalar() or 0 for name in _numbered()
    }


def _numbered() -> set[str]:
    """The names of the tables with automatic ids."""
    return {
        table.name
        for table in db.metadata.sorted_tables
        if table.autoincrement_column is not None and table is not FAIRS
    }


def _go_on_after(connection: Connection, name: str, highest: int) -> None:
    """Let a table's next id be higher than `highest`."""
    given = {"name": name, "highest": highest}
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
        query = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)"
    else:
        query = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"
    connection.execute(text(query), given)
