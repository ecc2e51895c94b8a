"""When Python looks for garbage: seldom among what is old, and never among what stays.

Each look stops the whole process. With five hundred streams a worker holds 280,000 objects, and
one look through all of them took up to 0.4 seconds on a slow processor, several times a minute,
and found next to nothing: what is done with goes by its reference count. A call to a student that
came just then was late by as much.
"""

from __future__ import annotations

import gc

THRESHOLDS = (1_000, 20, 1_000)
"""New objects before a look among the newest; such looks before one among those that survived it;
and those before one through everything: some minutes of a busy fair, which were seconds."""


def look_seldom() -> None:
    """Look through everything a hundred times less often than Python would."""
    gc.set_threshold(*THRESHOLDS)


def leave_what_is_there() -> None:
    """Look no more through what has been loaded and made by now: code, templates, statements."""
    gc.freeze()
