"""The JSON interface: the same services as the pages, for scripts and other front ends.

A room for each kind of caller; beside the rooms, calls for several kinds, and what calls are made
of. Imports what all blueprints may import, and no other blueprint package.
"""

from __future__ import annotations

from flask import Flask

from jobfair.blueprints.api import (
    auth,
    companies,
    events,
    files,
    people_met,
    queues,
    standings,
    students,
)
from jobfair.blueprints.api.admin import BLUEPRINTS as OF_TEAM
from jobfair.blueprints.api.document import openapi
from jobfair.blueprints.api.public import BLUEPRINTS as FOR_ANYBODY
from jobfair.blueprints.api.stand import BLUEPRINTS as OF_STANDS
from jobfair.blueprints.api.student import BLUEPRINTS as OF_STUDENTS


def init_app(app: Flask) -> None:
    """Register every part of the interface."""
    files.init_app(app)
    for each in (auth, students, companies, queues, standings, people_met, events, openapi):
        app.register_blueprint(each.blueprint)
    for blueprint in (*FOR_ANYBODY, *OF_STUDENTS, *OF_STANDS, *OF_TEAM):
        app.register_blueprint(blueprint)
