"""The JSON interface: the same services as the pages, for scripts and other front ends.

Imports what all blueprints may import, and no other blueprint package.
"""

from __future__ import annotations

from flask import Flask

from jobfair.blueprints.api import (
    alerts,
    auth,
    companies,
    dashboard,
    events,
    messages,
    openapi,
    people_met,
    queues,
    students,
    team,
)


def init_app(app: Flask) -> None:
    """Register every part of the interface."""
    for each in (
        auth,
        students,
        companies,
        queues,
        people_met,
        dashboard,
        alerts,
        messages,
        team,
        events,
        openapi,
    ):
        app.register_blueprint(each.blueprint)
