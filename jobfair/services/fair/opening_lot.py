"""Opening by lot (rule 17): switching it on and off, and the seed."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from jobfair.domain.decisions import lot
from jobfair.domain.events import LotDrawn, LotLifted, LotSealed
from jobfair.domain.refusals import Refusal
from jobfair.models import OF_THE_LOT, Fair
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction


def set_by_lot(actor: Actor, by_lot: bool) -> Committed | Refusal:
    """Let the fair open by lot, or no longer; `lot_only_preparing` once it has opened.

    Switched on, those who wait take part; switched off, they stand in order of arrival.
    """
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(everything=True))
        seed = _new_seed()
        decided = lot.switch_on(hall, seed) if by_lot else lot.switch_off(hall)
        outcome = work.carry_out(actor, hall, decided)
        remember(work, outcome, seed)
    return outcome


def seed_for(work: UnitOfWork) -> bytes | None:
    """The seed that the fair's next phase may need: the promised one, or a new one once that was
    used. None where the fair does not open by lot."""
    stored = work.connection.execute(select(Fair.lot_seed)).scalar_one()
    if stored is None:
        return None
    return bytes.fromhex(stored) if work.lot_sealed else _new_seed()


def remember(work: UnitOfWork, outcome: Committed | Refusal, seed: bytes | None) -> None:
    """Store the new state of the seed after a decision, in its transaction."""
    if isinstance(outcome, Refusal):
        return
    for each in outcome.recorded:
        match each.event:
            case LotSealed(digest) if seed is not None:
                work.set_fair(lot_digest=digest, lot_seed=seed.hex(), lot_drawn=None)
            case LotDrawn():
                work.set_fair(lot_drawn=each.number)
            case LotLifted():
                work.set_fair(**dict.fromkeys(OF_THE_LOT))
            case _:
                pass


def _new_seed() -> bytes:
    return secrets.token_bytes(lot.SEED_BYTES)
