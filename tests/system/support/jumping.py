"""The application with a clock that jumps when the test says so.

`JUMPS` names a file with how many seconds the clock is ahead. All that reads the time of day
sees it, PyJWT and the log too; what counts time that passes (`time.monotonic`) does not, as when
somebody sets a machine's clock.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import time_machine

from jobfair import create_app

LOOK_EVERY_SECONDS = 0.02

_jumps = Path(os.environ["JUMPS"])
_clock = time_machine.travel(datetime.now(UTC), tick=True).start()
app = create_app()
_answer = app.wsgi_app
_ahead = 0.0


def _jump():
    global _ahead
    ahead = float(_jumps.read_text())
    _clock.shift(timedelta(seconds=ahead - _ahead))
    _ahead = ahead


def _keep_jumping():
    while True:
        _jump()
        time.sleep(LOOK_EVERY_SECONDS)  # The clock jumps by itself, too.


Thread(target=_keep_jumping, daemon=True).start()


def _jump_first(environ, start_response):
    # No request is so quick that it sees the time before.
    _jump()
    return _answer(environ, start_response)


app.wsgi_app = _jump_first
