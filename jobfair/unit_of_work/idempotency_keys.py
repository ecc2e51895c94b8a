"""A request with an idempotency key is carried out once, however often it is sent.

The key is stored in the transaction that carries the request out, so both are committed or
neither. The response is known only later, and added then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit
from jobfair.models import IdempotencyKey

KEPT_FOR = timedelta(hours=24)

DROPPED = "dropped"
"""The content type of a response that was dropped, or is not to be stored."""


class Repeated(Exception):
    """This request has been carried out before."""


@dataclass(slots=True)
class IdempotentRequest:
    """The current request: its sender, the sender's key for it, and a digest of its content."""

    sender: str
    key: str
    digest: str
    is_stored: bool = False


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """The response. `said` is what the session holds for the page after a redirect."""

    status: int
    content_type: str
    location: str | None
    said: dict[str, Any]
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request that was carried out: its digest, and its response once that is known."""

    digest: str
    response: StoredResponse | None


_ROW = (IdempotencyKey.sender == bindparam("given_sender")) & (
    IdempotencyKey.key == bindparam("given_key")
)
_FIND = CompiledStatement(
    select(
        IdempotencyKey.digest,
        IdempotencyKey.status,
        IdempotencyKey.content_type,
        IdempotencyKey.location,
        IdempotencyKey.said,
        IdempotencyKey.body,
    ).where(_ROW)
)
_INSERT = CompiledStatement(
    insert(IdempotencyKey).values(
        {name: bindparam(name) for name in ("sender", "key", "digest", "at")}
    )
)


def store_key(connection: Connection, at: datetime, request: IdempotentRequest | None) -> None:
    """Store a request's key, in the transaction that carries the request out.

    Does nothing for None and for a request that is stored. Raises Repeated for a known key.
    """
    if request is None or request.is_stored:
        return
    row = {"sender": request.sender, "key": request.key, "digest": request.digest, "at": at}
    try:
        _INSERT.write(connection, [row])
    except IntegrityError as error:
        raise Repeated from error


def mark_stored(request: IdempotentRequest | None) -> None:
    """Note that the key is committed: later transactions of the request need not store it."""
    if request is not None:
        request.is_stored = True


def find(request: IdempotentRequest) -> StoredRequest | None:
    """What is stored for the request's sender and key; None when it was not carried out."""
    with autocommit() as connection:
        row = _FIND.row(connection, given_sender=request.sender, given_key=request.key)
    if row is None:
        return None
    digest, status, *response = row
    return StoredRequest(digest, None if status is None else StoredResponse(status, *response))


def store_response(
    connection: Connection, request: IdempotentRequest, response: StoredResponse
) -> None:
    """Add the response to a stored request, unless responses were dropped meanwhile."""
    connection.execute(
        update(IdempotencyKey)
        .where(_ROW, IdempotencyKey.content_type.is_(None))
        .values(
            status=response.status,
            content_type=response.content_type,
            location=response.location,
            said=response.said,
            body=response.body,
        ),
        {"given_sender": request.sender, "given_key": request.key},
    )


def drop_responses(connection: Connection, since: Any) -> None:
    """Drop the responses to requests from a time on; a request sent again is told only that it
    was received. One that is still at work gets none either: it may have read what is deleted.
    """
    connection.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.at >= since)
        .values(status=None, content_type=DROPPED, location=None, said=null(), body=None)
    )


def prune(connection: Connection, now: datetime) -> None:
    """Delete requests older than KEPT_FOR; their responses hold names and notes."""
    connection.execute(delete(IdempotencyKey).where(IdempotencyKey.at < now - KEPT_FOR))
