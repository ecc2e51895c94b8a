"""How long a sign-in takes from a known device and from a new one, while others keep hashes busy.

`python -m bench.sign_ins_beside`, of its own: it burns both cores.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count
from threading import Event, Thread
from urllib.parse import urlencode

from bench.fairs import Ground
from tests.support.factories import PASSWORD

SIGN_INS = 8
LOAD = 20
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BUSY = "import os; os.setpriority(os.PRIO_PROCESS, 0, 0)\nwhile True: pass"
"""At the usual priority, whatever the server has: `nice -n -10 python -m bench.sign_ins_beside`."""

_numbers = count(1)


ELSEWHERE = "127.0.0.2"
"""Where those who are measured send from. The others share an address."""


def post(
    port: int, path: str, cookie: str = "", address: str = "127.0.0.1", **fields: str
) -> tuple[int, str]:
    """The status and the cookie of the device."""
    connection = http.client.HTTPConnection("127.0.0.1", port, 120, (address, 0))
    connection.request("POST", path, urlencode(fields), {**FORM, "Cookie": cookie})
    response = connection.getresponse()
    response.read()
    set_by = [each.partition(";")[0] for each in response.headers.get_all("Set-Cookie") or ()]
    connection.close()
    return response.status, next((each for each in set_by if "device" in each), "")


def register(port: int) -> tuple[str, str]:
    """A new student's address, and their device."""
    email = f"someone.{next(_numbers)}@example.org"
    names = {"first_name": "Ann", "last_name": "Lee"}
    status, device = post(port, "/register", email=email, password=PASSWORD, **names)
    assert status in (303, 503), status
    return email, device


@contextmanager
def again_and_again(senders: int, act: Callable[[], object]) -> Iterator[None]:
    """This many programs that do it without a pause."""
    over = Event()

    def go_on() -> None:
        while not over.is_set():
            act()

    threads = [Thread(target=go_on) for _ in range(senders)]
    for each in threads:
        each.start()
    time.sleep(1)
    yield
    over.set()
    for each in threads:
        each.join()


def guess(number: int) -> dict[str, str]:
    """A wrong address and password."""
    return {"email": f"nobody.{number}@example.org", "password": "wrong"}


@contextmanager
def loaded() -> Iterator[None]:
    """Others keep the machine busy."""
    command = [sys.executable, "-c", BUSY]
    loops = [subprocess.Popen(command) for _ in range(LOAD)]  # noqa: S603 - a command of our own
    time.sleep(1)
    yield
    for each in loops:
        each.kill()
        each.wait()


def took(port: int, email: str, device: str, times: int) -> list[float]:
    """How long sign-ins took, in milliseconds; the shortest first."""
    seconds = []
    for _ in range(times):
        began = time.monotonic()
        status, _device = post(port, "/login", device, ELSEWHERE, email=email, password=PASSWORD)
        assert status == 303, status
        seconds.append((time.monotonic() - began) * 1000)
        time.sleep(0.1)
    return sorted(seconds)


def main() -> None:
    """Print p50 and p95 of each."""
    with ExitStack() as stack:
        fair = stack.enter_context(Ground(None).fair())
        port = fair.server.port
        email, device = register(port)
        wrong = ThreadPoolExecutor(40)

        @contextmanager
        def forty_wrong() -> Iterator[None]:
            guesses = [wrong.submit(post, port, "/login", **guess(each)) for each in range(40)]
            time.sleep(0.1)
            yield
            for each in guesses:
                each.result()

        beside: dict[str, tuple[Callable[[], AbstractContextManager[object]], int]] = {
            "idle": (ExitStack, SIGN_INS),
            "six that register": (lambda: again_and_again(6, lambda: register(port)), SIGN_INS),
            "forty wrong at once": (forty_wrong, 1),
            f"load {LOAD}": (loaded, SIGN_INS),
        }
        for what, (others, times) in beside.items():
            for who, cookie in (("known device", device), ("new device", "")):
                rounds = SIGN_INS // times if times == SIGN_INS else 3
                all_took: list[float] = []
                for _ in range(rounds):
                    with others():
                        all_took += took(port, email, cookie, times)
                all_took.sort()
                p95 = all_took[int(len(all_took) * 0.95)]
                p50 = all_took[len(all_took) // 2]
                print(f"{what}, {who}: p50 {p50:.0f} ms, p95 {p95:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
