"""What the tables are made of: types of columns, indexes, and what a table is marked with."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, Index, TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC. SQLite drops the time zone, so it is added when reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        # PostgreSQL's times are aware: a queue of a thousand has some seven thousand.
        return None if dialect.name == "postgresql" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def stored_enum(enum: type[StrEnum]) -> Enum:
    """The type of a column that holds one of the enum's values, which a constraint checks."""
    return Enum(
        enum,
        native_enum=False,
        length=16,
        values_callable=lambda each: [member.value for member in each],
        create_constraint=True,
        name=enum.__name__.lower(),
    )


# Ids are never reused: a new company would inherit the history of a deleted one.
NEVER_REUSED = {"sqlite_autoincrement": True}

PASSING = "passing"
# Marks a table that is not part of the fair; backups leave it out.
NO_PART_OF_THE_FAIR = {"info": {PASSING: True}}


def partial_index(name: str, condition: Any, *columns: Any, unique: bool = False) -> Index:
    """An index of the rows that `condition` is true of, on SQLite and PostgreSQL alike."""
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
