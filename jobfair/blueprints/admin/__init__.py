"""The organisers' pages: the fair, its companies and queues, its students (rule 11).

Imports what all blueprints may import, and no other blueprint package.
"""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.blueprints.admin import account, desk, guide, keys, second_factor, team, webhooks
from jobfair.blueprints.admin import companies as of_companies
from jobfair.blueprints.admin import fair as of_fair
from jobfair.blueprints.admin import records as of_records
from jobfair.blueprints.admin import students as of_students

blueprint = Blueprint("admin", __name__)

for each in (
    *of_fair.BLUEPRINTS,
    *of_companies.BLUEPRINTS,
    *of_students.BLUEPRINTS,
    *of_records.BLUEPRINTS,
    desk.blueprint,
    guide.blueprint,
    account.blueprint,
    second_factor.blueprint,
    team.blueprint,
    keys.blueprint,
    webhooks.blueprint,
):
    blueprint.register_blueprint(each)


@blueprint.after_request
def keep_to_yourself(response: Response) -> Response:
    """Names, addresses and the stands' links stay in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response
