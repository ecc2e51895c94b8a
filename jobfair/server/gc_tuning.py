"""Python's garbage collector runs seldom, and leaves out what a worker keeps for good.

A collection stops the whole process. With five hundred streams a worker holds 280,000 objects. To
go through all of them took up to 0.4 seconds on a slow processor, several times a minute, and a
call to a student that came just then was late by as much. It found next to nothing, as almost
everything here is freed by its reference count.
"""

from __future__ import annotations

import gc

THRESHOLDS = (1_000, 20, 1_000)
"""For `gc.set_threshold`. Between two full collections pass some minutes of a busy fair; by
Python's own thresholds it was seconds."""


def collect_seldom() -> None:
    """Go through everything a hundred times less often than Python would."""
    gc.set_threshold(*THRESHOLDS)


def freeze() -> None:
    """Leave out what is there by now and stays: code, templates, statements."""
    gc.freeze()
