"""Companies' logos, and the fair's.

The address holds a digest of the picture, so a browser asks for it once.
"""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.queries.public import logos
from jobfair.web.rendering.assets import IMMUTABLE

blueprint = Blueprint("logos", __name__)


@blueprint.get("/logos/<int:company_id>/<digest>-<any(small, large):size>.webp")
def file(company_id: int, digest: str, size: str) -> Response:
    return _picture(logos.file(company_id, digest, large=size == "large"))


@blueprint.get("/logos/fair/<digest>-<any(small, large):size>.webp")
def of_fair(digest: str, size: str) -> Response:
    return _picture(logos.fairs_file(digest, large=size == "large"))


def _picture(data: bytes) -> Response:
    return Response(data, mimetype="image/webp", headers={"Cache-Control": IMMUTABLE})
