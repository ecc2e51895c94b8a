"""Every event goes to JSON and back unchanged, and the journal alone rebuilds the fair."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from typing import get_args

import pytest

from jobfair.domain import events
from jobfair.domain.events import (
    Event,
    JournalOnly,
    OfCompany,
    OfEntry,
    OfStudent,
    data,
    kind,
    restore,
)
from jobfair.domain.evolve import evolve
from jobfair.domain.state import Company, CompanyStatus, Hall, Phase, StudentStatus
from tests.domain.a_hall import Fair
from tests.support.one_of_each import ONE_OF_EACH


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=repr)
def test_an_event_is_the_same_after_json(event: Event) -> None:
    text = json.dumps(data(event))
    again = restore(kind(event), json.loads(text))
    assert again == event
    assert type(again) is type(event)


def test_there_is_one_of_each_kind() -> None:
    assert {type(event) for event in ONE_OF_EACH} == set(get_args(Event))


def test_every_class_of_an_event_is_one_of_the_kinds() -> None:
    """Else the journal could not read back what it holds, and mypy would not miss it anywhere."""
    no_events = {OfCompany, OfEntry, OfStudent, JournalOnly, events.Recorded}
    classes = {
        each
        for each in vars(events).values()
        if isinstance(each, type)
        and not issubclass(each, Enum)
        and each.__module__ == events.__name__
    }
    assert classes - no_events == set(get_args(Event))


@pytest.mark.parametrize("unknown", ["interview_forgotten", "event", "of_company", ""])
def test_an_unknown_kind_is_a_key_error(unknown: str) -> None:
    with pytest.raises(KeyError):
        restore(unknown, {"company_id": 1})


def test_a_kind_is_the_events_name_in_the_journals_spelling() -> None:
    assert kind(events.InterviewBrokenOff) == "interview_broken_off"
    assert kind(events.CameBack(5, 1, 2)) == "came_back"


def test_who_and_what_is_new_is_as_the_event_says() -> None:
    fair = Fair()
    for status in StudentStatus:
        fair.happens(events.StudentCreated(1, status))
        assert fair.hall.students[1].status is status
    for company_status in CompanyStatus:
        fair.happens(events.CompanyCreated(2, "Acme", company_status, 3, 40))
        assert fair.hall.companies[2] == Company(2, "Acme", company_status, True, 3, 40)


def test_an_event_touches_the_companies_whose_screens_it_changes() -> None:
    """The one that it is about, and each where its student waits; nobody else reads again."""
    fair = Fair("Alice", "Bob", Acme=1, Globex=1, Initech=1)
    fair.queue("Acme", "Alice", "Bob")
    fair.queue("Globex", "Alice")
    fair.queue("Initech", "Bob")
    acme, globex, initech = fair.companies.values()
    alice, bob = fair.students.values()

    def touched(act: Callable[[], None]) -> dict[str, set[int]]:
        act()
        return {kind(each.event): set(each.touched) for each in fair.last}

    both = {acme, globex}
    assert touched(lambda: fair.starts("Alice", "Acme")) == {
        "interview_started": both,
        "turn_ended": {globex},
    }
    assert touched(lambda: fair.completes("Alice", "Acme")) == {
        "interview_completed": both,
        "turn_came": {acme},
        "reminded": {globex},
    }
    assert touched(lambda: fair.returns("Alice")) == {
        "student_status_changed": {globex},
        "turn_came": {globex},
    }
    assert touched(lambda: fair.says_coming("Bob", "Acme")) == {"said_coming": {acme}}
    assert touched(lambda: fair.closes_queue("Acme")) == {"queue_closed": {acme}}
    edited = events.StudentEdited(bob, {}, {"last_name": "Durand"})
    assert touched(lambda: fair.happens(edited)) == {"student_edited": {acme, initech}}
    created = events.StudentCreated(9, StudentStatus.AVAILABLE)
    assert touched(lambda: fair.happens(created)) == {"student_created": set()}
    moved = events.CompanyMoved(acme, None, "B 12")
    assert touched(lambda: fair.happens(moved)) == {"company_moved": {acme}}
    signed_out = events.SignInEnded(8, alice)
    assert touched(lambda: fair.happens(signed_out)) == {"sign_in_ended": set()}
    assert touched(lambda: fair.phase(Phase.CLOSED)) == {
        "phase_changed": {acme, globex, initech},
        "turn_ended": {initech},
    }


def test_events_that_concern_no_rule_change_nothing_but_the_number() -> None:
    fair = Fair("Alice", Acme=1)
    fair.queue("Acme", "Alice")
    here, alice = fair.companies["Acme"], fair.students["Alice"]
    quiet: list[Event] = [
        events.CompanyMoved(here, None, "B 12"),
        events.TokenRegenerated(here),
        events.PinSet(here),
        events.PinRemoved(here),
        events.StudentEdited(alice, {}, {"last_name": "Durand"}),
        events.SignInEnded(8, 4),
        events.MessageSent(events.Audience.QUEUE, "Welcome", here, None, (alice,)),
        events.MessageWithdrawn(12, events.Audience.QUEUE, here, None, (alice,)),
        events.AlertTaken("call-12", here),
        events.AlertGivenBack("call-12", here),
        events.ManyChanged("pause", (12, 13)),
        events.ListImported("students", 12, 3),
        events.ImportUndone("students", 12, 3, 0),
    ]
    entry, company = fair.entry("Alice", "Acme"), fair.company("Acme")
    for event in quiet:
        fair.happens(event)
        assert fair.told == []
    assert (fair.entry("Alice", "Acme"), fair.company("Acme")) == (entry, company)


def test_a_renamed_company_is_the_same_stand_under_another_name() -> None:
    fair = Fair("Alice", Acme=1)
    fair.queue("Acme", "Alice")
    fair.happens(events.CompanyRenamed(fair.companies["Acme"], "Acme", "Globex"))
    assert fair.company("Acme").name == "Globex"
    assert fair.called("Acme") == ["Alice"]
    assert fair.told == []


def test_numbers_follow_each_other_and_an_entrys_id_is_the_number_of_its_joining() -> None:
    fair = Fair("Alice", "Bob", Acme=1)
    fair.queue("Acme", "Alice", "Bob")
    assert [each.number for each in fair.journal] == list(range(1, len(fair.journal) + 1))
    for each in fair.journal:
        if isinstance(each.event, events.Joined):
            assert each.event.entry_id == each.number
    joins = [each.number for each in fair.journal if isinstance(each.event, events.Joined)]
    assert fair.entry("Bob", "Acme").id == joins[-1]


def test_the_journal_alone_rebuilds_the_hall() -> None:
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=2)
    fair.queue("Acme", "Alice", "Bob", "Chloé")
    fair.queue("Globex", "Bob", "Alice")
    fair.starts("Alice", "Acme")
    fair.reorders("Acme", "Chloé", "Bob")
    fair.completes("Alice", "Acme")
    hall = Hall()
    for each in fair.journal:
        hall.number = each.number
        evolve(hall, each.event, each.number, each.at)
    assert hall == fair.hall
