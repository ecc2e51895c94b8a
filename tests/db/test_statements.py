"""A statement that the driver runs itself says what SQLAlchemy would, in all that it says."""

import pytest
from sqlalchemy import bindparam, event, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from jobfair import clock
from jobfair.db.statements import CompiledStatement, one_of
from jobfair.db.transactions import autocommit, read_transaction, unlocked_transaction
from jobfair.extensions import db
from jobfair.models import (
    Company,
    Entry,
    JournalRow,
    Push,
    Student,
)
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories

NAMED = Company.id == bindparam("company_id")


@pytest.fixture
def techcorp(app):
    company_id = factories.company("TechCorp", stand="A1")
    alice = factories.student("Alice")
    interviews.complete(actors.company(company_id), factories.interview(alice, company_id))
    factories.entry(factories.student("Bob"), company_id)
    return company_id


@pytest.mark.parametrize("model", [Company, Student, Entry, JournalRow])
def test_rows_hold_the_same_values(techcorp, model):
    """Enumerations, times, JSON, truths and nothing at all."""
    query = select(model.__table__).order_by(*model.__table__.primary_key)
    with read_transaction() as connection:
        rows = CompiledStatement(query).rows(connection)
        assert rows == [tuple(row) for row in connection.execute(query)]
    assert rows


def test_a_union_and_a_limit(techcorp):
    parts = [select(Entry.id, Entry.state).where(Entry.company_id == bindparam("given"))] * 2
    query = select(parts[0].union_all(*parts[1:]).subquery()).limit(3)
    with autocommit() as connection:
        rows = CompiledStatement(query).rows(connection, given=techcorp)
        assert len(rows) == 3
        assert rows == [tuple(row) for row in connection.execute(query, {"given": techcorp})]


def test_a_row_that_is_not_there(techcorp):
    with autocommit() as connection:
        assert (
            CompiledStatement(select(Company.name).where(NAMED)).row(connection, company_id=0)
            is None
        )


@pytest.mark.parametrize("chosen", [[], [1], [1, 3]])
def test_one_of_so_many_numbers(app, chosen):
    ids = [factories.company(name) for name in ("A", "B", "C")]
    given = [ids[number - 1] for number in chosen]
    statement = CompiledStatement(
        select(Company.id).where(one_of(Company.id, "given")).order_by("id")
    )
    with autocommit() as connection:
        assert statement.rows(connection, given=given) == [(each,) for each in given]


def test_many_are_written_at_a_time(techcorp):
    statement = CompiledStatement(insert(Push))
    with unlocked_transaction() as connection:
        connection.execute(text("DELETE FROM pushes"))
    row = {"turn": None, "due_at": clock.now(), "sent_at": None}
    both = [row | {"number": 10_000, "subscription_id": 0}] * 2
    with pytest.raises(IntegrityError), unlocked_transaction() as connection:
        statement.write(connection, both)
    with autocommit() as connection:
        assert connection.execute(select(Push)).all() == []


def test_nothing_to_write_is_no_statement(techcorp):
    told = []
    event.listen(db.engine, "before_cursor_execute", lambda *each: told.append(each[2]))
    with unlocked_transaction() as connection:
        CompiledStatement(insert(Push)).write(connection, [])
    assert not [each for each in told if "INSERT" in each]


def test_somebody_who_listens_to_statements_hears_of_it(techcorp):
    told = []
    event.listen(db.engine, "before_cursor_execute", lambda *each: told.append(each[2]))
    with autocommit() as connection:
        CompiledStatement(select(Company.name).where(NAMED)).row(connection, company_id=techcorp)
    assert [each.split()[:2] for each in told] == [["SELECT", "companies.name"]]


def test_what_the_database_refuses_is_sqlalchemys_error(techcorp):
    """And its words hold none of the values, which may be somebody's address or token."""
    with autocommit() as connection:
        name = CompiledStatement(select(Company.name).where(NAMED)).row(
            connection, company_id=techcorp
        )[0]
    again = CompiledStatement(
        insert(Company.__table__).from_select(
            [each.name for each in Company.__table__.columns],
            select(Company.__table__).where(NAMED),
        )
    )
    with pytest.raises(IntegrityError) as refused, unlocked_transaction() as connection:
        again.write(connection, [{"company_id": techcorp}])
    assert refused.value.params is None
    assert name not in str(refused.value.statement)
    factories.company("After it")


def _row_after_the_end(statement, connection, company_id):
    own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    with db.engine.connect() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({own})")
    statement.row(connection, company_id=company_id)


def test_a_connection_that_was_lost_is_let_go(techcorp):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("a file has no connection to lose")
    statement = CompiledStatement(select(Company.name).where(NAMED))
    with pytest.raises(OperationalError) as lost, autocommit() as connection:
        _row_after_the_end(statement, connection, techcorp)
    assert lost.value.connection_invalidated
    with autocommit() as connection:
        assert statement.row(connection, company_id=techcorp) == ("TechCorp",)
