"""Each kind of event is declared once, in words that can be said, and nobody else names it."""

import json
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from flask_babel import force_locale

import jobfair
from jobfair import catalogue
from jobfair.catalogue import audit, student_lines
from jobfair.catalogue.records import AuditEntry, JournalRecord
from jobfair.domain import events, reasons, state
from jobfair.domain.events import data, kind
from jobfair.domain.refusals import Code
from jobfair.domain.state import CompanyStatus, EntryState
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.web_push import pushes
from jobfair.wording.language import LANGUAGES
from tests.support.one_of_each import ONE_OF_EACH

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def entry(event, by="admin"):
    """A row about Zoé Martin and Acme, as the log reads it."""
    return AuditEntry(
        number=9,
        at=NOON,
        event=event,
        by=by,
        by_id=7,
        by_name="org@example.org",
        student_id=2,
        student="Zoé Martin",
        company_id=1,
        company="Acme",
        was=EntryState.RUNNING,
        running_since=NOON - timedelta(minutes=12),
        names={4: "Alice Durand", 5: "Zoé Martin", 6: "Bob Petit"},
    )


def record(event):
    """The same row as it is pushed."""
    return JournalRecord(
        number=9,
        change=9,
        kind=kind(event),
        company_id=1,
        student_id=2,
        entry_id=5,
        company_name="Acme",
        companies=[1],
        data=json.loads(json.dumps(data(event))),
        at=NOON,
        actor="admin",
        actor_id=7,
    )


@pytest.fixture
def read_in(app):
    @contextmanager
    def reading(language):
        with app.test_request_context(), force_locale(language):
            yield

    return reading


def test_every_event_has_one_declaration():
    declared = [each.event for group in catalogue.GROUPS for each in group.kinds]
    assert sorted(map(kind, declared)) == sorted(events._KINDS)
    assert {name: each.event for name, each in catalogue.KINDS.items()} == events._KINDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_tell_kinds_and_groups_apart(read_in, language):
    with read_in(language):
        for said in (catalogue.KINDS.values(), catalogue.GROUPS):
            labels = [each.label() for each in said]
            assert len(labels) == len(set(labels))
            assert all(labels)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=repr)
def test_every_kind_says_what_happened_in_each_language(read_in, event):
    sentences = set()
    for language in LANGUAGES:
        with read_in(language):
            for by in ("student", "company", "admin", "system"):
                said = str(audit.sentence(entry(event, by)))
                assert "%" not in said
                sentences.add(said)
                assert all(map(str, audit.changes(entry(event, by))))
    assert len(sentences) >= len(LANGUAGES)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=repr)
def test_what_a_student_reads_has_everything_filled_in(read_in, event):
    declared = catalogue.of(kind(event))
    for language in LANGUAGES:
        with read_in(language):
            told = [entry(event)]
            lines = [*student_lines.day(told), *student_lines.notifications(told)]
            said = [line.sentence for line in lines]
            if declared.push:
                said += declared.push.words("Acme", "B 12", event)
            assert all(said)
            assert "%" not in "".join(said)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=repr)
def test_live_events_are_ready_for_json(read_in, event):
    declared, row = catalogue.of(kind(event)), record(event)
    with read_in("en"):
        made = [declared.live_event, declared.company_event, declared.announcement]
        for live_event in [make(row) for make in made if make]:
            assert json.loads(json.dumps(live_event.data)) == live_event.data


def test_a_name_says_in_each_language_what_it_said_before(read_in):
    for language, label in {"fr": "Entretien interrompu", "en": "Interview broken off"}.items():
        with read_in(language):
            assert catalogue.of("interview_broken_off").label() == label


# What the pages, the pushes and the log relied on before there was a catalogue.

