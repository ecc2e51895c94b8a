"""The keys of programs through JSON. None of these calls but the list is open to a key itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.domain.refusals import Refusal
from jobfair.fields.access.keys import KeyWanted
from jobfair.models import Scope
from jobfair.queries.admin import keys as known_keys
from jobfair.services.access import keys
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("api_keys", __name__, url_prefix="/api/admin/keys")


class Key(Shape):
    """A key that works. `last_used_at` is exact to a minute, null before the first use."""

    id: int
    name: str
    scopes: tuple[Scope, ...]
    made_by: str
    created_at: Moment
    last_used_at: Moment | None


class MadeKey(Key):
    """A key that was just made, with its secret."""

    key: str


@blueprint.get("/")
@answers("List the keys that work, without their secrets", list[Key])
@needs(Right.MANAGE)
@asks(Piece)
def every_key(asked: Piece) -> Response:
    return piece_of(known_keys.living(), asked, lambda each: (-each.id,), _of)


@blueprint.post("/")
@answers("Make a key, whose secret is shown this once", MadeKey, 201)
@needs(Right.MANAGE)
@recently_confirmed
@takes(KeyWanted)
def make(given: KeyWanted) -> MadeKey | Refusal:
    made = keys.make(current_actor(), given.name, list(map(Scope, given.scopes)))
    if isinstance(made, Refusal):
        return made
    return MadeKey(**_shown(known_keys.key(made.id)), key=made.secret)


@blueprint.delete("/<int:key_id>/")
@answers("Withdraw a key: it opens nothing from then on")
@needs(Right.MANAGE)
@recently_confirmed
def withdraw(key_id: int) -> None:
    keys.withdraw(current_actor(), key_id)


def _of(found: known_keys.Key) -> Key:
    return Key(**_shown(found))


def _shown(known: known_keys.Key) -> dict[str, Any]:
    return {
        "id": known.id,
        "name": known.name,
        "scopes": known.scopes,
        "made_by": known.maker,
        "created_at": known.made_at,
        "last_used_at": known.used_at,
    }
