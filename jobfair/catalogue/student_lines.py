"""The lines that a student reads about themself: their day, and today's notifications."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobfair import catalogue
from jobfair.catalogue.event_kind import EventKind, StudentLine
from jobfair.catalogue.records import AuditEntry

NOTIFIED = frozenset(name for name, kind in catalogue.KINDS.items() if kind.notification)
"""The kinds that give a notification."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a sentence; `sender` is the heading of a message."""

    number: int
    at: datetime
    icon: str
    sentence: str
    sender: str | None


def day(entries: Iterable[AuditEntry]) -> list[Line]:
    """The rows of a student's story that are about queues, interviews and breaks."""
    return list(_lines(entries, lambda kind: kind.day))


def notifications(entries: Iterable[AuditEntry]) -> list[Line]:
    """A student's notifications, without what they did themself."""
    return list(_lines(entries, lambda kind: kind.notification))


def _lines(
    entries: Iterable[AuditEntry], line_of: Callable[[EventKind[Any]], StudentLine[Any] | None]
) -> Iterator[Line]:
    for entry in entries:
        line = line_of(catalogue.of(entry.kind))
        sentence = line and line.sentence(entry, entry.event)
        if line and sentence:
            sender = line.sender and line.sender(entry)
            yield Line(entry.number, entry.at, line.icon, sentence, sender)
