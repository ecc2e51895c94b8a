"""Processor time during a measurement, by process (Linux)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.load import Load

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of processor time: the load generator's, the workers', and all others' together
    (the database, Redis, and whatever else the machine was doing) within this many seconds."""

    client: float
    workers: float
    rest: float
    seconds: float

    @property
    def cores(self) -> tuple[float, float, float]:
        return self.client / self.seconds, self.workers / self.seconds, self.rest / self.seconds

    def workers_ms(self, load: Load) -> float:
        """The workers' time for each answer, in milliseconds."""
        return self.workers * 1000 / len(load.latencies)


class Meter:
    """Started when made; `spent` says what was used until now.

    Takes the workers' process ids, and those of load generators beside this process.
    """

    def __init__(self, workers: Iterable[int], clients: Iterable[int] = ()) -> None:
        self._workers = list(workers)
        self._clients = list(clients)
        self._start = self._now()

    def spent(self) -> Spent:
        client, workers, busy, at = (
            now - then for now, then in zip(self._now(), self._start, strict=True)
        )
        return Spent(client, workers, max(0.0, busy - client - workers), at)

    def _now(self) -> tuple[float, float, float, float]:
        clients = time.process_time() + sum(map(of_process, self._clients))
        return clients, sum(map(of_process, self._workers)), _busy(), time.monotonic()


def of_process(pid: int) -> float:
    """The processor time that a process has used, in seconds, to the nanosecond."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9


def _busy() -> float:
    numbers = [int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    user, nice, system, _idle, _iowait, irq, softirq = numbers[:7]
    return (user + nice + system + irq + softirq) / TICKS


def memory_of(pid: int) -> int:
    """The memory that only this process uses, in bytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = [line.split()[1] for line in lines if line.startswith(("Private_Dirty", "Private_Clean"))]
    return sum(map(int, own)) * 1024
