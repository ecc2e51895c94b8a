"""Whether the machine had time for a test, or was busy with something else."""

from __future__ import annotations

import os
from pathlib import Path

FREE_SHARE = 0.8
"""Of the processors' time, what others may not touch while something is timed."""


class Stopwatch:
    """How much of the machine others used since it was started."""

    def __init__(self) -> None:
        self._all, self._idle = _machine()
        self._own = _own()

    def others(self) -> float:
        """The share of the processors' time, from 0 to 1, spent on neither us nor nothing."""
        all_, idle = _machine()
        busy = (all_ - self._all) - (idle - self._idle)
        return max(0.0, busy - (_own() - self._own)) / max(all_ - self._all, 1)

    def quiet(self) -> bool:
        return self.others() <= 1 - FREE_SHARE


def _machine() -> tuple[int, int]:
    """All the time of all processors, and what of it was idle, in ticks."""
    times = [int(each) for each in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return sum(times), times[3] + times[4]


def _own() -> int:
    """The time of this process and of all that it started, in ticks."""
    processes = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                fields = (each / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            processes[int(each.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    own = {os.getpid()}
    while more := {pid for pid, (parent, _) in processes.items() if parent in own} - own:
        own |= more
    return sum(processes[each][1] for each in own if each in processes)
