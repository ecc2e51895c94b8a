"""A request that its sender has given a key is carried out once, however often it is sent.

The key is written in the transaction that carries the request out: either both are there
afterwards or neither. The answer is known only later, and added when it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit
from jobfair.models import IdempotencyKey

KEPT_FOR = timedelta(hours=24)


class Repeated(Exception):
    """This request has been carried out before."""


@dataclass(slots=True)
class IdempotentRequest:
    """The request that is being answered: whose it is, their key for it, and what it says."""

    sender: str
    key: str
    digest: str
    is_stored: bool = False


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """How a request was answered; `said` are the words that go along with a redirect."""

    status: int
    content_type: str
    location: str | None
    said: dict[str, Any]
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request that was carried out: what it said, and its answer once that is known."""

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
    """Write a request's key down in the transaction that carries the request out.

    Raises Repeated when it is there already.
    """
    if request is None or request.is_stored:
        return
    row = {"sender": request.sender, "key": request.key, "digest": request.digest, "at": at}
    try:
        _INSERT.write(connection, [row])
    except IntegrityError as error:
        raise Repeated from error


def mark_stored(request: IdempotentRequest | None) -> None:
    """The transaction that wrote the key down is committed: later ones need not."""
    if request is not None:
        request.is_stored = True


def find(request: IdempotentRequest) -> StoredRequest | None:
    """The request as it was carried out before; None when it was not."""
    with autocommit() as connection:
        row = _FIND.row(connection, given_sender=request.sender, given_key=request.key)
    if row is None:
        return None
    digest, status, *response = row
    return StoredRequest(digest, None if status is None else StoredResponse(status, *response))


def store_response(
    connection: Connection, request: IdempotentRequest, response: StoredResponse, now: datetime
) -> None:
    """Add the answer, and forget the requests that nobody will send again."""
    connection.execute(delete(IdempotencyKey).where(IdempotencyKey.at < now - KEPT_FOR))
    connection.execute(
        update(IdempotencyKey)
        .where(_ROW)
        .values(
            status=response.status,
            content_type=response.content_type,
            location=response.location,
            said=response.said,
            body=response.body,
        ),
        {"given_sender": request.sender, "given_key": request.key},
    )
