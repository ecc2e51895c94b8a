"""The rest of the day is forecast by real workers: one at a time, and whatever is killed."""

import os
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.models import StoredForecast
from jobfair.services.fair import fair as fair_service
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support.waiting import wait_until

WAITING = 30
SECONDS = 60
FORECASTS = 2


def daytime():
    """A time zone in which it is day: the fair has begun today, and closes in more than an hour."""
    zones = ("UTC", "Etc/GMT-8", "Etc/GMT+8")
    return next(each for each in zones if 7 <= datetime.now(ZoneInfo(each)).hour < 22)


@pytest.fixture
def fair(serve):
    return forecast_by(serve)


@pytest.fixture
def soon_lost(serve):
    """One in which a forecast that has not ended is soon given up."""
    return forecast_by(serve, LOST_SECONDS="8")


def forecast_by(serve, **settings):
    """Two workers, and a queue that is too long for the hour that is left."""
    fair = serve("postgresql", app="tests.system.support.forecasting:app", **settings)
    company = fair.company()
    now = clock.now()
    for number, student in enumerate(fair.students(10)):
        began = now - timedelta(minutes=150 - 11 * number)
        with clock.at(began):
            entry_id = fair.interview(student, company)
        with clock.at(began + timedelta(minutes=10)), fair.inside():
            interviews.complete(actors.company(company), entry_id)
    fair.people = fair.students(WAITING)
    for each in fair.people:
        fair.entry(each, company)
    zone = daytime()
    closes = datetime.now(ZoneInfo(zone)) + timedelta(hours=1)
    with fair.inside():
        day = closes.date()
        details = {"starts_on": day, "ends_on": day, "closes": closes.time(), "zone": zone}
        assert fair_service.set_details(actors.SYSTEM, details) is None
    return fair


def made_at(fair):
    """Of which moment the last forecast is, None before there is one."""
    with fair.engine.connect() as connection:
        return connection.execute(select(StoredForecast.made_at)).scalar()


def running(fair):
    """The processes that forecast at this moment."""
    found = []
    for worker in fair.server.workers():
        for children in Path(f"/proc/{worker}/task").glob("*/children"):
            try:
                ids = children.read_text().split()
                found += [
                    int(each)
                    for each in ids
                    if b"eager_process\0" in Path(f"/proc/{each}/cmdline").read_bytes()
                ]
            except OSError:
                continue
    return found


def test_one_at_a_time_forecasts_and_every_worker_knows_it(fair):
    at_once, seen, first_seen = set(), set(), {}
    deadline = time.monotonic() + SECONDS
    while len(seen - {None}) < FORECASTS and time.monotonic() < deadline:
        now, found = clock.now(), running(fair)
        first_seen |= {each: now for each in found if each not in first_seen}
        seen.add(last := made_at(fair))
        # One that has made its forecast is on its way out.
        at_once.add(sum(last is None or first_seen[each] > last for each in found))
        time.sleep(0.02)  # Looked at all the time.
    assert len(seen - {None}) >= FORECASTS
    assert max(at_once) == 1
    last = fair.people[-1]

    def says_so():
        [entry] = last.call("GET", "/api/queues/").data
        return entry["unlikely"]

    for worker in fair.server.workers():
        with fair.server.alone(worker):
            wait_until(says_so, "the worker knows it", SECONDS)
    assert "fair forecast: ended with 0" in fair.server.log.read_text()


def test_a_forecast_that_is_killed_is_made_again(soon_lost):
    wait_until(lambda: made_at(soon_lost), "there is a forecast", SECONDS)
    wait_until(lambda: running(soon_lost), "another one is begun", SECONDS)
    for each in running(soon_lost):
        os.kill(each, signal.SIGKILL)
    before = made_at(soon_lost)
    wait_until(lambda: made_at(soon_lost) > before, "another one is made", SECONDS)
    assert soon_lost.server.healthy()


def test_a_worker_that_dies_takes_its_forecast_along(soon_lost):
    wait_until(lambda: running(soon_lost), "one is begun", SECONDS)
    [process] = running(soon_lost)
    for worker in soon_lost.server.workers():
        os.kill(worker, signal.SIGKILL)
    wait_until(lambda: not Path(f"/proc/{process}/cmdline").exists(), "it ends", SECONDS)
    before = made_at(soon_lost)
    wait_until(
        lambda: made_at(soon_lost) not in (None, before), "the next worker's is made", SECONDS
    )
