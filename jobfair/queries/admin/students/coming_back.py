"""The calls that would end if a student who was set aside came back (rule 9)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.state import CompanyStatus, Phase, Presence
from jobfair.models import Company, Entry, Student


def losing_calls(entry_ids: Collection[int]) -> dict[int, str]:
    """By set-aside entry the name of the student who would no longer be called if its student came
    back.

    Entries whose return takes nobody's call are left out.
    """
    if not entry_ids:
        return {}
    back, called = aliased(Entry), aliased(Entry)
    query: Any = (
        select(
            back.id,
            back.position,
            Company.slots - Company.running,
            called.position,
            called.held_until.is_not(None),
            Student.first_name + " " + Student.last_name,
        )
        .join(Company, Company.id == back.company_id)
        .join(called, called.company_id == back.company_id)
        .join(Student, Student.id == called.student_id)
        .where(
            back.id.in_(entry_ids),
            back.aside,
            back.presence == Presence.AVAILABLE,
            Company.status == CompanyStatus.RECRUITING,
            called.turn.is_not(None),
        )
        .order_by(called.position)
    )
    calls: dict[int, list[Any]] = {}
    with read_transaction() as connection:
        if phase_of(connection) is not Phase.OPEN:
            return {}
        for entry_id, *row in connection.execute(query):
            calls.setdefault(entry_id, []).append(row)
    losing = {entry_id: _last(rows) for entry_id, rows in calls.items()}
    return {entry_id: name for entry_id, name in losing.items() if name is not None}


def _last(rows: list[Any]) -> str | None:
    """Of the calls at one stand the one that gives way; who holds a turn keeps it."""
    own, free = rows[0][:2]
    if len(rows) < free:
        return None
    behind = [name for _own, _free, at, held, name in rows if not held and at > own]
    return behind[-1] if behind else None