ONLY = {
    "is_hidden_from_queue": {"said_coming", "hold_ended", "hold_given_up", "call_seen"},
    "is_private": {"turn_soon"},
    "names_stand": {"turn_came", "turn_soon"},
    "resets": {"fair_zone_changed", "fair_restored", "fair_purged"},
    "ends_access": {
        "sign_in_ended",
        "key_withdrawn",
        "token_regenerated",
        "pin_set",
        "company_deleted",
        "student_deleted",
        "student_deactivated",
        "screen_link_made",
        "screen_link_withdrawn",
        "fair_restored",
        "fair_purged",
    },
    "changes_account": {
        "sign_in_ended",
        "student_edited",
        "student_deactivated",
        "student_reactivated",
        "student_deleted",
        "fair_restored",
        "fair_purged",
    },
    "begins_membership": {"joined", "completion_undone"},
    "ends_membership": {
        "left",
        "interview_completed",
        "entry_completed",
        "paper_interview_entered",
    },
    "needs_history": {"left", "interview_completed", "interview_broken_off"},
    "tells_staff": {"interview_started", "interview_completed"},
    "changes_student_card": {
        "student_created",
        "student_edited",
        "introduction_changed",
        "address_confirmed",
        "student_reactivated",
        "student_deleted",
    },
    "live_event": {
        "turn_came",
        "turn_ended",
        "turn_soon",
        "reminded",
        "interview_started",
        "start_undone",
        "interview_completed",
        "completion_undone",
        "new_device",
    },
    "announcement": {"phase_changed", "message_sent", "message_withdrawn"},
    "company_event": {"company_status_changed"},
    "push": {
        "turn_came",
        "turn_ended",
        "turn_soon",
        "reminded",
        "interview_started",
        "start_undone",
        "interview_completed",
        "completion_undone",
        "interview_broken_off",
    },
    "student_status": {
        "student_status_changed",
        "student_deactivated",
        "interview_started",
        "start_undone",
        "interview_completed",
        "completion_undone",
        "interview_broken_off",
    },
    "day": {
        "joined",
        "left",
        "turn_came",
        "turn_ended",
        "turn_soon",
        "reminded",
        "set_aside",
        "came_back",
        "interview_started",
        "start_undone",
        "interview_completed",
        "interview_broken_off",
        "entry_completed",
        "paper_interview_entered",
        "student_status_changed",
    },
    "notification": {
        "student_edited",
        "new_device",
        "message_sent",
        "joined",
        "left",
        "turn_came",
        "turn_ended",
        "turn_soon",
        "reminded",
        "interview_started",
        "start_undone",
        "interview_completed",
        "completion_undone",
        "interview_broken_off",
        "entry_completed",
        "paper_interview_entered",
        "student_status_changed",
    },
}

QUEUE_ACTIONS = {
    "joined": "joined",
    "left": "left",
    "set_aside": "aside",
    "came_back": "aside",
    "interview_started": "started",
    "start_undone": "start_undone",
    "interview_completed": "completed",
    "completion_undone": "completion_undone",
    "interview_broken_off": "aside",
    "entry_completed": "completed",
    "paper_interview_entered": "completed",
    "reordered": "reordered",
    "put_into_lot": "reordered",
    "places_dealt": "reordered",
    "slots_changed": "slots",
    "company_deleted": "deleted",
    "company_created": "resync",
    "company_renamed": "resync",
    "company_moved": "resync",
    "company_profile_changed": "profile",
    "company_logo_changed": "profile",
    "stand_placed": "profile",
    "door_sign_put_up": "sign",
    "door_sign_taken_down": "sign",
    "queue_opened": "resync",
    "queue_closed": "resync",
    "queue_limit_changed": "resync",
    "company_status_changed": "paused",
}

TO_EVERYBODY = {
    "phase_changed",
    "lot_sealed",
    "lot_lifted",
    "lot_drawn",
    "call_length_changed",
    "screen_link_made",
    "screen_link_withdrawn",
    "screen_names_changed",
    "profile_editing_allowed",
    "profile_editing_ended",
    "hall_map_changed",
    "fair_zone_changed",
    "fair_restored",
    "fair_purged",
}


@pytest.mark.parametrize("what", ONLY)
def test_which_kinds_do_what(what):
    assert {name for name, each in catalogue.KINDS.items() if getattr(each, what)} == ONLY[what]


