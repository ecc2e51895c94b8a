"""Streams in a test: heartbeats come fast."""

import pytest


@pytest.fixture
def config():
    return {"HEARTBEAT_SECONDS": 0.3}
