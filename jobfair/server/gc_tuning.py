"""Python's garbage collector runs rarely, and skips objects that a worker keeps for good.

A collection stops the whole process. With five hundred streams a worker has 280,000 objects. A full
collection took up to 0.4 seconds on a slow processor, several times a minute, and delayed the calls
to students. It found almost nothing, as reference counts free nearly everything here.
"""

from __future__ import annotations

import gc

THRESHOLDS = (1_000, 20, 1_000)
"""For `gc.set_threshold`. At a busy fair some minutes pass between two full collections; with
Python's own thresholds, seconds."""


def collect_seldom() -> None:
    """Collect everything a hundred times less often than Python does by default."""
    gc.set_threshold(*THRESHOLDS)


def freeze() -> None:
    """Skip all objects that exist now: code, templates and statements stay anyway."""
    gc.freeze()
