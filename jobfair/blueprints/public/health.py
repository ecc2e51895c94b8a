"""`/health`: whether the parts that a fair needs answer."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from jobfair.db.transactions import revision
from jobfair.feed import hub
from jobfair.feed.hints import publisher

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> tuple[Response, int]:
    """200 when all is well, else 503 with the part that fails."""
    parts = {"database": _database(), "push": _push()}
    well = all(state == "ok" for state in parts.values())
    return jsonify(status="ok" if well else "failing", **parts), 200 if well else 503


def _database() -> str:
    try:
        revision()
    except SQLAlchemyError:
        return "failing"
    return "ok"


def _push() -> str:
    if not hub.is_looking():
        return "failing"
    try:
        if publisher.redis is not None:
            publisher.redis.ping()
    except RedisError:
        return "failing"
    return "ok"
