"""`/health` says that PostgreSQL's disk is full, from the first write that found no room until
there is room again."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from jobfair.db.condition import Condition, condition
from jobfair.db.transactions import unlocked_transaction
from jobfair.extensions import db

NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$
"""
CHANGE = text("UPDATE fairs SET call_minutes = 5")


@pytest.fixture
def app(app_on_both_databases):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite's own disk is looked at")
    return app_on_both_databases


@pytest.fixture
def full(app):
    """Nothing of the fair's row can be written."""
    _take_room()
    yield
    _make_room()


def _take_room():
    with db.engine.begin() as connection:
        connection.execute(text(NO_ROOM))
        connection.execute(
            text("CREATE TRIGGER full_disk BEFORE UPDATE ON fairs EXECUTE FUNCTION no_room()")
        )


def _make_room():
    with db.engine.begin() as connection:
        connection.execute(text("DROP FUNCTION IF EXISTS no_room CASCADE"))


def test_health_says_that_the_disk_is_full_until_there_is_room(full, client):
    assert condition() is Condition.OK
    with pytest.raises(OperationalError), unlocked_transaction() as connection:
        connection.execute(CHANGE)
    for _ in range(2):
        answer = client.get("/health")
        assert (answer.status_code, answer.json["database"]) == (503, Condition.DISK_FULL)
    _make_room()
    assert client.get("/health").json["database"] == "ok"


def test_a_write_that_has_room_ends_it_too(full):
    with pytest.raises(OperationalError), unlocked_transaction() as connection:
        connection.execute(CHANGE)
    _make_room()
    with unlocked_transaction() as connection:
        connection.execute(CHANGE)
    # It asks no more.
    _take_room()
    assert condition() is Condition.OK


def test_another_failure_is_no_full_disk(app):
    with pytest.raises(OperationalError), unlocked_transaction() as connection:
        connection.execute(text("DO $$ BEGIN RAISE 'gone' USING ERRCODE = '57P01'; END $$"))
    assert condition() is Condition.OK
