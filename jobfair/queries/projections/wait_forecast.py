"""What is known at one revision of a queue about how long it takes, for all who wait in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobfair.domain.waiting_time import (
    Ahead,
    DurationModel,
    Range,
    WaitForecast,
)


class ForecastByMinute:
    """How long the people in one queue may wait, by the minute.

    Whoever looks in the same minute is told the same, and only the first to look makes it work.
    """

    def __init__(
        self, model: DurationModel, slots: int, running: int, held_since: tuple[datetime, ...]
    ) -> None:
        self._model = model
        self._slots = slots
        self._running = running
        self._held_since = held_since
        self._latest: tuple[datetime, WaitForecast] | None = None

    def wait(self, ahead: Ahead, now: datetime) -> Range | None:
        """The minutes until it would be the turn of whoever has these people ahead."""
        return self._at(now.replace(second=0, microsecond=0)).wait(ahead)

    def _at(self, minute: datetime) -> WaitForecast:
        if self._latest is None or self._latest[0] != minute:
            held = [(minute - since) / timedelta(seconds=1) for since in self._held_since]
            forecast = WaitForecast(self._model, self._slots, self._running, held)
            self._latest = minute, forecast
        return self._latest[1]
