"""The application with a worker that can be told to die between the commit and its hint."""

import os
import signal

from flask import request

from jobfair import create_app
from jobfair.feed import hints

_send = hints.send


def _send_or_die(number, written):
    if request.form.get("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    _send(number, written)


hints.send = _send_or_die

app = create_app()
