"""Reading very much, a little at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from jobfair.db.transactions import read_transaction

BATCH = 250


def batches(query: Any, key: Any, after: int = 0) -> Iterator[list[Any]]:
    """The rows of a query by `key`, its first column and a unique number, from `after` on.

    Each batch is read in one go: whoever takes long between two of them, as a slow download
    does, holds no connection meanwhile.
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
        # Under gevent nobody else is served until this lets them.
        time.sleep(0)
