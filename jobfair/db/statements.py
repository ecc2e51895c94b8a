"""Frequent statements: SQLAlchemy compiles each once, then the driver runs it directly.

At each run SQLAlchemy looks up the statement and makes a context and a result, which takes as long
as the driver itself. The text, the types, transactions, errors and events are still SQLAlchemy's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Connection,
    Delete,
    Dialect,
    Enum,
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
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from jobfair.db import internals

CURSOR = "jobfair_cursor"

SQL = SelectBase | Insert | Update | Delete
Row = tuple[Any, ...]
Values = Mapping[str, Any]
Convert = Callable[[Any], Any]

_every: list[CompiledStatement] = []


class CompiledStatement:
    """A frequent statement, made from one of SQLAlchemy's. `one_of` puts a list into it.

    The keyword arguments are the values of its parameters. The caller has begun a transaction, or
    uses autocommit. Raises what SQLAlchemy raises.
    """

    def __init__(self, statement: SQL) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}
        _every.append(self)

    def rows(self, connection: Connection, **values: Any) -> list[Row]:
        """All rows that are found with these values of its parameters."""
        compiled = self._for(connection.dialect)
        cursor = _cursor_of(connection)
        _run(connection, cursor, compiled.text, compiled.bind(values))
        return compiled.read(cursor.fetchall())

    def row(self, connection: Connection, **values: Any) -> Row | None:
        """The first row, None when there is none."""
        rows = self.rows(connection, **values)
        return rows[0] if rows else None

    def write(self, connection: Connection, each: Sequence[Values]) -> None:
        """Run it with each of these sets of values; with none, do nothing."""
        compiled = self._for(connection.dialect)
        bound = [compiled.bind(values) for values in each]
        if bound:
            # A new cursor: in a pipeline the answers come later.
            cursor = connection.connection.cursor()
            _run(connection, cursor, compiled.text, bound if len(bound) > 1 else bound[0])

    def compile_for(self, dialect: Dialect) -> None:
        """Compile it for a kind of database in advance."""
        self._for(dialect)

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self._statement, dialect)
        return compiled


def every() -> tuple[CompiledStatement, ...]:
    """Returns all statements that have been made so far."""
    return tuple(_every)


class _Compiled:
    """A statement for one kind of database: its text, how values go in and how rows come out."""

    def __init__(self, statement: SQL, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self.text = str(compiled)
        # The order of the parameters, if the driver takes them by position and not by name.
        self._places: Sequence[str] | None = compiled.positiontup
        self._fixed: dict[str, Any] = {}
        self._into: dict[str, Convert | None] = {}
        for bind, name in compiled.bind_names.items():
            convert: Convert | None = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.required:
                self._into[name] = convert
            else:
                value = bind.effective_value
                self._fixed[name] = value if convert is None else convert(value)
        self._out_of = tuple(
            (place, out_of)
            for place, column in enumerate(_column_types(statement))
            if (out_of := _converter(column, dialect))
        )

    def bind(self, values: Values) -> Any:
        """Returns the values as the driver takes them: by name or by position."""
        bound = self._fixed | {
            name: values[name] if convert is None else convert(values[name])
            for name, convert in self._into.items()
        }
        return bound if self._places is None else [bound[name] for name in self._places]

    def read(self, rows: Sequence[Row]) -> list[Row]:
        """Returns the rows with their values as the columns' types have them."""
        return [self._read(row) for row in rows] if self._out_of else list(rows)

    def _read(self, row: Row) -> Row:
        values = list(row)
        for place, convert in self._out_of:
            # Most of a long queue's values are NULL, which is None whatever the type.
            if values[place] is not None:
                values[place] = convert(values[place])
        return tuple(values)


def _converter(column: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """The function from the driver's values to the column's; None if they are the same."""
    convert = column.dialect_impl(dialect).result_processor(dialect, None)
    if convert is not None and isinstance(column, Enum):
        # The number of values is limited.
        return cache(convert)
    return convert


def _column_types(statement: SQL) -> list[TypeEngine[Any]]:
    if not isinstance(statement, SelectBase):
        return []
    return [column.type for column in statement.selected_columns]


def _cursor_of(connection: Connection) -> Any:
    """A connection's own cursor for reading: making one takes a third of a statement's time."""
    cursor = connection.info.get(CURSOR)
    if cursor is None:
        cursor = connection.info[CURSOR] = connection.connection.cursor()
    return cursor


def _run(connection: Connection, cursor: Any, text: str, bound: Any) -> None:
    many = isinstance(bound, list) and bool(bound) and isinstance(bound[0], (dict, list))
    internals.tell_listeners(connection, cursor, text, bound, many)
    try:
        (cursor.executemany if many else cursor.execute)(text, bound)
    except connection.dialect.loaded_dbapi.Error as error:
        raise internals.database_error(connection, error, text) from error
    except BaseException as error:
        if not isinstance(error, Exception):
            # A greenlet killed here leaves a connection that still waits for an answer.
            connection.invalidate(error)
        raise


def one_of(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column is one of the numbers given under a name.

    The statement's text is the same, however many there are.
    """
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
