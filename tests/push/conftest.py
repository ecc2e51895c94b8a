"""Streams in a test: heartbeats come fast, and every stream is closed at the end."""

import pytest

from jobfair.feed import hub
from tests.push.listening import Listener


@pytest.fixture
def config():
    return {"HEARTBEAT_SECONDS": 0.3}


@pytest.fixture
def listen(app):
    """Open a stream: `listen("/api/events/", alice)`."""
    opened = []

    def open_stream(path, person=None, **headers):
        listener = Listener(app, path, person, **headers)
        opened.append(listener)
        return listener

    yield open_stream
    for listener in opened:
        listener.close()
    if (started := hub.started()) is not None:
        started.stop()
