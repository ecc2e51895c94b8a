"""The fair itself, whose row is the lock of every transition."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.domain.signing_up import SignUp
from jobfair.domain.state import Phase, ScreenNames
from jobfair.extensions import db
from jobfair.models.base import UTCDateTime, stored_enum
from jobfair.models.stored_data import Data, Held


class Fair(db.Model):
    """The fair. Its row is the lock of every transition; `revision` is the last journal number.

    `call_minutes` is how long a call lasts, None where it lasts until somebody ends it, and
    `calls_last_since` since when that is so; calls before then count again.
    `screen_token` is the secret of the hall's screen, None while there is no link to it.
    `profile_editing` says that companies may write their own profiles until the fair opens.
    `sign_up_word` is None before one was asked for; `sign_up_domains` are separated by a comma.
    `name`, `starts_on`, `ends_on`, `zone` and `welcome` are None where the organisers have not
    said them; `logo` is the digest of the fair's logo, whose files are a FairLogo.
    `opens` and `closes` are the hours of each of its days at which it does so by itself, those
    after `hours_count_from` alone. `colour` and `colour_dark` are such as `#1b4aa0`. `keep_days`
    is None where the setting counts.
    `lot_digest` is what is published of the seed of a fair that opens by lot, None for any other
    fair; the seed itself, `lot_seed` in hexadecimal, is a secret until `lot_drawn`, the number of
    the journal row by which it was used (rule 17).
    """

    __tablename__ = "fairs"

    holds: ClassVar[Held] = {
        Data.NOTHING: (
            "id phase revision call_minutes calls_last_since screen_token screen_names "
            "sign_up sign_up_word sign_up_domains ends_on closed_at profile_editing "
            "name starts_on zone welcome logo opens closes hours_count_from "
            "colour colour_dark keep_days lot_digest lot_seed lot_drawn"
        ),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    phase: Mapped[Phase] = mapped_column(stored_enum(Phase), default=Phase.PREPARING)
    revision: Mapped[int] = mapped_column(default=0)
    call_minutes: Mapped[int | None] = mapped_column(default=5)
    calls_last_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    screen_token: Mapped[str | None] = mapped_column(String(64))
    screen_names: Mapped[ScreenNames] = mapped_column(
        stored_enum(ScreenNames), default=ScreenNames.NAMES, server_default=ScreenNames.NAMES.value
    )
    sign_up: Mapped[SignUp] = mapped_column(
        stored_enum(SignUp), default=SignUp.OPEN, server_default=SignUp.OPEN.value
    )
    sign_up_word: Mapped[str | None] = mapped_column(String(40))
    sign_up_domains: Mapped[str | None] = mapped_column(String(1000))
    profile_editing: Mapped[bool] = mapped_column(default=False, server_default=false())
    ends_on: Mapped[date | None]
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    name: Mapped[str | None] = mapped_column(String(80))
    starts_on: Mapped[date | None]
    zone: Mapped[str | None] = mapped_column(String(64))
    welcome: Mapped[str | None] = mapped_column(String(1000))
    logo: Mapped[str | None] = mapped_column(String(16))
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    hours_count_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    colour: Mapped[str | None] = mapped_column(String(7))
    colour_dark: Mapped[str | None] = mapped_column(String(7))
    keep_days: Mapped[int | None]
    lot_digest: Mapped[str | None] = mapped_column(String(64))
    lot_seed: Mapped[str | None] = mapped_column(String(64))
    lot_drawn: Mapped[int | None]


OF_THE_LOT = tuple(each.key for each in (Fair.lot_digest, Fair.lot_seed, Fair.lot_drawn))
"""Its columns of rule 17, all None in a fair that does not open by lot."""

LOT_SEALED = Fair.lot_digest.is_not(None) & Fair.lot_drawn.is_(None)
"""Whether students who join have no position until the fair opens."""


class FairLogo(db.Model):
    """The files of the fair's logo, as WebP. By themselves, as few statements read them."""

    __tablename__ = "fair_logos"

    holds: ClassVar[Held] = {Data.NOTHING: "fair_id small large"}

    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"), primary_key=True)
    small: Mapped[bytes] = mapped_column(LargeBinary)
    large: Mapped[bytes] = mapped_column(LargeBinary)
