"""Why a student was not called at a past moment: asked by themselves, or at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_, select

from jobfair import clock
from jobfair.db.transactions import autocommit, read_transaction
from jobfair.domain.events import CompanyStatusChanged, PhaseChanged, Recorded, kind, restore
from jobfair.domain.looking_back import Standing, Stood, span, standing
from jobfair.exceptions import NotFound
from jobfair.fields.input.types import LARGEST_ID
from jobfair.models import Company, Entry, JournalRow
from jobfair.queries.projections import past_halls
from jobfair.wording.standings import Moment
from jobfair.wording.times import local_time

_OF_STAND = (Stood.STAND_PAUSED, Stood.STAND_LEFT)
_OF_FAIR = (Stood.FAIR_PREPARING, Stood.FAIR_CLOSED)


@dataclass(frozen=True, slots=True)
class Queue:
    """An entry that can be asked about, and the company where it is or was."""

    entry_id: int
    company: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was filled in: of which entry, and the time as it was typed.

    `found` is the answer, `error` what is wrong with the time; both None before anything is asked.
    """

    queues: list[Queue]
    entry_id: int | None
    typed: str
    found: Moment | None = None
    error: str | None = None


def asked(student_id: int, values: Mapping[str, str]) -> Asked:
    """Read the form, and answer it. Raises NotFound for an entry that is not the student's."""
    queues = queues_of(student_id)
    entry_id = _number(values.get("entry", ""))
    now = clock.now().astimezone(local_time.zone())
    typed = values.get("at", "").strip() or f"{now:%Y-%m-%dT%H:%M}"
    if entry_id is None or "at" not in values:
        return Asked(queues, entry_id, typed)
    try:
        moment = local_time.typed(typed)
    except ValueError:
        wrong = _("Give a date and a time such as 2026-11-23 09:30.")
        return Asked(queues, entry_id, typed, error=wrong)
    if moment > clock.now():
        return Asked(queues, entry_id, typed, error=not_yet())
    return Asked(queues, entry_id, typed, found=at(entry_id, student_id, moment))


def not_yet() -> str:
    """What is said of a time that is to come."""
    return _("This time has not come yet.")


def queues_of(student_id: int) -> list[Queue]:
    """Every entry that the student has or had, the latest first."""
    query = (
        select(Entry.id, Company.name)
        .join(Company, Company.id == Entry.company_id)
        .where(Entry.student_id == student_id)
        .order_by(Entry.id.desc())
    )
    with read_transaction() as connection:
        return [Queue(*row) for row in connection.execute(query)]


def student_of(entry_id: int) -> int:
    """Whose entry it is. Raises NotFound."""
    with autocommit() as connection:
        found = connection.execute(select(Entry.student_id).where(Entry.id == entry_id)).scalar()
    if found is None:
        raise NotFound("entry")
    return found


def at(entry_id: int, student_id: int, moment: datetime) -> Moment:
    """How a student's entry stood at a moment. Raises NotFound where it is not theirs."""
    query = select(Entry.company_id).where(Entry.id == entry_id, Entry.student_id == student_id)
    with read_transaction() as connection:
        company_id = connection.execute(query).scalar()
    if company_id is None:
        raise NotFound("entry")
    hall = past_halls.queue_at(company_id, moment)
    stood = standing(hall, entry_id)
    elsewhere = None
    if stood.elsewhere is not None:
        elsewhere = hall.companies[hall.entries[stood.elsewhere].company_id].name
    journal = _journal(stood, student_id, company_id)
    return Moment(moment, stood, span(stood, entry_id, journal, hall.number), elsewhere)


def _journal(stood: Standing, student_id: int, company_id: int) -> list[Recorded]:
    """The events that may have begun or ended what the student stood in."""
    rows: ColumnElement[bool] = JournalRow.student_id == student_id
    if stood.because in _OF_STAND:
        own = JournalRow.kind == kind(CompanyStatusChanged)
        rows = or_(rows, (JournalRow.company_id == company_id) & own)
    elif stood.because in _OF_FAIR:
        # No index leads to a kind: only who asks about a time without a fair waits for it.
        rows = or_(rows, JournalRow.kind == kind(PhaseChanged))
    query = (
        select(JournalRow.number, JournalRow.at, JournalRow.kind, JournalRow.data)
        .where(rows)
        .order_by(JournalRow.number)
    )
    with read_transaction() as connection:
        return [_recorded(row) for row in connection.execute(query)]


def _recorded(row: Any) -> Recorded:
    return Recorded(row.number, row.at, restore(row.kind, row.data))


def _number(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdecimal() and len(typed) < len(str(LARGEST_ID))):
        return None
    return int(typed)
