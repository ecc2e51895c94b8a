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
    draws,
    events,
    files,
    hall_screen,
    keys,
    messages,
    openapi,
    people_met,
    queues,
    standings,
    students,
    team,
    webhooks,
)
from jobfair.blueprints.api.managed import BLUEPRINTS as MANAGED
from jobfair.blueprints.api.organisers import BLUEPRINTS as OF_ORGANISERS
from jobfair.blueprints.api.stand import BLUEPRINTS as OF_STANDS
from jobfair.blueprints.api.student import BLUEPRINTS as OF_STUDENTS


def init_app(app: Flask) -> None:
    """Register every part of the interface."""
    files.init_app(app)
    for each in (
        auth,
        students,
        companies,
        queues,
        standings,
        people_met,
        draws,
        hall_screen,
        dashboard,
        alerts,
        messages,
        team,
        keys,
        webhooks,
        events,
        openapi,
    ):
        app.register_blueprint(each.blueprint)
    for blueprint in (*OF_STUDENTS, *OF_STANDS, *MANAGED, *OF_ORGANISERS):
        app.register_blueprint(blueprint)
