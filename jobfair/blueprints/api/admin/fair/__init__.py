"""The fair as a whole through JSON: its state and settings, halls, alarms, what is said to all.

Imports what the interface is made of. Must not know one company or student, nor a page.
"""

from __future__ import annotations

from jobfair.blueprints.api.admin.fair import (
    alerts,
    backups,
    dashboard,
    emergency,
    halls,
    messages,
    rehearsals,
    settings,
    sign_up,
)

BLUEPRINTS = tuple(
    each.blueprint
    for each in (
        dashboard,
        alerts,
        messages,
        settings,
        sign_up,
        halls,
        emergency,
        backups,
        rehearsals,
    )
)
