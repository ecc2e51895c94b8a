"""The queues, to be printed."""

from __future__ import annotations

from flask import Blueprint

from jobfair.ops import paper
from jobfair.web.security.authentication import admin_only

blueprint = Blueprint("paper", __name__, url_prefix="/admin/paper")


@blueprint.get("")
@admin_only
def index() -> str:
    return paper.page()
