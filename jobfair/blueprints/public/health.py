"""`/health`: whether the parts that a fair needs answer."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from redis import RedisError

from jobfair import background
from jobfair.db.condition import condition
from jobfair.feed import hub
from jobfair.feed.hints import hints

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> tuple[Response, int]:
    """200 when all is well, else 503 with the part that fails, and how.

    A loop in the background is named only while it fails.
    """
    parts = {"database": condition().value, "push": _push(), **_failing_loops()}
    well = all(state == "ok" for state in parts.values())
    return jsonify(status="ok" if well else "failing", **parts), 200 if well else 503


def _push() -> str:
    if not hub.is_looking():
        return "failing"
    try:
        if hints.redis is not None:
            hints.redis.ping()
    except RedisError:
        return "failing"
    return "ok"


def _failing_loops() -> dict[str, str]:
    return {loop.name: "failing" for loop in background.loops() if loop.is_failing}
