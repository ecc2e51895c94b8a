"""Rule 7 as a table: every combination of what a start looks at, and the message it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest

from jobfair.domain.decisions.interviewing import start
from jobfair.domain.events import InterviewStarted
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import (
    Company,
    CompanyStatus,
    Entry,
    EntryState,
    Hall,
    Phase,
    Presence,
    Student,
    StudentStatus,
)
from tests.domain.oracle import callable_set

ACME, ELSEWHERE = 1, 2
ALICE, BOB, DAN = 11, 12, 13

STATES = ("waiting", "aside", "running", "done", "left")


@dataclass(frozen=True)
class Case:
    """What Alice's start at Acme meets; `behind` is behind Bob, who waits and could come."""

    state: str
    presence: Presence
    status: CompanyStatus
    phase: Phase
    free: int
    behind: bool

    @property
    def possible(self) -> bool:
        """Whose interview runs is in an interview, or was deactivated meanwhile (rule 10)."""
        may_run = (Presence.IN_INTERVIEW, Presence.INACTIVE)
        return self.state != "running" or self.presence in may_run


def every_case() -> Iterator[Case]:
    for each in product(STATES, Presence, CompanyStatus, Phase, (0, 1), (False, True)):
        yield Case(*each)


def expected(case: Case) -> str:
    """«Entry not done · student available · company recruiting (and the fair open) · a free
    slot · the entry is callable», the first that fails.
    """
    checks = [
        ("already_done", case.state == "done"),
        ("not_available", case.presence != "available"),
        ("company_paused", case.status == "paused"),
        ("fair_not_open", case.phase != "open"),
        ("no_free_slot", case.free == 0),
        ("not_waiting", case.state == "left"),
        ("set_aside", case.state == "aside"),
        ("not_your_turn", case.behind),
    ]
    return next((code for code, fails in checks if fails), "started")


def hall_of(case: Case) -> tuple[Hall, int]:
    """A hall as the case says, and the id of Alice's entry in it."""
    hall = Hall(phase=case.phase, number=1000)
    alice = alice_as(case)
    mine = Entry(
        id=102,
        company_id=ACME,
        student_id=ALICE,
        position=2,
        state=EntryState.WAITING if case.state == "aside" else EntryState(case.state),
        aside=case.state == "aside",
        presence=alice.presence,
        slot=1 if case.state == "running" else None,
        ended=900 if case.state in {"done", "left"} else None,
    )
    bob = Entry(id=101, company_id=ACME, student_id=BOB, position=1 if case.behind else 3)
    hall.put(alice, Student(BOB), mine, bob)
    if case.free == 0 and case.state != "running":
        hall.put(
            Student(DAN, StudentStatus.IN_INTERVIEW, company_id=ACME),
            Entry(100, ACME, DAN, position=4, state=EntryState.RUNNING, slot=1),
        )
    entries = list(hall.entries_of(ACME))
    running = sum(entry.running for entry in entries)
    hall.put(
        Company(
            ACME,
            "Acme",
            status=case.status,
            slots=running + case.free,
            last_position=4,
            waiting=sum(entry.waiting for entry in entries),
            running=running,
        )
    )
    add_elsewhere(hall, alice)
    for entry_id in callable_set(hall):
        hall.put(replace(hall.entries[entry_id], turn=entry_id + 800))
    return hall, mine.id


def alice_as(case: Case) -> Student:
    active = case.presence is not Presence.INACTIVE
    if case.state == "running":
        return Student(ALICE, StudentStatus.IN_INTERVIEW, active, ACME)
    if case.presence is Presence.IN_INTERVIEW:
        return Student(ALICE, StudentStatus.IN_INTERVIEW, active, ELSEWHERE)
    return Student(
        ALICE, StudentStatus(case.presence) if active else StudentStatus.AVAILABLE, active
    )


def add_elsewhere(hall: Hall, alice: Student) -> None:
    """The interview Alice is in, when it is not at Acme."""
    if alice.company_id == ELSEWHERE:
        interview = Entry(103, ELSEWHERE, ALICE, position=1, state=EntryState.RUNNING, slot=1)
        hall.put(Company(ELSEWHERE, "Globex", last_position=1, running=1), interview)


def answer(case: Case) -> str:
    hall, entry_id = hall_of(case)
    decided = start(hall, entry_id)
    if isinstance(decided, Refusal):
        return decided.code
    assert decided == (InterviewStarted(entry_id, ACME, ALICE, slot=1),)
    return "started"


@pytest.mark.parametrize("state", STATES)
def test_rule_7_the_first_failing_check_is_the_message(state: str) -> None:
    cases = [case for case in every_case() if case.state == state and case.possible]
    wrong = [(case, answer(case)) for case in cases if answer(case) != expected(case)]
    assert wrong == []


def test_rule_7_the_table_holds_every_combination() -> None:
    cases = list(every_case())
    assert len(cases) == len(set(cases)) == 5 * 4 * 2 * 3 * 2 * 2
    assert sum(not case.possible for case in cases) == 48
    assert Counter(expected(case) for case in cases if case.possible) == {
        "already_done": 96,
        "not_available": 264,
        "company_paused": 36,
        "fair_not_open": 24,
        "no_free_slot": 6,
        "not_waiting": 2,
        "set_aside": 2,
        "not_your_turn": 1,
        "started": 1,
    }


def test_rule_7_an_unavailable_student_is_told_which_status_is_in_the_way() -> None:
    for presence in (Presence.IN_INTERVIEW, Presence.PAUSED, Presence.INACTIVE):
        case = Case("waiting", presence, CompanyStatus.RECRUITING, Phase.OPEN, 1, False)
        assert start(*hall_of(case)) == Refusal("not_available", {"status": presence})
