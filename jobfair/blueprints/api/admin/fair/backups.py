"""The whole fair through JSON's door: taken away as a file, and the past fair's people removed.

A backup is restored on its page alone: it puts another fair in the place of the one that a program
has signed in to.
"""

from __future__ import annotations

from flask import Blueprint, Response, send_file

from jobfair.blueprints.api.admin.shapes.records import PeopleRemoved
from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.files import File
from jobfair.domain.refusals import Refusal
from jobfair.fields.fair.fair import WholeFairMeant
from jobfair.ops import backups, purge
from jobfair.services.access.rights import Right
from jobfair.services.fair import whole_fair
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

TYPE = "application/gzip"

blueprint = Blueprint("api_backups", __name__, url_prefix="/api/admin")


class PastFairRemoval(WholeFairMeant):
    """`companies_too` removes the companies with their links as well."""

    companies_too: bool = False


@blueprint.post("/backups/")
@answers("Take the whole fair away as a file; the log says so", File((TYPE,)))
@needs(Right.MANAGE)
@recently_confirmed
def take() -> Response:
    backups.note_taken(current_actor())
    file = backups.temporary_file()
    return send_file(file, TYPE, as_attachment=True, download_name=backups.download_name())


@blueprint.post("/fair/removal/")
@answers("Remove the past fair's people, their places and its log for good", PeopleRemoved)
@needs(Right.MANAGE)
@recently_confirmed
@takes(PastFairRemoval)
def remove(given: PastFairRemoval) -> PeopleRemoved | Refusal:
    refusal = whole_fair.refusal(given.typed_name, given.although_open)
    if refusal is not None:
        return refusal
    removal = purge.purge(given.companies_too, current_actor())
    purge.wipe()
    return PeopleRemoved(
        students=removal.students, entries=removal.entries, companies=removal.companies
    )
