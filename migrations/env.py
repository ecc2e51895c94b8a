"""How migrations run: on the app's own engine, in one transaction."""

from contextlib import contextmanager, nullcontext

from alembic import context
from alembic.ddl.sqlite import SQLiteImpl
from flask import current_app
from sqlalchemy import inspect, text

from jobfair.models import UTCDateTime


def render_item(kind, item, _context):
    """Keep the project's own column type out of migrations, which must outlive it."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


class _SQLite(SQLiteImpl):
    """Copies a table whose ids are never reused as one, though it is not reflected as such."""

    __dialect__ = "sqlite"

    def prep_table_for_batch(self, batch_impl, table):
        asked = text("SELECT sql FROM sqlite_master WHERE name = :name")
        made = self.connection.scalar(asked, {"name": table.name})
        if "AUTOINCREMENT" in made:
            batch_impl.new_table.dialect_options["sqlite"]["autoincrement"] = True


@contextmanager
def _ids_never_reused(connection):
    """Keep the highest ids ever given on SQLite; a table that is copied knows only its rows'."""
    if not inspect(connection).has_table("users"):
        yield
        return
    given = connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all()
    connection.rollback()
    yield
    for name, highest in given:
        values = {"name": name, "highest": highest}
        connection.execute(
            text("UPDATE sqlite_sequence SET seq = max(seq, :highest) WHERE name = :name"), values
        )


def run():
    db = current_app.extensions["migrate"].db
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # A table is changed by copying it and dropping the old one, which would delete the
            # rows of others that point at it. Ends with this connection's transaction.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
        )
        with (
            _ids_never_reused(connection) if sqlite else nullcontext(),
            context.begin_transaction(),
        ):
            context.run_migrations()
        connection.commit()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            connection.rollback()
            connection.connection.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"rows point at what is not there: {broken[:5]}")


run()