def test_what_each_kind_does_to_a_queue():
    actions = {}
    for event in ONE_OF_EACH:
        if action := catalogue.of(kind(event)).queue_action_of(record(event)):
            actions[kind(event)] = action
    assert actions == QUEUE_ACTIONS


@pytest.mark.parametrize(
    ("status", "action"), [(CompanyStatus.PAUSED, "paused"), (CompanyStatus.RECRUITING, "resumed")]
)
def test_a_queue_hears_whether_its_company_paused_or_resumed(status, action):
    row = record(events.CompanyStatusChanged(1, "", status))
    declared = catalogue.of(row.kind)
    assert declared.queue_action_of(row) == action
    assert declared.company_event(row).data["status"] == status


def test_the_status_that_a_kind_gives_its_student():
    statuses = {}
    for event in ONE_OF_EACH:
        if status := catalogue.of(kind(event)).student_status:
            statuses[kind(event)] = status(record(event))
    assert statuses == {
        "student_status_changed": "available",
        "student_deactivated": "inactive",
        "interview_started": "in_interview",
        "start_undone": "available",
        "interview_completed": "paused",
        "completion_undone": "in_interview",
        "interview_broken_off": "paused",
    }


def test_a_place_lost_with_its_company_is_deleted_and_not_left():
    row = record(events.Left(5, 1, 2, reasons.LeftBecause.COMPANY_DELETED))
    assert catalogue.of(row.kind).queue_action_of(row) == "deleted"


def test_whom_else_a_kind_concerns():
    topics = {}
    for event in ONE_OF_EACH:
        if more := tuple(catalogue.of(kind(event)).topics(record(event))):
            topics[kind(event)] = more
    assert topics.pop("sign_in_ended") == ("sign_in:8",)
    assert topics.pop("key_withdrawn") == ("key:7",)
    assert topics.pop("message_sent") == ("student:2", "student:3")
    assert topics.pop("message_withdrawn") == ("student:2", "student:3")
    # One of each comes twice, and the second is seen nowhere.
    assert topics.pop("introduction_changed") == ("stand:1", "stand:3")
    assert topics == dict.fromkeys(TO_EVERYBODY, ("fair",))


def test_what_the_log_shows_on_request_only():
    assert {
        "turn_came",
        "call_seen",
        "hold_ended",
        "hold_given_up",
        "turn_ended",
        "turn_soon",
        "reminded",
    } == catalogue.ON_REQUEST
    assert ONLY["resets"] == catalogue.RESETS
    assert ONLY["push"] == pushes.KINDS
    assert ONLY["notification"] == student_lines.NOTIFIED


def test_the_state_that_a_kind_gives_its_entry():
    states = {name: each.entry_state for name, each in catalogue.KINDS.items() if each.entry_state}
    assert states == {
        "interview_started": EntryState.RUNNING,
        "start_undone": EntryState.WAITING,
        "interview_completed": EntryState.DONE,
        "completion_undone": EntryState.RUNNING,
        "interview_broken_off": EntryState.WAITING,
        "entry_completed": EntryState.DONE,
        "paper_interview_entered": EntryState.DONE,
    }


def test_a_choice_of_the_logs_filter_is_a_group_or_a_kind():
    assert catalogue.named("interviews") == {
        "interview_started",
        "start_undone",
        "interview_completed",
        "paper_interview_entered",
        "completion_undone",
        "interview_broken_off",
    }
    assert catalogue.named("joined") == {"joined"}
    assert catalogue.named("nonsense") is None
    assert catalogue.named("") is AuditFilter().kinds


def test_a_kind_of_a_newer_release_means_nothing_more_than_its_companies_and_students():
    unknown = catalogue.of("robot_hired")
    assert unknown is catalogue.of("robot_fired")
    # What it may have done to an account nobody here knows.
    assert [what for what in ONLY if getattr(unknown, what)] == ["changes_account"]


# The journal's own spelling, which rows already written and programs depend on.

