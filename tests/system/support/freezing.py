"""The application with a worker that can be told to freeze between storing and the commit."""

import os
import signal

from flask import has_request_context, request

from jobfair import create_app
from jobfair.unit_of_work import transaction

_store = transaction.store


def _store_and_freeze(*what):
    rows = _store(*what)
    if has_request_context() and request.form.get("freeze"):
        os.kill(os.getpid(), signal.SIGSTOP)
    return rows


transaction.store = _store_and_freeze

app = create_app()
