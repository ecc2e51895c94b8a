"""The fair as a whole: its state, what needs attention, what is said to everybody."""

from __future__ import annotations

from jobfair.blueprints.admin.fair import (
    alerts,
    backups,
    calls,
    emergency,
    hall_map,
    hall_screen,
    messages,
    overview,
    page,
    rehearsals,
    sign_up,
)

BLUEPRINTS = tuple(
    each.blueprint
    for each in (
        overview,
        page,
        backups,
        alerts,
        calls,
        emergency,
        messages,
        hall_screen,
        hall_map,
        sign_up,
        rehearsals,
    )
)
