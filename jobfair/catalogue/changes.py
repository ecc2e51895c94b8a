"""The values before and after a journal row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from jobfair.catalogue.records import AuditEntry
from jobfair.domain import events
from jobfair.wording.states import state_label


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the values before and after, None for no value. `what` names it, unless that is
    obvious."""

    before: str | None
    after: str | None
    what: str | None = None

    def __str__(self) -> str:
        what = "" if self.what is None else f"{self.what} : "
        return f"{what}{self.before or '–'} → {self.after or '–'}"


Value = TypeVar("Value", covariant=True)


class _BeforeAndAfter(Protocol[Value]):
    """An event that holds a value before it and one after it."""

    @property
    def before(self) -> Value: ...

    @property
    def after(self) -> Value: ...


def from_to(before: str, after: str) -> Callable[[AuditEntry, object], list[Change]]:
    """Changes of an event that always leads from one state to another."""
    return lambda *_row: [Change(state_label(before), state_label(after))]


def states(_entry: AuditEntry, event: _BeforeAndAfter[str | int | None]) -> list[Change]:
    """Changes of an event that holds a state, or a number, before and after it."""
    return [Change(state_label(event.before), state_label(event.after))]


def texts(_entry: AuditEntry, event: _BeforeAndAfter[str | None]) -> list[Change]:
    """Changes of an event that holds a text before and after it."""
    return [Change(event.before, event.after)]


def name_gone(
    _entry: AuditEntry, event: events.CompanyDeleted | events.StudentDeleted
) -> list[Change]:
    """Changes of an event that deletes somebody: the name before."""
    return [Change(event.name, None)]
