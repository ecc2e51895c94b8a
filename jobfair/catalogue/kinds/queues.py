"""Kinds of events: who is in which queue, and in what order."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.catalogue.changes import Change, from_to
from jobfair.catalogue.event_kind import EventKind, Group, StudentLine
from jobfair.catalogue.records import AuditEntry, JournalRecord
from jobfair.domain import events
from jobfair.domain.reasons import AsideBecause, LeftBecause
from jobfair.domain.state import EntryState
from jobfair.wording.states import state_label


def _joined(entry: AuditEntry, _event: events.Joined) -> str:
    if entry.by == "student":
        return _("%(student)s joined the queue at %(company)s")
    return _("%(student)s was put into the queue at %(company)s")


def _joined_themself(entry: AuditEntry, event: events.Joined) -> str:
    if event.position is None:
        return _joined_the_draw(entry)
    if entry.by == "student":
        return _(
            "Joined the queue of %(company)s at position %(number)d",
            company=entry.company,
            number=event.position,
        )
    return _(
        "Put into the queue of %(company)s by the organisers, position %(number)d",
        company=entry.company,
        number=event.position,
    )


def _joined_the_draw(entry: AuditEntry) -> str:
    if entry.by == "student":
        return _("Joined the queue of %(company)s, for the draw", company=entry.company)
    return _(
        "Put into the queue of %(company)s by the organisers, for the draw", company=entry.company
    )


def _place(position: int | None) -> str:
    if position is None:
        return _("drawn at the opening")
    return _("position %(number)d", number=position)


def _put_into_queue(entry: AuditEntry, _event: events.Joined) -> str | None:
    if entry.by == "student":
        return None
    return _("The organisers put you into the queue of %(company)s", company=entry.company)


def _left(entry: AuditEntry, event: events.Left) -> str:
    match LeftBecause(event.reason):
        case LeftBecause.LEFT:
            return _("%(student)s left the queue at %(company)s")
        case LeftBecause.REMOVED:
            return _removed(entry)
        case LeftBecause.COMPANY_DELETED:
            return _("%(student)s lost their place at %(company)s, which was deleted")
        case LeftBecause.STUDENT_DELETED:
            return _("%(student)s lost their place at %(company)s with their account")


def _removed(entry: AuditEntry) -> str:
    if entry.was is EntryState.RUNNING:
        return _("%(student)s was taken out of a running interview at %(company)s")
    if entry.was is EntryState.DONE:
        return _("The finished interview of %(student)s at %(company)s was removed")
    return _("%(student)s was taken out of the queue at %(company)s")


def _left_themself(entry: AuditEntry, event: events.Left) -> str:
    match LeftBecause(event.reason):
        case LeftBecause.LEFT:
            return _("Left the queue of %(company)s", company=entry.company)
        case LeftBecause.REMOVED if entry.was is EntryState.DONE:
            return _("Interview at %(company)s removed by the organisers", company=entry.company)
        case LeftBecause.REMOVED:
            return _(
                "Taken out of the queue of %(company)s by the organisers", company=entry.company
            )
        case LeftBecause.COMPANY_DELETED | LeftBecause.STUDENT_DELETED:
            return _company_gone(entry)


def _taken_out_of_queue(entry: AuditEntry, event: events.Left) -> str | None:
    match LeftBecause(event.reason):
        case LeftBecause.REMOVED:
            return _(
                "The organisers took you out of the queue of %(company)s", company=entry.company
            )
        case LeftBecause.COMPANY_DELETED:
            return _company_gone(entry)
        case LeftBecause.LEFT | LeftBecause.STUDENT_DELETED:
            return None


def _company_gone(entry: AuditEntry) -> str:
    return _("%(company)s is no longer at the fair", company=entry.company)


def _queue_left(row: JournalRecord) -> str:
    return "deleted" if row.data["reason"] == LeftBecause.COMPANY_DELETED else "left"


def _set_aside(_entry: AuditEntry, event: events.SetAside) -> str:
    match AsideBecause(event.reason):
        case AsideBecause.PASSED:
            return _("%(student)s let the others go first at %(company)s")
        case AsideBecause.RAN_OUT:
            return _("%(student)s was called to %(company)s, and the call ran out")
        case AsideBecause.ABSENT:
            return _("%(student)s was called and did not come to %(company)s")


def _was_set_aside(entry: AuditEntry, event: events.SetAside) -> str:
    if event.reason == AsideBecause.PASSED:
        return _("Turn skipped at %(company)s, the place is kept", company=entry.company)
    return _("Called by %(company)s and not there: set aside", company=entry.company)


def _came_back(entry: AuditEntry, _event: events.CameBack) -> str:
    if entry.by == "student":
        return _("%(student)s is here again for %(company)s")
    return _("%(student)s was brought back into the queue at %(company)s")


def _new_order(entry: AuditEntry, event: events.Reordered) -> list[Change]:
    """Who stood where, in the new order."""
    before = dict(event.before)
    gone = _("a deleted student")
    return [
        Change(str(before[entry_id]), str(position), entry.names.get(entry_id, gone))
        for entry_id, position in sorted(event.after, key=lambda moved: moved[1])
    ]


def _into_lot(entry: AuditEntry, event: events.PutIntoLot) -> list[Change]:
    gone = _("a deleted student")
    return [
        Change(str(position), _place(None), entry.names.get(entry_id, gone))
        for entry_id, position in event.before
    ]


def _places_dealt(entry: AuditEntry, event: events.PlacesDealt) -> list[Change]:
    gone = _("a deleted student")
    return [
        Change(None, str(position), entry.names.get(entry_id, gone))
        for entry_id, position in event.dealt
    ]


def _marked_done(entry: AuditEntry, _event: events.EntryCompleted) -> str:
    return _(
        "The organisers marked %(company)s as done, without an interview", company=entry.company
    )


_KINDS = (
    EventKind(
        event=events.Joined,
        label=lambda: _("Queue joined"),
        sentence=_joined,
        changes=lambda _entry, event: [Change(None, _place(event.position))],
        icon="plus",
        day=StudentLine("plus", _joined_themself),
        notification=StudentLine("info", _put_into_queue),
        begins_membership=True,
        queue_action="joined",
    ),
    EventKind(
        event=events.Left,
        label=lambda: _("Queue left"),
        sentence=_left,
        changes=lambda entry, _event: [
            Change(state_label(entry.was or EntryState.WAITING), state_label(EntryState.LEFT))
        ],
        needs_history=True,
        icon="leave",
        day=StudentLine("leave", _left_themself),
        notification=StudentLine("info", _taken_out_of_queue),
        ends_membership=True,
        queue_action=_queue_left,
    ),
    EventKind(
        event=events.SaidComing,
        label=lambda: _("On the way"),
        sentence=lambda *_row: _("%(student)s is on the way to %(company)s"),
        icon="arrow",
        is_hidden_from_queue=True,
    ),
    EventKind(
        event=events.SetAside,
        label=lambda: _("Set aside"),
        sentence=_set_aside,
        changes=from_to("called", "aside"),
        icon="aside",
        day=StudentLine("aside", _was_set_aside),
        queue_action="aside",
        by_device=lambda _row, name: _("%(name)s did not come", name=name),
    ),
    EventKind(
        event=events.CameBack,
        label=lambda: _("Back in the queue"),
        sentence=_came_back,
        changes=from_to("aside", "waiting"),
        icon="here",
        day=StudentLine(
            "here",
            lambda entry, _event: _("Back in the queue of %(company)s", company=entry.company),
        ),
        queue_action="aside",
    ),
    EventKind(
        event=events.Reordered,
        label=lambda: _("Queue reordered"),
        sentence=lambda *_row: _("The queue at %(company)s was put into a new order"),
        changes=_new_order,
        icon="list",
        queue_action="reordered",
    ),
    EventKind(
        event=events.PutIntoLot,
        label=lambda: _("Places put into the draw"),
        sentence=lambda *_row: _("The places of the queue at %(company)s were put into the draw"),
        changes=_into_lot,
        icon="list",
        queue_action="reordered",
    ),
    EventKind(
        event=events.PlacesDealt,
        label=lambda: _("Places dealt"),
        sentence=lambda *_row: _("The places of the queue at %(company)s were given out"),
        changes=_places_dealt,
        icon="list",
        queue_action="reordered",
    ),
    EventKind(
        event=events.EntryCompleted,
        label=lambda: _("Done without an interview"),
        sentence=lambda *_row: _(
            "%(student)s was marked as done at %(company)s, without an interview"
        ),
        changes=from_to("waiting", "done"),
        entry_state=EntryState.DONE,
        icon="check",
        day=StudentLine("check", _marked_done),
        notification=StudentLine("info", _marked_done),
        ends_membership=True,
        queue_action="completed",
    ),
)

QUEUES = Group("queues", lambda: _("Queues"), _KINDS)
