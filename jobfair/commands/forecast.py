"""Forecasting the rest of the day, as a worker of the server has it done every few minutes."""

from __future__ import annotations

import signal
import time
from itertools import count
from random import Random

import click
from flask.cli import with_appcontext

from jobfair.services.fair import forecasts

PROCESSOR_SECONDS = 40.0
"""What the plays of one forecast may take of a processor: of five minutes a seventh, and only what
nobody else wants."""

MOST_PLAYS = 60
"""More would change little: a chance of one in five is known to one in twenty by then."""

PLAY_SECONDS = 150
"""For so long it plays, where nobody leaves it more of a processor."""

MOST_SECONDS = 240
"""After so long it is given up, on a machine that has no time for it: before the next one."""


@click.command("forecast")
@with_appcontext
def forecast() -> None:
    """Play the rest of the day many times, and store who will hardly be met before the close.

    The server does it by itself, every five minutes while the fair is open.
    """
    signal.alarm(MOST_SECONDS)
    plays, begun = count(), time.monotonic()

    def may_go_on() -> bool:
        has_time = time.process_time() < PROCESSOR_SECONDS
        is_early = time.monotonic() - begun < PLAY_SECONDS
        return has_time and is_early and next(plays) < MOST_PLAYS

    outlook = forecasts.make(may_go_on, Random())  # noqa: S311 - chance, and no secret
    signal.alarm(0)
    if outlook is None:
        click.echo("Nothing can be said yet.")
    else:
        click.echo(
            f"{min(next(plays), MOST_PLAYS)} plays in {time.process_time():.0f} s of a processor: "
            f"{len(outlook.unlikely)} places will hardly be reached."
        )
