"""The migrations make exactly the tables of the models, on both databases, and unmake them."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import Enum, String, inspect, make_url, text

from jobfair import create_app
from jobfair.extensions import db
from jobfair.models import Role, SignIn, User, UTCDateTime
from tests.conftest import settings
from tests.support import real_servers


@pytest.fixture
def unmigrated(migrated_app, tmp_path):
    """An application on an empty database beside the one of the other tests."""
    url = migrated_app.config["SQLALCHEMY_DATABASE_URI"]
    if make_url(url).get_backend_name() == "sqlite":
        yield create_app(settings(f"sqlite:///{tmp_path / 'new.sqlite'}"))
        return
    with real_servers.database(url) as new:
        yield create_app(settings(new))


def test_up_and_down(unmigrated):
    with unmigrated.app_context():
        upgrade()
        check()
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        upgrade()
        db.engine.dispose()


def fill(connection):
    """Put a row into every table, with a value in each column."""
    for table in db.metadata.sorted_tables:
        if table.name != "fairs":  # It has its row from the beginning.
            connection.execute(table.insert().values(row_of(table, number=1)))
    connection.execute(text("UPDATE fairs SET ends_on = '2026-11-26', call_minutes = 7"))


def ids_given(connection):
    """The ids that those get who come next and go again, where ids are never reused."""
    given = {}
    for table in db.metadata.sorted_tables:
        if table.dialect_options["sqlite"]["autoincrement"]:
            new = table.insert().values(row_of(table, 2, given)).returning(table.c.id)
            given[table.name] = connection.execute(new).scalar_one()
    for name in reversed(given):
        table = db.metadata.tables[name]
        connection.execute(table.delete().where(table.c.id == given[name]))
    return given


def row_of(table, number, ids=None):
    numbered = table.dialect_options["sqlite"]["autoincrement"]
    return {
        each.name: value_of(each, number, ids or {})
        for each in table.columns
        if not (numbered and each.name == "id")
    }


def value_of(column, number, ids):
    for each in column.foreign_keys:
        return ids.get(each.column.table.name, 1)
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[0] if kind.enum_class is None else next(iter(kind.enum_class))
    if isinstance(kind, UTCDateTime):
        return datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    if isinstance(kind, String):
        return f"{number} {column.name}"[: kind.length]
    values = {int: number, bool: True, bytes: bytes([number])}
    return values.get(kind.python_type, {})


def rows(connection):
    """All rows of all tables, each by its columns."""
    tables = [each for each in inspect(connection).get_table_names() if each != "alembic_version"]
    return {
        name: [dict(row) for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()]  # noqa: S608
        for name in tables
    }


def shared(rows, others):
    """Of rows, the tables and columns that others have too."""
    return {
        name: [
            {key: value for key, value in row.items() if key in others[name][0]}
            for row in rows[name]
        ]
        for name in rows
        if others.get(name)
    }


def revisions():
    script = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
    return [each.revision for each in script.walk_revisions()]


def test_no_migration_loses_what_both_sides_know(unmigrated):
    """Each is taken back and carried out again, with data in every table."""
    with unmigrated.app_context():
        upgrade()
        with db.engine.begin() as connection:
            fill(connection)
            before, given = rows(connection), ids_given(connection)
        assert all(before.values()), "a table without a row"
        for revision, older in pairwise(revisions()):
            downgrade(revision=older)
            with db.engine.connect() as connection:
                below = rows(connection)
            assert below == shared(before, below), f"down from {revision}"
            upgrade()
            with db.engine.begin() as connection:
                above = rows(connection)
                assert shared(above, below) == below, f"up to {revision} again"
                newer = ids_given(connection)
            assert all(newer[name] > given[name] for name in given if name in below), (
                f"ids again at {revision}"
            )
            before, given = above, newer
        db.engine.dispose()


def test_the_older_version_lets_in_nobody_of_the_team_but_organisers(unmigrated):
    with unmigrated.app_context():
        upgrade()
        with db.engine.begin() as connection:
            for number, role in enumerate(Role, 1):
                named = {"email": f"{role}@example.org", "role": role, "id": number}
                user = row_of(User.__table__, number) | named
                connection.execute(User.__table__.insert().values(user))
                connection.execute(SignIn.__table__.insert().values(row_of_user(number)))
        downgrade(revision="0017")
        upgrade()
        with db.engine.connect() as connection:
            assert set(connection.execute(text("SELECT role FROM users")).scalars()) == {
                "student",
                "admin",
            }
            assert connection.execute(text("SELECT count(*) FROM sign_ins")).scalar() == 2
        db.engine.dispose()


def row_of_user(number):
    return row_of(SignIn.__table__, number, {"users": number})
