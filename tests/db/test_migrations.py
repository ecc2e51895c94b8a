"""The migrations make exactly the tables of the models, on both databases, and unmake them."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import Enum, String, inspect, make_url, text

from jobfair import create_app
from jobfair.extensions import db
from jobfair.models import Company, Fair, Role, SignIn, Student, User, UTCDateTime
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
    values = {int: number, bool: True, bytes: bytes([number]), date: date(2026, 11, 26)}
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


@pytest.mark.system
def test_no_migration_loses_what_both_sides_know(unmigrated):
    """Each is taken back and carried out again, with data in every table; at last all of them."""
    with unmigrated.app_context():
        upgrade()
        with db.engine.begin() as connection:
            fill(connection)
            # These have come and gone: nobody may get their ids.
            given = ids_given(connection)
            before, counted = rows(connection), counters(connection)
        assert all(before.values()), "a table without a row"
        assert {name: counted[name] for name in given} == given
        for revision, older in pairwise(revisions()):
            below, _ = stepped(downgrade, older)
            assert below == shared(before, below), f"down from {revision}"
            above, counted_again = stepped(upgrade, revision)
            assert shared(above, below) == below, f"up to {revision} again"
            assert all(
                counted_again.get(name, 0) >= counted[name] for name in counted if name in below
            ), f"ids again at {revision}"
            before, counted = stepped(downgrade, older)
        above, _ = stepped(upgrade, "head")
        assert shared(above, before) == before
        db.engine.dispose()


def stepped(step, revision):
    """Goes up or down to a revision. Returns all rows there, and the counters of ids."""
    step(revision=revision)
    with db.engine.connect() as connection:
        return rows(connection), counters(connection)


def counters(connection):
    """The last id that was given in each table whose ids are never reused, known to any version."""
    if connection.dialect.name == "sqlite":
        return dict(tuple(row) for row in connection.execute(text("SELECT * FROM sqlite_sequence")))
    named = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
    return {name.removesuffix("_id_seq"): last for name, last in connection.execute(text(named))}


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


@pytest.mark.parametrize(
    ("revision", "rows", "phase"),
    [
        (0, {}, "preparing"),
        (0, {User: {"role": Role.ADMIN}}, "preparing"),
        (1, {}, "open"),
        (0, {Company: {}}, "open"),
        (0, {User: {}, Student: {"company_id": None}}, "open"),
    ],
    ids=["new", "with an organiser", "in which anything happened", "a company", "a student"],
)
def test_a_fair_in_which_anything_is_stays_open(unmigrated, revision, rows, phase):
    with unmigrated.app_context():
        upgrade(revision="0038")
        with db.engine.begin() as connection:
            connection.execute(Fair.__table__.update().values(revision=revision))
            for model, values in rows.items():
                table = model.__table__
                there = {each["name"] for each in inspect(connection).get_columns(table.name)}
                row = row_of(table, 1) | values
                then = {name: value for name, value in row.items() if name in there}
                connection.execute(table.insert().values(then))
        upgrade()
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT phase FROM fairs")).scalar() == phase
        db.engine.dispose()


def row_of_user(number):
    return row_of(SignIn.__table__, number, {"users": number})
