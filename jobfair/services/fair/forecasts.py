"""Making a forecast: the rest of the day is played from the fair as it is, many times.

It takes seconds of computing, so it runs in a process of its own (`commands/forecast.py`), and
never takes the fair's lock: it reads the fair at one moment, and writes a row of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from jobfair import clock
from jobfair.db.transactions import autocommit, read_transaction, revision, unlocked_transaction
from jobfair.domain.events import PhaseChanged, kind
from jobfair.domain.state import EntryState, Hall, Phase
from jobfair.domain.waiting_time import DurationModel
from jobfair.models import Entry, JournalRow, StoredForecast
from jobfair.queries.fair import forecasts, opening_hours
from jobfair.queries.fair.forecasts import CompanyOutlook, Outlook
from jobfair.queries.projections import seat_durations
from jobfair.simulation.forecast import Forecast, Patience, RestOfDay, are_many
from jobfair.unit_of_work.loading import LoadSpec, load
from jobfair.wording.times.local_time import midnight

EVERY = timedelta(minutes=5)
"""How often the rest of the day is played."""

LOST = timedelta(minutes=5)
"""A forecast that has not ended after this time has died: its process gives up earlier."""

UNLIKELY_BELOW, LIKELY_FROM = 0.2, 0.3
"""Below the first a place is unlikely to be reached, and stays so until the second: a page that
said it and took it back with every forecast would not be believed."""

THE_ROW = 1


@dataclass(frozen=True, slots=True)
class Moment:
    """The fair as it is played on from: when it was read, and how long seats are held today, and
    how long people stay in a queue."""

    hall: Hall
    models: dict[int, DurationModel]
    patience: Patience
    at: datetime
    closes_at: datetime


def claim() -> bool:
    """Whether a forecast is due and this worker has to make it; only one worker gets True.

    None is due without a closing hour, while the fair is not open, and while another one is made.
    """
    now = clock.now()
    is_due = or_(
        and_(StoredForecast.claimed_at <= now - EVERY, StoredForecast.ended),
        StoredForecast.claimed_at <= now - max(EVERY, LOST),
    )
    with read_transaction() as connection:
        due = connection.execute(select(is_due)).scalar()
        is_first = due is None
        if not (is_first or due) or opening_hours.closes_at(connection, now) is None:
            return False
    with unlocked_transaction() as connection:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        claimed = connection.execute(
            insert(StoredForecast)
            .values(id=THE_ROW, claimed_at=now)
            .on_conflict_do_update(
                index_elements=[StoredForecast.id],
                set_={"claimed_at": now, "ended": False},
                where=is_due,
            )
            .returning(StoredForecast.id)
        )
        return claimed.first() is not None


def make(may_go_on: Callable[[], bool], random: Random) -> Outlook | None:
    """Play the rest of the day as often as `may_go_on` allows, and store what comes of it.

    If there is no forecast, stores and returns None.
    """
    with autocommit() as connection:
        claimed_at = connection.execute(select(StoredForecast.claimed_at)).scalar()
    moment = read()
    outlook = None if moment is None else _played(moment, may_go_on, random)
    said = outlook and forecasts.to_stored(outlook)
    with unlocked_transaction() as connection:
        connection.execute(
            update(StoredForecast)
            # A process that was forgotten does not overwrite what a later one has said.
            .where(StoredForecast.claimed_at == claimed_at)
            .values(
                made_at=moment and moment.at,
                closes_at=moment and moment.closes_at,
                said=said,
                ended=True,
            )
        )
    return outlook


def read() -> Moment | None:
    """The fair now; None while the rest of its day would be a guess."""
    number, now = revision(), clock.now()
    with read_transaction() as connection:
        closes_at = opening_hours.closes_at(connection, now)
        if closes_at is None:
            return None
        hall = load(connection, Phase.OPEN, number, False, [LoadSpec(everything=True)])
        durations = seat_durations.shared.get()
        models = {}
        for company_id in hall.companies:
            model = durations.model_of(connection, company_id, number)
            if model is None:
                return None
            models[company_id] = model
        return Moment(hall, models, _patience(connection, now), now, closes_at)


def _patience(connection: Connection, now: datetime) -> Patience:
    """How long people stayed in a queue today, since the fair opened: before, nobody is called."""
    opened = connection.execute(
        select(func.max(JournalRow.at)).where(
            JournalRow.kind == kind(PhaseChanged), JournalRow.at >= midnight()
        )
    ).scalar()
    since = opened or midnight()
    ends = func.coalesce(Entry.started_at, JournalRow.at, type_=JournalRow.at.type)
    left = Entry.state == EntryState.LEFT
    waits: Any = connection.execute(
        select(Entry.created_at, ends, left)
        .outerjoin(JournalRow, JournalRow.number == Entry.ended)
        # Of a place that was left, a journal that was purged no longer says when.
        .where(
            Entry.created_at >= midnight() - timedelta(days=1),
            (Entry.state != EntryState.LEFT) | JournalRow.at.is_not(None),
        )
    ).all()
    minutes = [
        ((ended or now) - max(began, since)) / timedelta(minutes=1)
        for began, ended, _ in waits
        if ended is None or ended > since
    ]
    return Patience(sum(has_left and ended > since for _, ended, has_left in waits), sum(minutes))


def _played(moment: Moment, may_go_on: Callable[[], bool], random: Random) -> Outlook | None:
    seconds = (moment.closes_at - moment.at).total_seconds()
    rest = RestOfDay(moment.hall, moment.models, moment.at, seconds, random, moment.patience)
    forecast = rest.play_on(may_go_on)
    if forecast is None:
        return None
    forecasts.look()
    return outlook_of(forecast, moment, forecasts.current())


def outlook_of(forecast: Forecast, moment: Moment, before: Outlook | None) -> Outlook:
    """The meaning of a forecast for places and companies, given the outlook before it."""
    was_unlikely = frozenset() if before is None else before.unlikely
    unlikely = frozenset(
        entry_id
        for entry_id, chance in forecast.chances.items()
        if chance < (LIKELY_FROM if entry_id in was_unlikely else UNLIKELY_BELOW)
    )
    last: dict[int, tuple[int, int]] = {}
    for entry_id in forecast.chances:
        entry = moment.hall.entries[entry_id]
        # Once the fair is open, every place has its position.
        place = entry.position or 0, entry_id
        last[entry.company_id] = max(last.get(entry.company_id, place), place)
    beyond = {
        company_id: position
        for company_id, (position, entry_id) in last.items()
        if entry_id in unlikely
    }
    companies = {}
    for company_id, said in forecast.companies.items():
        since = None
        if are_many(said.unmet, said.waiting):
            earlier = None if before is None else before.companies.get(company_id)
            since = (earlier and earlier.since) or moment.at
        companies[company_id] = CompanyOutlook(said, moment.hall.companies[company_id].slots, since)
    return Outlook(moment.at, moment.closes_at, unlikely, beyond, companies)