SPELLED = {
    reasons.LeftBecause: {
        "LEFT": "left",
        "REMOVED": "removed",
        "COMPANY_DELETED": "company_deleted",
        "STUDENT_DELETED": "student_deleted",
    },
    reasons.AsideBecause: {"ABSENT": "absent", "PASSED": "passed", "RAN_OUT": "ran_out"},
    reasons.SignDownBecause: {
        "TAKEN_DOWN": "taken_down",
        "RAN_OUT": "ran_out",
        "RECRUITING": "recruiting",
    },
    state.DoorSign: {
        "BACK_IN_10": "back_in_10",
        "BACK_IN_20": "back_in_20",
        "LUNCH": "lunch",
        "LATE": "late",
        "OWN_WORDS": "own_words",
    },
    events.ManyAct: {
        "PAUSE": "pause",
        "RESUME": "resume",
        "MORE_SLOTS": "more_slots",
        "FEWER_SLOTS": "fewer_slots",
        "HALL": "hall",
        "MESSAGE": "message",
        "SET_PIN": "set_pin",
        "REMOVE_PIN": "remove_pin",
        "NEW_LINK": "new_link",
        "DELETE": "delete",
        "DEACTIVATE": "deactivate",
        "REACTIVATE": "reactivate",
        "TAKE_OUT": "take_out",
        "WRITE": "write",
        "REMOVE": "remove",
    },
    events.Audience: {"EVERYONE": "everyone", "QUEUE": "queue", "STUDENT": "student"},
    reasons.TurnEndedBecause: {
        "ASIDE": "aside",
        "PAUSED": "paused",
        "IN_INTERVIEW": "in_interview",
        "INACTIVE": "inactive",
        "LEFT": "left",
        "DONE": "done",
        "COMPANY_PAUSED": "company_paused",
        "FAIR_NOT_OPEN": "fair_not_open",
        "NO_FREE_SLOT": "no_free_slot",
        "SOMEONE_AHEAD": "someone_ahead",
    },
    state.Phase: {"PREPARING": "preparing", "OPEN": "open", "CLOSED": "closed"},
    state.ScreenNames: {"NAMES": "names", "CODES": "codes"},
    state.CompanyStatus: {"RECRUITING": "recruiting", "PAUSED": "paused"},
    state.StudentStatus: {
        "AVAILABLE": "available",
        "IN_INTERVIEW": "in_interview",
        "PAUSED": "paused",
    },
    state.Presence: {
        "AVAILABLE": "available",
        "IN_INTERVIEW": "in_interview",
        "PAUSED": "paused",
        "INACTIVE": "inactive",
    },
    state.EntryState: {"WAITING": "waiting", "RUNNING": "running", "DONE": "done", "LEFT": "left"},
}


def test_every_word_is_spelled_as_the_journal_has_it():
    words = {
        each: {name: str(member.value) for name, member in each.__members__.items()}
        for module in (events, reasons, state)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
    }
    assert words == SPELLED


@pytest.mark.parametrize("reason", reasons.TurnEndedBecause)
def test_every_reason_for_which_a_turn_ends_can_be_said(read_in, reason):
    event = events.TurnEnded(5, 1, 2, turn=8, reason=reason)
    with read_in("en"):
        assert str(audit.sentence(entry(event))).startswith("Acme no longer calls Zoé Martin: ")
        assert len(student_lines.notifications([entry(event)])) == 1


# Nobody else names a kind.

AMBIGUOUS = {*EntryState, *Code}
"""Names that also mean something else: a state, a refusal."""
SOURCES = Path(jobfair.__file__).parent
HERE_ONLY = (SOURCES / "domain", SOURCES / "catalogue")


def test_no_other_file_names_a_kind():
    names = "|".join(sorted(set(events._KINDS) - AMBIGUOUS))
    named = re.compile(rf"""(["'])({names})\1""")
    found = [
        f"{path.relative_to(SOURCES)}: {match[2]}"
        for path in sorted((*SOURCES.rglob("*.py"), *SOURCES.rglob("*.html")))
        if not any(path.is_relative_to(each) for each in HERE_ONLY)
        for match in named.finditer(path.read_text())
    ]
    assert found == []
