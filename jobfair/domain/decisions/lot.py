"""Opening by lot (rule 17): joining before the doors is no race, and everybody can check the draw.

The seed is drawn by the caller, who publishes its digest when preparing begins and keeps the seed
itself until the fair opens. Nothing here is by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from hashlib import sha256
from hmac import digest as hmac_of

from jobfair.domain.events import (
    Event,
    Joined,
    LotDrawn,
    LotLifted,
    LotSealed,
    PlacesDealt,
    PutIntoLot,
)
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Company, Entry, EntryState, Hall, Phase

SEED_BYTES = 32


def digest(seed: bytes) -> str:
    """The SHA-256 of a seed, in hexadecimal. The seed cannot be computed from it."""
    return sha256(seed).hexdigest()


def ticket(seed: bytes, company_id: int, entry_id: int) -> str:
    """What an entry has drawn, in hexadecimal: the lowest of a company comes first."""
    return hmac_of(seed, f"{company_id}:{entry_id}".encode("ascii"), sha256).hex()


def order(seed: bytes, company_id: int, entry_ids: Iterable[int]) -> list[int]:
    """The entries of one company in the order in which this seed deals them."""
    return sorted(entry_ids, key=lambda each: ticket(seed, company_id, each))


def seal(seed: bytes) -> LotSealed:
    """The event that promises this seed."""
    return LotSealed(digest(seed))


def switch_on(hall: Hall, seed: bytes) -> tuple[Event, ...] | Refusal:
    """The fair opens by lot. Students who wait already take part, else the first would keep what
    they won by being first. The hall must hold everything.

    Refused unless the fair is preparing.
    """
    if hall.phase is not Phase.PREPARING:
        return Refusal(Code.LOT_ONLY_PREPARING)
    if hall.lot_sealed:
        return ()
    taken = (_taken(company, hall) for company in _in_order(hall))
    return (seal(seed), *(each for each in taken if each.before))


def _taken(company: Company, hall: Hall) -> PutIntoLot:
    return PutIntoLot(
        company.id,
        tuple(
            (entry.id, entry.position)
            for entry in hall.waiting_at(company.id)
            if entry.position is not None
        ),
    )


def switch_off(hall: Hall) -> tuple[Event, ...] | Refusal:
    """The fair opens as any other: those who wait have a position again, in order of arrival.

    The hall must hold everything. Refused unless the fair is preparing.
    """
    if hall.phase is not Phase.PREPARING:
        return Refusal(Code.LOT_ONLY_PREPARING)
    if not hall.lot_sealed:
        return ()
    return (LotLifted(), *_dealt(hall, lambda _company_id, entry_ids: sorted(entry_ids)))


def draw(hall: Hall, seed: bytes) -> tuple[Event, ...]:
    """Deal the positions of each company, behind those that were given before.

    The hall must hold everything. Students who join after it queue behind.
    """
    drawn = LotDrawn(digest(seed), seed.hex())
    return (drawn, *_dealt(hall, lambda *of_company: order(seed, *of_company)))


def _dealt(hall: Hall, ordered: Callable[[int, Iterable[int]], list[int]]) -> Iterable[PlacesDealt]:
    undrawn: defaultdict[int, list[int]] = defaultdict(list)
    for entry in hall.entries.values():
        # Also who is in an interview, or done: taken back, it waits again.
        if entry.position is None and entry.state is not EntryState.LEFT:
            undrawn[entry.company_id].append(entry.id)
    for company in _in_order(hall):
        if undrawn[company.id]:
            positions = enumerate(
                ordered(company.id, undrawn[company.id]), company.last_position + 1
            )
            yield PlacesDealt(company.id, tuple((each, at) for at, each in positions))


def known_positions(entries: Iterable[Entry | Joined]) -> list[int] | Refusal:
    """The positions of all of these; a refusal where one of them is still to be drawn."""
    positions = [entry.position for entry in entries]
    known = [position for position in positions if position is not None]
    return known if len(known) == len(positions) else Refusal(Code.NOT_DRAWN_YET)


def _in_order(hall: Hall) -> list[Company]:
    return [company for _, company in sorted(hall.companies.items())]
