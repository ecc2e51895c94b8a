"""A Redis that hangs and wakes up as the test says."""

import signal

import pytest

from tests.support import real_servers
from tests.support.real_servers import Missing


class HangingRedis(real_servers.Redis):
    def hang(self):
        self.process.send_signal(signal.SIGSTOP)

    def wake(self):
        self.process.send_signal(signal.SIGCONT)


@pytest.fixture
def hanging_redis():
    """A Redis of the test's own, for `hang()`, `wake()` and all that may be done to a server."""
    try:
        server = HangingRedis()
    except Missing as why:
        pytest.skip(f"no Redis: {why}")
    server.start()
    yield server
    if server.process is not None:
        server.wake()
    server.remove()
