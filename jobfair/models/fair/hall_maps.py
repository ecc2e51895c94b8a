"""The maps of the halls, and where each stand is on them."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.companies import Company
from jobfair.models.stored_data import Data, Held


class HallMap(db.Model):
    """The map of a hall, as WebP. A blank hall is all companies whose hall has none of its own."""

    __tablename__ = "hall_maps"

    holds: ClassVar[Held] = {Data.NOTHING: "hall digest file width height"}

    hall: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(16))
    file: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]


class MapPlace(db.Model):
    """Where a company's stand is on the map of `hall`.

    From the left and from the top, in ten-thousandths of the map's sides. It counts while that map
    is the one that shows the company, see `map_of_company`.
    """

    __tablename__ = "map_places"

    holds: ClassVar[Held] = {Data.NOTHING: "company_id hall x y"}

    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    hall: Mapped[str] = mapped_column(String(40))
    x: Mapped[int]
    y: Mapped[int]

    __table_args__ = (
        CheckConstraint("x BETWEEN 0 AND 10000 AND y BETWEEN 0 AND 10000", name="on_the_map"),
    )


def map_of_company() -> ColumnElement[str | None]:
    """In a statement about companies: the hall on whose map each is shown, NULL without a map."""
    # The blank one is sorted last: a hall's own map comes before that of all.
    return (
        select(HallMap.hall)
        .where(HallMap.hall.in_([Company.hall, ""]))
        .order_by(HallMap.hall.desc())
        .limit(1)
        .correlate(Company)
        .scalar_subquery()
    )
