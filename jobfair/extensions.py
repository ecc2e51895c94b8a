"""The Flask extensions, bound to the app in `create_app`, and `PerApp` for objects of our own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    # Alembic can only change constraints that have a name, above all on SQLite.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True)
login_manager = LoginManager()

T = TypeVar("T")


class PerApp(Generic[T]):
    """One object for each application of this process, made at first use."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._making = Lock()

    def get(self) -> T:
        """The current application's object. If making it fails, the next call tries again."""
        made = self._made()
        try:
            return made[self]
        except KeyError:
            with self._making:
                if self not in made:
                    made[self] = self._make()
                return made[self]

    def peek(self) -> T | None:
        """The current application's object, if it has been made."""
        return self._made().get(self)

    def forget(self) -> None:
        """Drop the current application's object; the next `get` makes a new one."""
        with self._making:
            self._made().pop(self, None)

    def _made(self) -> dict[PerApp[T], T]:
        made: dict[PerApp[T], T] = current_app.extensions.setdefault("jobfair", {})
        return made
