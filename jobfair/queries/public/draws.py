"""The draw of a fair that opens by lot, for everybody who wants to check it (rule 17).

Nobody is named: an entry is its id, which its student sees on the page of the draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, read_transaction
from jobfair.domain.decisions import lot
from jobfair.domain.events import PlacesDealt, kind
from jobfair.models import Company, Entry, Fair, JournalRow


@dataclass(frozen=True, slots=True)
class Draw:
    """What is known of the draw. `seed` and `drawn_at` are None until the fair opens."""

    digest: str
    seed: str | None
    drawn_at: datetime | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What one entry has drawn: its HMAC in hexadecimal, and its rank among `of` entries.

    `rank` is None for an entry that was not in the draw, as it joined later or had left.
    """

    company_id: int
    company: str | None
    entry_id: int
    hmac: str
    rank: int | None
    of: int


_DRAW = CompiledStatement(select(Fair.lot_digest, Fair.lot_seed, Fair.lot_drawn))
_DRAWN_AT = CompiledStatement(select(JournalRow.at).where(JournalRow.number == bindparam("number")))
_DEALT = CompiledStatement(
    select(JournalRow.data).where(
        JournalRow.company_id == bindparam("company_id"),
        JournalRow.number > bindparam("number"),
        JournalRow.change == bindparam("number"),
        JournalRow.kind == kind(PlacesDealt),
    )
)
_NAME = CompiledStatement(select(Company.name).where(Company.id == bindparam("company_id")))
_OWN = CompiledStatement(
    select(Entry.company_id, Entry.id)
    .where(Entry.student_id == bindparam("student_id"))
    .order_by(Entry.id)
)


def draw() -> Draw | None:
    """The draw that is to come, or the last one; None where the fair does not open by lot."""
    with read_transaction() as connection:
        return _draw(connection)


def _draw(connection: Connection) -> Draw | None:
    ((digest, seed, number),) = _DRAW.rows(connection)
    if digest is None:
        return None
    # The one place that reads the seed for others: not before it was used.
    if number is None:
        return Draw(digest, None, None, None)
    at = _DRAWN_AT.row(connection, number=number)
    return Draw(digest, seed, None if at is None else at[0], number)


def dealt(company_id: int, number: int | None) -> list[tuple[int, int]]:
    """The entries of a company, with their positions, as the draw of this number dealt them."""
    if number is None:
        return []
    with autocommit() as connection:
        rows = _DEALT.rows(connection, company_id=company_id, number=number)
    return [(entry_id, at) for (data,) in rows for entry_id, at in data["dealt"]]


def own_tickets(draw: Draw, student_id: int) -> list[Ticket]:
    """What the entries of one student have drawn; those that were in no draw are left out."""
    with autocommit() as connection:
        rows = _OWN.rows(connection, student_id=student_id)
    tickets = [each for row in rows if (each := ticket(draw, *row)) is not None]
    return [each for each in tickets if each.rank is not None]


def ticket(draw: Draw, company_id: int, entry_id: int) -> Ticket | None:
    """What an entry has drawn; None while nothing is drawn."""
    if draw.seed is None:
        return None
    order = [each for each, _ in dealt(company_id, draw.number)]
    with autocommit() as connection:
        name = _NAME.row(connection, company_id=company_id)
    return Ticket(
        company_id,
        None if name is None else name[0],
        entry_id,
        lot.ticket(bytes.fromhex(draw.seed), company_id, entry_id),
        order.index(entry_id) + 1 if entry_id in order else None,
        len(order),
    )
