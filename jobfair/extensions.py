"""The Flask extensions, bound to the app in `create_app`, and what else each app has one of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from flask import current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    # Named constraints: Alembic can only change what has a name, on SQLite above all.
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
babel = Babel()
login_manager = LoginManager()

T = TypeVar("T")


class PerApp(Generic[T]):
    """A `T` for each application of this process, made when it is first asked for."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    def get(self) -> T:
        """The current application's."""
        made: dict[PerApp[T], T] = current_app.extensions.setdefault("jobfair", {})
        # Of two threads that make one at the same moment both get the first.
        return made[self] if self in made else made.setdefault(self, self._make())
