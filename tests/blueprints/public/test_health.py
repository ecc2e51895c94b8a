"""`/health` says what is true of the database, and not only that it answers."""

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from sqlalchemy import text

from jobfair.db.condition import Condition
from jobfair.extensions import db
from jobfair.server import warmup


def database_file():
    return Path(db.engine.url.database)


def file_removed(_monkeypatch):
    database_file().unlink()


def another_file(_monkeypatch):
    copy = database_file().with_suffix(".copy")
    shutil.copy(database_file(), copy)
    copy.replace(database_file())


def disk_full(monkeypatch):
    usage = namedtuple("usage", "total used free")(1, 1, 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)


def read_only(monkeypatch):
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)


def older_schema(_monkeypatch):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))


def no_schema(_monkeypatch):
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))


FAULTS = {
    file_removed: Condition.FILE_REMOVED,
    another_file: Condition.FILE_REMOVED,
    disk_full: Condition.DISK_FULL,
    read_only: Condition.READ_ONLY,
    older_schema: Condition.OLDER_SCHEMA,
    no_schema: Condition.OLDER_SCHEMA,
}


@pytest.mark.parametrize(("fault", "said"), FAULTS.items())
def test_health_says_what_is_wrong_with_the_database(client, monkeypatch, fault, said):
    assert client.get("/health").json["database"] == "ok"
    fault(monkeypatch)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json["status"] == "failing"
    assert answer.json["database"] == said


def test_a_newer_schema_than_the_programs_is_no_older_one(client):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from tomorrow'"))
    assert client.get("/health").status_code == 200


def test_a_start_on_an_older_schema_says_what_to_do(app, caplog):
    older_schema(None)
    list(warmup.steps(app))
    assert "db upgrade" in caplog.text
