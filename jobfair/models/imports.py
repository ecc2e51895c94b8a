"""What is remembered of imported lists."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.stored_data import Data, Held


class ColumnChoice(db.Model):
    """Which fields the columns of a list went to, for the next one with the same headings.

    `what` is what it lists, `headings` a digest of the headings, `columns` the name of each
    column's field, blank where it was left aside.
    """

    __tablename__ = "column_choices"

    holds: ClassVar[Held] = {Data.NOTHING: "what headings columns"}

    what: Mapped[str] = mapped_column(String(16), primary_key=True)
    headings: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[list[str]] = mapped_column(JSON)
