"""How the rest of the day may go, as it was played last."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, false
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NO_PART_OF_THE_FAIR, UTCDateTime
from jobfair.models.stored_data import Data, Held


class StoredForecast(db.Model):
    """The fair's one forecast: its row has the id 1, and is there from the first forecast on.

    `claimed_at` is when a worker began the last one, so that no other does; `ended` says that its
    process has come to an end. `said` is what it says, see `queries.fair.forecasts`, of the state
    of the fair at `made_at` and up to `closes_at`; None where nothing can be said.
    """

    __tablename__ = "forecasts"
    __table_args__ = NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {Data.NOTHING: "id claimed_at ended made_at closes_at said"}

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    claimed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON)
