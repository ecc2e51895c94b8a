"""A machine that others keep busy still signs people in, by the priority that its unit gives the
server. No test can set a control group's weight; the unit has one besides."""

import http.client
import os
import re
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.support.factories import PASSWORD

UNIT = Path(__file__).parents[2] / "deploy/systemd/jobfair.service"
LOOPS = 20
USUAL = 0
SIGN_INS = 5
ROUNDS = 3
"""What else the machine does meanwhile weighs as much as the loops do: one round has to be good.
Without the priority a sign-in takes ten times as long, and none is."""
AT_MOST = 3
"""Times as long as on an idle machine."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_beside_twenty_loops_a_known_device_signs_in_within_three_times_the_idle_time(serve):
    unit = servers = int(re.search(r"^Nice=(-?\d+)$", UNIT.read_text(), re.MULTILINE)[1])
    loops = USUAL
    if not _allowed(servers):
        # The loops are as far behind as the server would be ahead.
        servers = os.getpriority(os.PRIO_PROCESS, 0)
        loops = servers + USUAL - unit
    # Somebody who signs in has a machine of their own, so the test is as far ahead as the server.
    with _priority(servers):
        device = _Device(serve("sqlite").server.port)
        slower = []
        while len(slower) < ROUNDS and min(slower, default=AT_MOST + 1) > AT_MOST:
            idle = median(device.sign_in_seconds())
            with _loops(loops):
                slower.append(median(device.sign_in_seconds()) / idle)
    assert min(slower) <= AT_MOST, slower


class _Device:
    """A student's own, which has signed in before."""

    def __init__(self, port):
        self._port = port
        self._person = {"email": "ann.lee@example.org", "password": PASSWORD}
        names = {"first_name": "Ann", "last_name": "Lee"}
        cookies = self._send("/register", self._person | names)
        self._cookie = next(each for each in cookies if "device" in each).partition(";")[0]

    def sign_in_seconds(self):
        """How long some sign-ins took, one after the other."""
        took = []
        for _ in range(SIGN_INS):
            began = time.monotonic()
            self._send("/login", self._person, {"Cookie": self._cookie})
            took.append(time.monotonic() - began)
        return took

    def _send(self, path, form, more=None):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, 60)
        connection.request("POST", path, urlencode(form), FORM | (more or {}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 303, answer.status
        return answer.headers.get_all("Set-Cookie") or ()


@contextmanager
def _loops(priority):
    """This many programs that do nothing, as fast as they can."""
    command = ["sh", "-c", "while :; do :; done"]
    with _priority(priority):
        loops = [subprocess.Popen(command) for _ in range(LOOPS)]
    try:
        yield
    finally:
        for each in loops:
            each.kill()
            each.wait()


@contextmanager
def _priority(priority):
    """What is started here has it, and what this thread does."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, priority)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, before)


def _allowed(priority):
    try:
        with _priority(priority):
            return True
    except PermissionError:
        return False
