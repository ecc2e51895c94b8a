"""The queues, to be printed."""

from __future__ import annotations

from flask import Blueprint

from jobfair.ops import paper
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import needs

blueprint = Blueprint("paper", __name__, url_prefix="/admin/paper")


@blueprint.get("")
@needs(Right.LOOK)
def index() -> str:
    return paper.page()
