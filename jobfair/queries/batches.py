"""Reading long results in batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jobfair.background import let_others_run
from jobfair.db.transactions import read_transaction

BATCH = 250


def batches(query: Any, key: Any, after: int = 0) -> Iterator[list[Any]]:
    """The rows of a query, ordered by `key`, where `key` is greater than `after`.

    `key` is its first column, a unique number.

    No connection is held between two batches, which may be long for a slow download.
    """
    query = query.order_by(key).limit(BATCH)
    while True:
        with read_transaction() as connection:
            rows = list(connection.execute(query.where(key > after)))
        if rows:
            yield rows
        if len(rows) < BATCH:
            return
        after = rows[-1][0]
        let_others_run()
