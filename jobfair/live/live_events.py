"""The live events that journal rows give for one viewer (flow 5b)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from jobfair import catalogue, clock
from jobfair.catalogue.event_kind import EventKind
from jobfair.catalogue.live_event import (
    RESYNC,
    LiveEvent,
    notification,
    queue_update,
    resync,
)
from jobfair.catalogue.records import JournalRecord
from jobfair.domain.events import Joined, TurnSoon
from jobfair.domain.events import kind as kind_of
from jobfair.feed.subscriptions import Delivery
from jobfair.feed.viewer import Viewer
from jobfair.queries.stand import stands

JOINED, SOON = kind_of(Joined), kind_of(TurnSoon)

TOLD_WITHIN = timedelta(minutes=1)
"""A device that reconnects is not told what another device of its stand did longer ago."""


def live_events(deliveries: Iterable[Delivery], viewer: Viewer, on_page: bool) -> list[LiveEvent]:
    """The events that deliveries give for a viewer, in order.

    Of the events of one change that have the same name and subject, only the last is kept. A page
    gets only the events that its regions do not show.
    """
    events: list[LiveEvent] = []
    if viewer.is_hall:
        return events
    for change, group in groupby(deliveries, key=lambda each: each.row.change):
        of_change = list(group)
        found = [event for each in of_change for event in _of_delivery(each, viewer, on_page)]
        if any(_has_joined(each.row, viewer) for each in of_change):
            # The answer to their tap has already shown a toast about it.
            found = [replace(e, toast=None) if e.name == SOON else e for e in found]
        latest = {(event.name, event.subject): at for at, event in enumerate(found)}
        last = [event for at, event in enumerate(found) if latest[event.name, event.subject] == at]
        events += [replace(event, change=change, index=index) for index, event in enumerate(last)]
    return events


def _has_joined(row: JournalRecord, viewer: Viewer) -> bool:
    return row.kind == JOINED and row.by_student and viewer.is_own(row)


def _of_delivery(delivery: Delivery, viewer: Viewer, on_page: bool) -> Iterator[LiveEvent]:
    row = delivery.row
    if not on_page or viewer.is_admin or _says_more_than_the_page(row, viewer):
        yield from _events(row, delivery.in_queue, viewer)
    if on_page and viewer.is_of_another_device(row) and clock.now() < row.at + TOLD_WITHIN:
        yield from _of_another_device(row)


def _of_another_device(row: JournalRecord) -> Iterator[LiveEvent]:
    by_device = catalogue.of(row.kind).by_device
    if by_device is None:
        return
    name = "" if row.student_id is None else stands.name_of(row.student_id)
    said = by_device(row, name)
    if said:
        message = _("Tablet %(letter)s: %(said)s", letter=row.device, said=said)
        yield notification({"company_id": row.company_id, "message": message}, ("device",))


def _says_more_than_the_page(row: JournalRecord, viewer: Viewer) -> bool:
    """Whether a row gives an event that a student's or a stand's page does not show."""
    kind = catalogue.of(row.kind)
    return viewer.is_own(row) or kind.announcement is not None or kind.resets


def _events(row: JournalRecord, in_queue: bool, viewer: Viewer) -> Iterator[LiveEvent]:
    kind = catalogue.of(row.kind)
    own, staff = viewer.is_own(row), viewer.student_id is None
    if kind.live_event and (own or (staff and in_queue and kind.tells_staff)):
        event = kind.live_event(row)
        yield _with_place(event, row) if kind.names_stand else event
    if kind.student_status and (own or staff):
        yield _status_change(row, viewer, kind.student_status(row))
    if own or in_queue:
        yield from _of_company(row, kind)
    if staff:
        yield from _of_staff(row, kind, in_queue, viewer)
    if kind.resets:
        yield resync()
    if kind.announcement and kind.announced_to(row, viewer):
        yield kind.announcement(row)


def _with_place(event: LiveEvent, row: JournalRecord) -> LiveEvent:
    # Read now, because the stand may have moved since.
    stand, hall = (None, None) if row.company_id is None else stands.place_of(row.company_id)
    return replace(event, data=event.data | {"stand": stand, "hall": hall})


def _of_company(row: JournalRecord, kind: EventKind[Any]) -> Iterator[LiveEvent]:
    if kind.company_event:
        yield kind.company_event(row)
    action = kind.queue_action_of(row)
    if action:
        yield queue_update(row.company_id, action)


def _of_staff(
    row: JournalRecord, kind: EventKind[Any], in_queue: bool, viewer: Viewer
) -> Iterator[LiveEvent]:
    if kind.is_hidden_from_queue and in_queue:
        yield queue_update(row.company_id, RESYNC)
    if kind.changes_student_card:
        yield queue_update(viewer.company_id, RESYNC)


def _status_change(row: JournalRecord, viewer: Viewer, status: str) -> LiveEvent:
    # A company learns that its student is in an interview, not with whom.
    knows_company = viewer.company_id is None or row.company_id == viewer.company_id
    return LiveEvent(
        "status_change",
        {
            "student_id": row.student_id,
            "status": status,
            "company_name": row.company_name if knows_company else None,
        },
        subject=("student", row.student_id),
    )
