"""The fair's name, days, time zone and look, for every page, card, poster, mail and screen. Each
process reads it once after any change. If the database cannot be reached, pages use the last one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, time

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit
from jobfair.extensions import PerApp
from jobfair.feed.hints import announced
from jobfair.fields.input.folding import folded
from jobfair.models import Fair

UNNAMED = "JobFair"


@dataclass(frozen=True, slots=True)
class FairIdentity:
    """The fair as the organisers have set it up; None for fields that they left blank.

    `zone` is a key of the time zone database, and `logo` the digest of the fair's logo.
    `lot_digest` is that of a fair by lot, `lot_drawn` the journal number of its draw (rule 17).
    """

    name: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    zone: str | None = None
    welcome: str | None = None
    opens: time | None = None
    closes: time | None = None
    colour: str | None = None
    colour_dark: str | None = None
    keep_days: int | None = None
    logo: str | None = None
    lot_digest: str | None = None
    lot_drawn: int | None = None

    @property
    def title(self) -> str:
        """The fair's name, or a general word where none is set."""
        return self.name or UNNAMED

    @property
    def by_lot(self) -> bool:
        """Whether it opens by lot."""
        return self.lot_digest is not None

    @property
    def awaits_draw(self) -> bool:
        """Whether students who join have no position yet."""
        return self.by_lot and self.lot_drawn is None

    def has_drawn(self, entry_id: int) -> bool:
        """Whether an entry was in the draw: it had joined before."""
        return self.lot_drawn is not None and entry_id < self.lot_drawn

    @property
    def stylesheet(self) -> str | None:
        """The address of the style sheet with its colours; None for the default colours."""
        if not self.colour and not self.colour_dark:
            return None
        names = (each[1:] if each else "ours" for each in (self.colour, self.colour_dark))
        return f"/colours/{'-'.join(names)}.css"

    @property
    def file_name(self) -> str:
        """The beginning of a file's name, in ASCII."""
        return re.sub("[^a-z0-9]+", "-", folded(self.title)).strip("-") or UNNAMED.lower()


class _Kept:
    """The identity read last, and which journal number had been announced before."""

    def __init__(self) -> None:
        self.identity = FairIdentity()
        self.reached: int | None = None


_kept = PerApp(_Kept)
_IDENTITY = CompiledStatement(select(*(getattr(Fair, each.name) for each in fields(FairIdentity))))


def current() -> FairIdentity:
    """The fair's identity now; the one read last where the database does not answer.

    Where a hub tells this process of every change, it is read once after each.
    """
    kept, here = _kept.get(), announced.peek()
    reached = None if here is None else here.reached
    if reached is None or reached != kept.reached:
        try:
            with autocommit() as connection:
                kept.identity = identity_of(connection)
        except SQLAlchemyError:
            return kept.identity
        kept.reached = reached
    return kept.identity


def last_known() -> FairIdentity:
    """The identity read last, for a page that says that the database does not answer."""
    return _kept.get().identity


def identity_of(connection: Connection) -> FairIdentity:
    """The same on the caller's connection."""
    return FairIdentity(*_IDENTITY.rows(connection)[0])
