"""Kinds of events: interviews, from their start to their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from jobfair.catalogue.changes import Change, from_to
from jobfair.catalogue.event_kind import EventKind, Group, PushText, StudentLine
from jobfair.catalogue.live_event import LiveEvent, about_entry, entry_notification
from jobfair.catalogue.records import AuditEntry, JournalRecord
from jobfair.domain import events
from jobfair.domain.state import EntryState, StudentStatus
from jobfair.wording.states import state_label
from jobfair.wording.times.lengths import duration
from jobfair.wording.times.local_time import hour


def _started(entry: AuditEntry, event: events.InterviewStarted) -> str:
    if event.out_of_turn:
        return _("%(company)s took %(student)s into an interview out of turn")
    if entry.by == "student":
        return _("%(student)s began an interview at %(company)s")
    if entry.by == "company":
        return _("%(company)s began an interview with %(student)s")
    return _("%(student)s was put into an interview at %(company)s")


def _started_at(company: str | None) -> str:
    return _("Interview started at %(company)s", company=company)


def _started_line(entry: AuditEntry, _event: events.InterviewStarted) -> str:
    return _started_at(entry.company)


def _start_undone(entry: AuditEntry, _event: events.StartUndone) -> str:
    if entry.by == "student":
        return _("%(student)s took back the start of an interview at %(company)s")
    return _("%(company)s took back the start of an interview with %(student)s")


def _waits_again_at(company: str | None) -> str:
    return _("The start at %(company)s was taken back: you wait again", company=company)


def _start_undone_line(entry: AuditEntry, _event: events.StartUndone) -> str:
    return _waits_again_at(entry.company)


def _start_undone_live(row: JournalRecord) -> LiveEvent:
    event = entry_notification(row, _waits_again_at(row.company_name))
    # The student who took it back has had an answer already.
    return replace(event, toast=None) if row.by_student else event


def _done_at(company: str | None) -> str:
    return _("Interview at %(company)s done", company=company)


def _goes_on_at(company: str | None) -> str:
    return _("Your interview at %(company)s goes on", company=company)


def _done_after(entry: AuditEntry, _event: events.InterviewCompleted) -> str:
    if entry.running_since is None:
        return _done_at(entry.company)
    return _(
        "Interview at %(company)s done after %(length)s",
        company=entry.company,
        length=duration(entry.at - entry.running_since),
    )


def _times(event: events.PaperInterviewEntered) -> dict[str, str]:
    """When it was, in the fair's time zone."""
    start, end = (datetime.fromisoformat(each) for each in (event.started_at, event.ended_at))
    return {"start": hour(start), "end": hour(end)}


def _entered_themself(entry: AuditEntry, event: events.PaperInterviewEntered) -> str:
    return _(
        "Interview at %(company)s from %(start)s to %(end)s, entered by the organisers from paper",
        company=entry.company,
        **_times(event),
    )


def _broken_off(entry: AuditEntry, _event: events.InterviewBrokenOff) -> str:
    return _("The organisers broke off your interview at %(company)s", company=entry.company)


def _broken_off_changes(_entry: AuditEntry, event: events.InterviewBrokenOff) -> list[Change]:
    return [
        Change(state_label("running"), state_label("aside")),
        Change(state_label("in_interview"), state_label(event.after), _("Student's status")),
    ]


def _interview(row: JournalRecord, message: str) -> LiveEvent:
    return about_entry(row.kind, row, student_id=row.student_id, message=message)


def _told(company: str, title: str) -> tuple[str, str]:
    """What a phone shows of an interview, in the place of its call."""
    return title, company


