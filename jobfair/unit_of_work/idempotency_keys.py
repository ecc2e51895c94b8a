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

KEPT = timedelta(hours=24)


class Repeated(Exception):
    """This request has been carried out before."""


@dataclass(slots=True)
class IdempotentRequest:
    """The request that is being answered: whose it is, their key for it, and what it says."""

    sender: str
    key: str
    digest: str
    taken: bool = False


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
    answer: StoredResponse | None


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
_TAKE = CompiledStatement(
    insert(IdempotencyKey).values(
        {name: bindparam(name) for name in ("sender", "key", "digest", "at")}
    )
)


def take(connection: Connection, at: datetime, keyed: IdempotentRequest | None) -> None:
    """Write a request's key down in the transaction that carries the request out.

    Raises Repeated when it is there already.
    """
    if keyed is None or keyed.taken:
        return
    row = {"sender": keyed.sender, "key": keyed.key, "digest": keyed.digest, "at": at}
    try:
        _TAKE.write(connection, [row])
    except IntegrityError as error:
        raise Repeated from error


def taken(keyed: IdempotentRequest | None) -> None:
    """The transaction that wrote the key down is committed: later ones need not."""
    if keyed is not None:
        keyed.taken = True


def find(keyed: IdempotentRequest) -> StoredRequest | None:
    """The request as it was carried out before; None when it was not."""
    with autocommit() as connection:
        row = _FIND.row(connection, given_sender=keyed.sender, given_key=keyed.key)
    if row is None:
        return None
    digest, status, *answer = row
    return StoredRequest(digest, None if status is None else StoredResponse(status, *answer))


def keep(
    connection: Connection, keyed: IdempotentRequest, answer: StoredResponse, now: datetime
) -> None:
    """Add the answer, and forget the requests that nobody will send again."""
    connection.execute(delete(IdempotencyKey).where(IdempotencyKey.at < now - KEPT))
    connection.execute(
        update(IdempotencyKey)
        .where(_ROW)
        .values(
            status=answer.status,
            content_type=answer.content_type,
            location=answer.location,
            said=answer.said,
            body=answer.body,
        ),
        {"given_sender": keyed.sender, "given_key": keyed.key},
    )
