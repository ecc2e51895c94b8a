"""A live event: what a row of the journal means to one viewer (flow 5b)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from jobfair.catalogue.records import JournalRecord


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One event for one viewer. `change` and `index` are its position, for a reconnect.

    Of the events of one change with the same name and `subject`, only the last is sent. `toast` is
    what an open page shows of it, as (category, text), if its regions do not.
    """

    name: str
    data: dict[str, Any]
    change: int = 0
    index: int = 0
    subject: tuple[object, ...] = field(default=(), compare=False)
    toast: tuple[str, str] | None = field(default=None, compare=False)


def about_entry(name: str, row: JournalRecord, **more: object) -> LiveEvent:
    """An event about a row's entry, with the fields that all such events have."""
    return LiveEvent(name, _entry(row) | more, subject=("entry", row.entry_id))


def entry_notification(row: JournalRecord, message: str) -> LiveEvent:
    """A sentence about an entry; an open page shows it as a toast."""
    data = _entry(row) | {"message": message}
    return notification(data, ("entry", row.entry_id))


def notification(data: dict[str, Any], subject: tuple[object, ...] = ()) -> LiveEvent:
    """An event with a sentence, `message`; an open page shows it as a toast."""
    return LiveEvent("notification", data, subject=subject, toast=("info", data["message"]))


def queue_update(company_id: int | None, action: str) -> LiveEvent:
    """What was done to a company's queue, or to all of them."""
    data = {"company_id": company_id, "action": action}
    return LiveEvent("queue_update", data, subject=("company", company_id))


def resync() -> LiveEvent:
    """For a client whose events cannot be replayed one by one: it has to load again."""
    return queue_update(None, RESYNC)


RESYNC = "resync"


def connection_replaced(holder: str, most: int) -> LiveEvent:
    """The last event of a stream that gives way to newer ones of the same holder.

    `holder` is its kind, and `most` how many streams it may have. The client is to leave it at
    that for RETURN_AFTER_SECONDS.
    """
    data = {
        "holder": holder,
        "most": most,
        "message": _("More than %(most)d are open at once: the oldest is closed.", most=most),
        "retry_seconds": RETURN_AFTER_SECONDS,
    }
    return LiveEvent("connection_replaced", data)


RETURN_AFTER_SECONDS = 60


def _entry(row: JournalRecord) -> dict[str, Any]:
    return {
        "queue_id": row.entry_id,
        "company_id": row.company_id,
        "company_name": row.company_name,
    }
