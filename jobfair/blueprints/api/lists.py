"""A list a piece at a time: `limit` and a cursor in the address, the rest in headers.

The body stays a bare array. A cursor holds where the last row of a piece stands in the list's order
and not how many came before it: rows that come and go meanwhile lose or double no other row. It is
sealed, for it holds names, and addresses are written into logs.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from flask import Response, request
from flask_babel import gettext as _
from pydantic import BaseModel, Field

from jobfair.blueprints.api.calls import in_json
from jobfair.fields.input.parsing import Query
from jobfair.security.sealed import seal, unseal
from jobfair.web.errors import invalid

MOST = 500
LONGEST_CURSOR = 4000
TOTAL = "X-Total-Count"

Row = TypeVar("Row")


class Piece(Query):
    """Which piece of a list; without `limit` all of it."""

    limit: Annotated[int, Field(ge=1, le=MOST)] | None = Field(
        default=None,
        description="How many rows at most; without it all. Where more follow, the header Link "
        'says under rel="next" where.',
    )
    cursor: Annotated[str, Field(max_length=LONGEST_CURSOR)] | None = Field(
        default=None,
        description="Where to go on, as a link to the next piece says it; good for the list and "
        "the filters that it was given for.",
    )


def piece_of(
    rows: Sequence[Row],
    asked: Piece,
    order: Callable[[Row], Sequence[Any]],
    shaped: Callable[[Row], BaseModel],
    descending: bool = False,
) -> Response:
    """The piece of a list that was asked for, with how many rows the whole list has.

    `rows` come in ascending `order`, which no two of them share and which JSON can hold; with
    `descending` the first part of it descends. A cursor of another list, or of none, is refused.
    """

    def place(row: Row) -> str:
        return json.dumps(order(row))

    def is_beyond(row: Row, last: list[Any]) -> bool:
        own = json.loads(place(row))
        if own[0] != last[0]:
            return bool(own[0] > last[0]) is not descending
        return bool(own > last)

    begin = 0
    if asked.cursor is not None:
        after = unseal(asked.cursor, _purpose(asked))
        if after is None:
            return invalid({"cursor": _("This leads nowhere here. Begin again without it.")})
        begin = bisect_left(rows, True, key=lambda row: is_beyond(row, json.loads(after)))
    end = len(rows) if asked.limit is None else begin + asked.limit
    response = in_json([shaped(row) for row in rows[begin:end]])
    response.headers[TOTAL] = str(len(rows))
    if end < len(rows):
        response.headers["Link"] = _next(seal(place(rows[end - 1]), _purpose(asked)))
    return response


def sorted_piece(
    rows: Sequence[Row],
    asked: Piece,
    sort: str,
    key: Callable[[Row], Any],
    order: Callable[[Row], Sequence[Any]],
    shaped: Callable[[Row], BaseModel],
) -> Response:
    """The same of rows in ascending `order`, sorted by `key`; `sort` begins with a hyphen where
    that is to descend."""
    descending = sort.startswith("-")
    return piece_of(
        sorted(rows, key=key, reverse=descending),
        asked,
        lambda row: (key(row), *order(row)),
        shaped,
        descending,
    )


def _purpose(asked: Piece) -> str:
    """What a cursor is good for: this list, filtered as it is."""
    filters = asked.model_dump_json(exclude={"limit", "cursor"})
    return f"cursor of {request.endpoint} {filters}"


def _next(cursor: str) -> str:
    query = urlencode({**request.args, "cursor": cursor})
    return f'<{request.path}?{query}>; rel="next"'
