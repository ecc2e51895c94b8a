"""The latest acts of a stand's devices, with the device of each."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from jobfair import catalogue, clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit
from jobfair.domain.decisions.undoing import UNDO_WITHIN
from jobfair.models import JournalRow
from jobfair.queries.views import DeviceAct

MOST_ROWS = 60
"""The newest rows of a company that are read: its busiest minute has fewer."""

_NEWEST = CompiledStatement(
    select(JournalRow.entry_id, JournalRow.kind, JournalRow.device, JournalRow.at)
    .where(JournalRow.company_id == bindparam("company_id"))
    .order_by(JournalRow.number.desc())
    .limit(MOST_ROWS)
)


def latest(company_id: int) -> dict[int, DeviceAct]:
    """By entry, what was done to it last, if that was on a device and within the last minute."""
    with autocommit() as connection:
        rows = _NEWEST.rows(connection, company_id=company_id)
    acts: dict[int, DeviceAct | None] = {}
    for entry_id, kind, device, at in rows:
        until = at + UNDO_WITHIN
        if clock.now() >= until:
            break
        if entry_id is not None and catalogue.of(kind).by_device is not None:
            acts.setdefault(entry_id, device and DeviceAct(device, until))
    return {entry_id: act for entry_id, act in acts.items() if act is not None}
