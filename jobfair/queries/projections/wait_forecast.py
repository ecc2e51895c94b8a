"""The waiting times of all who are in a queue, at one revision of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobfair.domain.waiting_time import (
    Ahead,
    DurationModel,
    Range,
    Unsaid,
    WaitForecast,
)


class ForecastByMinute:
    """The waiting times in one queue, computed at most once a minute for all viewers."""

    def __init__(
        self, model: DurationModel, slots: int, running: int, held_since: tuple[datetime, ...]
    ) -> None:
        self._model = model
        self._slots = slots
        self._running = running
        self._held_since = held_since
        self._latest: tuple[datetime, WaitForecast] | None = None

    def wait(self, ahead: Ahead, now: datetime) -> Range | None:
        """How long somebody with these people ahead waits, as a range of minutes, or None."""
        return self._at(now.replace(second=0, microsecond=0)).wait(ahead)

    def estimate(self, ahead: Ahead, now: datetime) -> Range | Unsaid:
        """The same, or why there is none."""
        return self._at(now.replace(second=0, microsecond=0)).estimate(ahead)

    def _at(self, minute: datetime) -> WaitForecast:
        if self._latest is None or self._latest[0] != minute:
            held = [(minute - since) / timedelta(seconds=1) for since in self._held_since]
            forecast = WaitForecast(self._model, self._slots, self._running, held)
            self._latest = minute, forecast
        return self._latest[1]
