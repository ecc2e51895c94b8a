"""The halls' maps. The address holds a digest of the picture, so a browser asks for it once."""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.queries.public import hall_maps
from jobfair.web.rendering.assets import IMMUTABLE

blueprint = Blueprint("hall_maps", __name__)


@blueprint.get("/maps/<digest>.webp")
def file(digest: str) -> Response:
    data = hall_maps.file(digest)
    return Response(data, mimetype="image/webp", headers={"Cache-Control": IMMUTABLE})
