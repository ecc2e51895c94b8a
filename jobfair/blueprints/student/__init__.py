"""A student's pages and the actions on them.

Imports what all blueprints may import, and no other blueprint package.
"""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.student import (
    address,
    companies,
    dashboard,
    entries,
    history,
    notifications,
    profile,
    status,
)
from jobfair.blueprints.student import help as guide

blueprint = Blueprint("student", __name__)

for each in (
    dashboard,
    companies,
    entries,
    status,
    notifications,
    profile,
    address,
    history,
    guide,
):
    blueprint.register_blueprint(each.blueprint)
