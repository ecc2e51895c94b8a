"""Statements that are asked all day: each is put into the database's words once, and run by the
driver itself from then on.

SQLAlchemy looks a statement up and makes a context and a result for it each time, which takes as
long again as the driver does. The words, the types of what goes in and comes out, transactions,
errors and events stay SQLAlchemy's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Connection,
    Delete,
    Dialect,
    Insert,
    Integer,
    SelectBase,
    Text,
    TypeDecorator,
    Update,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

CURSOR = "jobfair_cursor"

SQL = SelectBase | Insert | Update | Delete
Row = tuple[Any, ...]
Values = Mapping[str, Any]
Convert = Callable[[Any], Any]

_every: list[CompiledStatement] = []


class CompiledStatement:
    """A statement that is run often. Takes what SQLAlchemy would run; for a list in it, `one_of`.

    Whoever runs it has begun a transaction, or wants none. Raises what SQLAlchemy raises.
    """

    def __init__(self, made: SQL) -> None:
        self._made = made
        self._words: dict[str, _CompiledText] = {}
        _every.append(self)

    def rows(self, connection: Connection, **values: Any) -> list[Row]:
        """All rows that are found with these values of its parameters."""
        words = self._for(connection.dialect)
        cursor = _cursor_of(connection)
        _run(connection, cursor, words.text, words.given(values))
        return words.read(cursor.fetchall())

    def row(self, connection: Connection, **values: Any) -> Row | None:
        """The first row, None when there is none."""
        rows = self.rows(connection, **values)
        return rows[0] if rows else None

    def write(self, connection: Connection, each: Sequence[Values]) -> None:
        """Carry it out with each of these sets of values."""
        words = self._for(connection.dialect)
        given = [words.given(values) for values in each]
        if given:
            # A new cursor: where what is written is sent at once, its answers come later.
            cursor = connection.connection.cursor()
            _run(connection, cursor, words.text, given if len(given) > 1 else given[0])

    def make_ready(self, dialect: Dialect) -> None:
        """Put it into a database's words, before somebody waits for it."""
        self._for(dialect)

    def _for(self, dialect: Dialect) -> _CompiledText:
        words = self._words.get(dialect.name)
        if words is None:
            words = self._words[dialect.name] = _CompiledText(self._made, dialect)
        return words


def every() -> tuple[CompiledStatement, ...]:
    """All that have been made so far."""
    return tuple(_every)


class _CompiledText:
    """A statement for one kind of database: its text, how values go in and how rows come out."""

    def __init__(self, made: SQL, dialect: Dialect) -> None:
        compiled = made.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self.text = str(compiled)
        # The order, where parameters are counted and not named.
        self._places: Sequence[str] | None = compiled.positiontup
        self._fixed: dict[str, Any] = {}
        self._into: dict[str, Convert | None] = {}
        for bind, name in compiled.bind_names.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.required:
                self._into[name] = convert
            else:
                value = bind.effective_value
                self._fixed[name] = value if convert is None else convert(value)
        self._out_of = tuple(
            (place, convert)
            for place, column in enumerate(_results(made))
            if (convert := column.dialect_impl(dialect).result_processor(dialect, None))
        )

    def given(self, values: Values) -> Any:
        """The values as the driver takes them."""
        given = self._fixed | {
            name: values[name] if convert is None else convert(values[name])
            for name, convert in self._into.items()
        }
        return given if self._places is None else [given[name] for name in self._places]

    def read(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with the values that the columns' types say."""
        return [self._read(row) for row in rows] if self._out_of else list(rows)

    def _read(self, row: Row) -> Row:
        values = list(row)
        for place, convert in self._out_of:
            values[place] = convert(values[place])
        return tuple(values)


def _results(made: SQL) -> list[TypeEngine[Any]]:
    return [each.type for each in made.selected_columns] if isinstance(made, SelectBase) else []


def _cursor_of(connection: Connection) -> Any:
    """A connection's own cursor for reading: making one takes a third of a statement's time."""
    cursor = connection.info.get(CURSOR)
    if cursor is None:
        cursor = connection.info[CURSOR] = connection.connection.cursor()
    return cursor


def _run(connection: Connection, cursor: Any, text: str, given: Any) -> None:
    many = isinstance(given, list) and bool(given) and isinstance(given[0], (dict, list))
    for told in connection.dispatch.before_cursor_execute:
        told(connection, cursor, text, given, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(text, given)
    except connection.dialect.loaded_dbapi.Error as error:
        raise refused(connection, error, text) from error
    except BaseException as error:
        if not isinstance(error, Exception):
            # Whoever is stopped in the middle leaves a connection that waits for an answer.
            connection.invalidate(error)
        raise


def refused(connection: Connection, error: Any, text: str | None = None) -> StatementError:
    """What SQLAlchemy would raise for an error of the driver's; a lost connection is let go."""
    driver = connection.connection.dbapi_connection
    lost = connection.dialect.is_disconnect(error, driver, None)
    if lost:
        connection.invalidate(error)
    raised: StatementError = DBAPIError.instance(
        text,
        None,
        error,
        connection.dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=connection.dialect,
    )
    return raised


def one_of(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column is one of the numbers given under a name. The words are the same however
    many there are."""
    return _OneOf(column, name)


class _OneOf(ColumnElement[bool]):
    inherit_cache = True
    type = Boolean()

    def __init__(self, column: Any, name: str) -> None:
        self.column = column
        self.numbers = bindparam(name, type_=_Numbers())


class _Numbers(TypeDecorator[Collection[int]]):
    """Numbers as one value: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(Integer()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


@compiles(_OneOf, "postgresql")
def _in_array(element: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.column == any_(element.numbers), **more)


@compiles(_OneOf, "sqlite")
def _in_json(element: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    each = func.json_each(element.numbers).table_valued("value")
    return compiler.process(element.column.in_(select(each.c.value)), **more)
