"""The loop in every worker that starts forecasts of the rest of the day, and reads the last result.

The worker that claims a forecast first starts it, in its own process.
"""

from __future__ import annotations

from flask import Flask

from jobfair import background
from jobfair.ops import own_process
from jobfair.queries.fair import forecasts as said
from jobfair.services.fair import forecasts

LOOK_EVERY_SECONDS = 5.0


def start(app: Flask) -> None:
    """Forecast in the background, as long as the process lives."""
    background.start(app, "forecast", look, LOOK_EVERY_SECONDS)


def look() -> None:
    """Read what was forecast last, and begin the next forecast if it is due."""
    said.look()
    if forecasts.claim():
        own_process.start("forecast")