_KINDS = (
    EventKind(
        event=events.InterviewStarted,
        label=lambda: _("Interview started"),
        sentence=_started,
        changes=from_to("waiting", "running"),
        entry_state=EntryState.RUNNING,
        icon="talk",
        day=StudentLine("talk", _started_line),
        notification=StudentLine("talk", _started_line),
        push=PushText(lambda company, *_of: _told(company, _("Interview started"))),
        live_event=lambda row: _interview(row, _started_at(row.company_name)),
        by_device=lambda _row, name: _("interview with %(name)s started", name=name),
        tells_staff=True,
        student_status=lambda _row: StudentStatus.IN_INTERVIEW,
        queue_action="started",
    ),
    EventKind(
        event=events.StartUndone,
        label=lambda: _("Start of an interview undone"),
        sentence=_start_undone,
        changes=from_to("running", "waiting"),
        entry_state=EntryState.WAITING,
        icon="back",
        day=StudentLine("back", _start_undone_line),
        notification=StudentLine("back", _start_undone_line),
        push=PushText(lambda company, *_of: _told(company, _("The start was taken back"))),
        live_event=_start_undone_live,
        by_device=lambda _row, name: _("start with %(name)s taken back", name=name),
        student_status=lambda _row: StudentStatus.AVAILABLE,
        queue_action="start_undone",
    ),
    EventKind(
        event=events.InterviewCompleted,
        label=lambda: _("Interview done"),
        sentence=lambda *_row: _(
            "The interview of %(student)s at %(company)s ended after %(length)s"
        ),
        changes=from_to("running", "done"),
        needs_history=True,
        entry_state=EntryState.DONE,
        icon="check",
        day=StudentLine("check", _done_after),
        notification=StudentLine("check", lambda entry, _event: _done_at(entry.company)),
        push=PushText(lambda company, *_of: _told(company, _("Interview done"))),
        ends_membership=True,
        live_event=lambda row: _interview(row, _done_at(row.company_name)),
        by_device=lambda _row, name: _("interview with %(name)s ended", name=name),
        tells_staff=True,
        student_status=lambda _row: StudentStatus.PAUSED,
        queue_action="completed",
    ),
    EventKind(
        event=events.PaperInterviewEntered,
        label=lambda: _("Interview entered from paper"),
        sentence=lambda *_row: _(
            "An interview of %(student)s at %(company)s, from %(start)s to %(end)s, was entered "
            "from paper"
        ),
        names=lambda _entry, event: _times(event),
        changes=from_to("waiting", "done"),
        entry_state=EntryState.DONE,
        icon="check",
        day=StudentLine("check", _entered_themself),
        notification=StudentLine("check", _entered_themself),
        ends_membership=True,
        queue_action="completed",
    ),
    EventKind(
        event=events.CompletionUndone,
        label=lambda: _("End of an interview undone"),
        sentence=lambda *_row: _(
            "The interview of %(student)s at %(company)s goes on: its end was undone"
        ),
        changes=from_to("done", "running"),
        entry_state=EntryState.RUNNING,
        icon="back",
        notification=StudentLine("talk", lambda entry, _event: _goes_on_at(entry.company)),
        push=PushText(lambda company, *_of: _told(company, _("Your interview goes on"))),
        begins_membership=True,
        live_event=lambda row: entry_notification(row, _goes_on_at(row.company_name)),
        by_device=lambda _row, name: _("interview with %(name)s goes on", name=name),
        student_status=lambda _row: StudentStatus.IN_INTERVIEW,
        queue_action="completion_undone",
    ),
    EventKind(
        event=events.InterviewBrokenOff,
        label=lambda: _("Interview broken off"),
        sentence=lambda *_row: _(
            "The interview of %(student)s at %(company)s was broken off after %(length)s"
        ),
        changes=_broken_off_changes,
        needs_history=True,
        entry_state=EntryState.WAITING,
        icon="close",
        day=StudentLine("close", _broken_off),
        notification=StudentLine("info", _broken_off),
        push=PushText(lambda company, *_of: _told(company, _("Interview broken off"))),
        student_status=lambda row: str(row.data["after"]),
        queue_action="aside",
    ),
)

INTERVIEWS = Group("interviews", lambda: _("Interviews"), _KINDS)
