"""How migrations run: on the app's own engine, in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from jobfair.models import UTCDateTime


def render_item(kind, item, _context):
    """Keep the project's own column type out of migrations, which must outlive it."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


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
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            connection.rollback()
            connection.connection.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"rows point at what is not there: {broken[:5]}")


run()
