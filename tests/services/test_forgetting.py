"""A deleted student's words are nowhere any more, by whichever way they were deleted."""

import json
import zlib
from pathlib import Path

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.domain.events import StudentDeleted, kind
from jobfair.extensions import db
from jobfair.models import JournalRow, Note
from jobfair.ops import retention_job
from jobfair.services.access import accounts
from jobfair.unit_of_work import idempotency_keys
from jobfair.unit_of_work.idempotency_keys import IdempotentRequest, StoredResponse
from tests.support.factories import PASSWORD
from tests.support.leaving import FIRST, LAST, WORDS, Leaver


@pytest.fixture
def leaver(app):
    leaver = Leaver(app)
    leaver.does_everything()
    return leaver


def found(words=WORDS):
    """Each word that some row holds, with its table and column."""
    held = set()
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                if row.get("kind") == kind(StudentDeleted):
                    # The organisers' log says who was deleted, until the fair's people go.
                    row = {**row, "data": {**row["data"], "name": ""}}
                for column, value in row.items():
                    text = _text(value)
                    held |= {
                        (word, f"{table.name}.{column}")
                        for word in words
                        if word.casefold() in text
                    }
    return held


def _text(value):
    if isinstance(value, bytes):
        value = zlib.decompress(value).decode()
    elif isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    return str(value).casefold()


def in_the_files():
    path = Path(db.engine.url.database)
    held = [each.read_bytes().lower() for each in path.parent.glob(f"{path.name}*")]
    # The last name stays in the log, as the database says.
    gone = [word for word in WORDS if word not in (FIRST, LAST)]
    return {word for word in gone if any(word.lower().encode() in each for each in held)}


WAYS = pytest.mark.parametrize(
    "way", [Leaver.deletes_the_account, Leaver.is_deleted_by_an_organiser]
)


@WAYS
def test_no_column_of_any_table_holds_a_deleted_students_words(leaver, way):
    before = found()
    assert {word for word, _ in before} == set(WORDS)
    assert {where for _, where in before} >= {
        "users.email", "students.first_name", "sign_ins.device", "journal.data", "notes.text",
        "notes.next_step", "own_notes.text", "students.studies", "students.sentence",
        "push_subscriptions.endpoint", "request_keys.body",
    }  # fmt: skip
    way(leaver)
    assert found() == set()


@WAYS
def test_nor_do_the_files_of_the_database(leaver, way):
    if db.engine.dialect.name != "sqlite":
        return
    assert in_the_files()
    way(leaver)
    assert in_the_files() == set()


def test_where_somebody_is_reading_the_file_is_tidied_within_the_hour(leaver):
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as reader, reader.begin():
        reader.execute(select(Note)).all()
        leaver.deletes_the_account()
        assert in_the_files()
    retention_job.look()
    assert in_the_files() == set()


def test_the_log_goes_on_saying_what_was_done(leaver):
    leaver.deletes_the_account()
    with db.engine.connect() as connection:
        query = select(JournalRow.kind, JournalRow.data).where(JournalRow.student_id == leaver.id)
        rows = connection.execute(query.order_by(JournalRow.number)).all()
    assert rows[-1].data["name"] == f"{FIRST} {LAST}"
    assert {"student_edited", "message_sent", "joined", "interview_started"} <= {
        row.kind for row in rows
    }


def test_a_changed_password_stays_one(leaver):
    accounts.set_password(leaver.organiser.actor, leaver.person.user_id, "another " + PASSWORD)
    leaver.is_deleted_by_an_organiser()
    with db.engine.connect() as connection:
        edits = connection.execute(
            select(JournalRow.data)
            .where(JournalRow.kind == "student_edited")
            .order_by(JournalRow.number)
        ).scalars()
        assert [each["after"] for each in edits] == [{}, {}, {"password": "changed"}]


def test_an_answer_under_way_is_not_kept_after_the_deletion(leaver):
    """It may have read the name before, and comes to be stored after."""
    at_work = IdempotentRequest("company 1", "at work", "digest")
    with db.engine.begin() as connection:
        at = leaver.phone.at
        idempotency_keys.store_key(connection, at, at_work)
    leaver.deletes_the_account()
    with db.engine.begin() as connection:
        answer = StoredResponse(200, "text/html", None, {}, zlib.compress(FIRST.encode()))
        idempotency_keys.store_response(connection, at_work, answer)
    assert idempotency_keys.find(at_work).response is None
    assert found() == set()


def test_what_others_said_before_they_came_is_kept(app):
    earlier = IdempotentRequest("company 1", "earlier", "digest")
    answer = StoredResponse(200, "text/html", None, {}, zlib.compress(b"kept"))
    with db.engine.begin() as connection:
        idempotency_keys.store_key(connection, clock.now(), earlier)
        idempotency_keys.store_response(connection, earlier, answer)
    leaver = Leaver(app)
    leaver.deletes_the_account()
    assert idempotency_keys.find(earlier).response == answer


def test_the_organisers_see_that_a_message_went_with_its_student(app, client, leaver):
    leaver.deletes_the_account()
    leaver.organiser.sign_in(client)
    page = client.get("/admin/messages", headers={"Accept-Language": "en"}).text
    assert "To a deleted account" in page
    assert "Its words went with the account." in page
